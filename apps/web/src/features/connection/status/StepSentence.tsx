import type { Container, Peering } from "@peering-desk/shared-schemas"
import { acceptanceWindowMs, isStatusSinceSeen, type NextStep } from "@peering-desk/peering-rules"
import { Remaining } from "#ui/time/Timestamp.tsx"
import { formatAccount } from "#copy/peerings.ts"
import { formatDeadline } from "#ui/time/times.ts"
import { FailureSentence } from "./FailureSentence.tsx"
import { Callout } from "./Callout.tsx"

interface Props {
  peering: Peering
  container: Container | null
  step: NextStep
}

const acceptanceDays = acceptanceWindowMs / (24 * 60 * 60 * 1000)

/** The next step in two sentences with the person's own values. */
export function StepSentence({ peering, container, step }: Props) {
  switch (step.kind) {
    case "accept-in-aws":
      return <AcceptInAws step={step} exact={isStatusSinceSeen(peering)} />
    case "peer-back-in-gcp":
      return <PeerBack step={step} />
    case "look-at-failure":
      return <FailureSentence peering={peering} container={container} />
    case "atlas-works":
      return (
        <Callout strong="Atlas is working. Nothing for you to do now.">
          {peering.peer.providerName === "AZURE"
            ? "It adds the peering on both sides with the permission you gave it in Azure."
            : "This page follows it; it need not stay open."}
        </Callout>
      )
    case "nothing":
      return (
        <Callout strong="The two networks are joined.">
          {peering.peer.providerName === "AWS" && container?.atlasCidrBlock ? (
            <>
              Your VPC reaches Atlas once its route tables send <code>{container.atlasCidrBlock}</code>{" "}
              through this peering.
            </>
          ) : (
            "This server keeps looking: a network or a permission taken away would still break it."
          )}
        </Callout>
      )
    case "atlas-removes":
      return (
        <Callout strong="Atlas is removing this connection.">
          Traffic through it stops. Nothing for you to do.
        </Callout>
      )
    case "unknown-status":
      return (
        <Callout strong="Atlas gives a state that this version does not know.">
          Its own word is above, its whole answer below. Nothing is guessed from it.
        </Callout>
      )
  }
}

type Step<Kind extends NextStep["kind"]> = Extract<NextStep, { kind: Kind }>

function AcceptInAws({ step, exact }: { step: Step<"accept-in-aws">; exact: boolean }) {
  const { awsAccountId, connectionId, deadline } = step
  return (
    <Callout
      strong={
        <>
          {awsAccountId === null ? "The AWS account" : `Account ${formatAccount(awsAccountId)}`} must accept{" "}
          {connectionId === null ? "the peering request" : <code>{connectionId}</code>}.
        </>
      }
    >
      {deadline === null ? (
        `Atlas withdraws the request ${acceptanceDays} days after it was made.`
      ) : (
        <>
          Atlas withdraws the request {!exact && "at the latest "}on {formatDeadline(deadline)} (
          <Remaining until={deadline} />){!exact && "; it was there before this server began to watch"}.
        </>
      )}
    </Callout>
  )
}

function PeerBack({ step }: { step: Step<"peer-back-in-gcp"> }) {
  const { gcpProjectId, networkName, atlasGcpProjectId, atlasNetworkName } = step
  const from = `${gcpProjectId ?? "your project"}/${networkName ?? "your network"}`
  return (
    <Callout
      strong={
        <>
          Somebody must peer back from <code>{from}</code>
          {atlasGcpProjectId !== null && atlasNetworkName !== null && (
            <>
              {" "}
              to Atlas's <code>{`${atlasGcpProjectId}/${atlasNetworkName}`}</code>
            </>
          )}
          .
        </>
      }
    >
      {atlasGcpProjectId === null || atlasNetworkName === null
        ? "Atlas is still preparing its network; where to peer to stands here as soon as Atlas says."
        : "A Google Cloud peering works once both networks have made one. There is no deadline."}
    </Callout>
  )
}
