import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { toFailure, type Failure } from "#lifecycle/failure.ts"

/** A button on a failed peering; the page knows how. */
export type FailureAct = "show-azure-steps" | "try-as-new" | "delete"

interface Entry {
  what: string
  todo: string
  acts: FailureAct[]
}

/** Says why a peering is FAILED, with the person's own data, and what to do. */
interface FailureExplanation extends Entry {
  evidence: string[]
  /** Atlas's own words; null when it gave none. */
  words: string | null
}

const tryAgain: FailureAct[] = ["try-as-new", "delete"]

/** Names the network with all its ids, as one sentence. */
function nameNetwork(peer: AtlasPeer): string {
  switch (peer.providerName) {
    case "AWS":
      return `Account ${peer.awsAccountId ?? "not given"}, VPC ${peer.vpcId ?? "not given"}, region ${peer.accepterRegionName ?? "of the container"}`
    case "GCP":
      return `Network ${peer.networkName ?? "not given"} in project ${peer.gcpProjectId ?? "not given"}`
    case "AZURE":
      return `VNet ${peer.vnetName ?? "not given"} in ${peer.resourceGroupName ?? "not given"}, subscription ${peer.azureSubscriptionId ?? "not given"}`
  }
}

const entries: Record<Failure["cause"] | "no-words", Entry> = {
  rejected: {
    what: "The owner of the VPC rejected the request.",
    todo: "Ask the owner why. Then delete and request again.",
    acts: tryAgain,
  },
  expired: {
    what: "Not accepted within 7 days, so AWS dropped the request.",
    todo: "Create a new request and share the link with the VPC owner.",
    acts: tryAgain,
  },
  "ids-do-not-match": {
    what: "AWS found no such VPC: account, VPC and region don't match.",
    todo: "Check all three with aws ec2 describe-vpcs, then request again.",
    acts: tryAgain,
  },
  "overlapping-cidr": {
    what: "The network overlaps the container, or another network that one of them is connected to.",
    todo: "Delete the connection you don't need, or use a network with another CIDR.",
    acts: tryAgain,
  },
  "permission-withdrawn": {
    what: "Atlas has no permission to peer with this network.",
    todo: "Restore the permission, then delete and request again.",
    acts: ["show-azure-steps", ...tryAgain],
  },
  "network-deleted": {
    what: "Your network was deleted or renamed.",
    todo: "If it was deleted on purpose, delete the connection. If not, check the names and request again.",
    acts: tryAgain,
  },
  "removal-failed": {
    what: "The cloud side of the connection couldn't be deleted.",
    todo: "Check Atlas's permission on the network, then delete again.",
    acts: ["delete"],
  },
  other: {
    what: "The connection failed. See the message from Atlas.",
    todo: "Fix what the message names and request again, or delete the connection.",
    acts: tryAgain,
  },
  "no-words": {
    what: "The connection failed without a reason from Atlas.",
    todo: "Check its IDs against your cloud, then request again. The cloud's own log may have the reason.",
    acts: tryAgain,
  },
}

/** Explains a connection that is FAILED or DELETION_FAILED. The Azure steps are offered on Azure only. */
export function explainFailure(peer: AtlasPeer, container: Container | null): FailureExplanation {
  const { cause, words } = toFailure(peer)
  const { acts, ...entry } = entries[cause === "other" && words === null ? "no-words" : cause]
  const block = cause === "overlapping-cidr" ? container?.atlasCidrBlock : null
  return {
    ...entry,
    evidence: [nameNetwork(peer), ...(block == null ? [] : [`Container CIDR ${block}`])],
    acts: acts.filter((act) => act !== "show-azure-steps" || peer.providerName === "AZURE"),
    words,
  }
}
