import type { Failure, NextStep } from "@peering-desk/peering-rules"
import { formatAccount } from "#copy/peerings.ts"

/** The next step in one short sentence with the person's own values. */
export function StepSummary({ step }: { step: NextStep }) {
  switch (step.kind) {
    case "accept-in-aws":
      return (
        <>
          {step.awsAccountId === null ? "The AWS account" : `Account ${formatAccount(step.awsAccountId)}`}{" "}
          must accept {step.connectionId === null ? "the request" : <code>{step.connectionId}</code>}
        </>
      )
    case "peer-back-in-gcp":
      return (
        <>
          Create the return peering in <code>{step.gcpProjectId ?? "your project"}</code>
        </>
      )
    case "look-at-failure":
      return toFailureSummary(step.failure)
    case "atlas-works":
      return "Atlas is working; nothing for you to do"
    case "atlas-removes":
      return "Atlas is removing it; nothing for you to do"
    case "nothing":
      return "The two networks are joined"
    case "unknown-status":
      return "This version does not know what Atlas's word means"
  }
}

/** Describes a failure in our words, or in Atlas's where ours say less. */
function toFailureSummary({ cause, words }: Failure): string {
  switch (cause) {
    case "rejected":
      return "The owner of the AWS account rejected the request"
    case "expired":
      return "Nobody accepted the request within 7 days"
    case "ids-do-not-match":
      return "AWS finds no such VPC in this account and region"
    case "overlapping-cidr":
      return words ?? "The address blocks overlap"
    case "permission-withdrawn":
    case "network-deleted":
      return words ?? "Your side of it is gone"
    case "removal-failed":
      return words ?? "Atlas could not remove it"
    case "other":
      return words ?? "Atlas gives no reason"
  }
}
