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
      return `Account ${peer.awsAccountId ?? "not told"}, VPC ${peer.vpcId ?? "not told"}, region ${peer.accepterRegionName ?? "of the container"}`
    case "GCP":
      return `Network ${peer.networkName ?? "not told"} in project ${peer.gcpProjectId ?? "not told"}`
    case "AZURE":
      return `VNet ${peer.vnetName ?? "not told"} in ${peer.resourceGroupName ?? "not told"}, subscription ${peer.azureSubscriptionId ?? "not told"}`
  }
}

const entries: Record<Failure["cause"] | "no-words", Entry> = {
  rejected: {
    what: "The owner of the VPC rejected the request.",
    todo: "Ask them why; when they agree, ask anew and have them accept.",
    acts: tryAgain,
  },
  expired: {
    what: "Nobody accepted the request within 7 days, so AWS dropped it.",
    todo: "Ask anew, and send the owner of the VPC the hand-off link at once.",
    acts: tryAgain,
  },
  "ids-do-not-match": {
    what: "AWS knows no such VPC: account, VPC and region do not belong together.",
    todo: "Compare the three with aws ec2 describe-vpcs in that region, then ask anew.",
    acts: tryAgain,
  },
  "overlapping-cidr": {
    what: "The network shares addresses with another one that the container is peered with.",
    todo: "Delete the one that is not needed, or peer from a network in another block.",
    acts: tryAgain,
  },
  "permission-withdrawn": {
    what: "Atlas may no longer peer with this network: its permission was withdrawn, or never reached so far.",
    todo: "Give the permission back, then ask anew.",
    acts: ["show-azure-steps", ...tryAgain],
  },
  "network-deleted": {
    what: "The network on your side is gone, or goes by another name.",
    todo: "If it was deleted on purpose, delete the connection. Otherwise compare the names and ask anew.",
    acts: tryAgain,
  },
  "removal-failed": {
    what: "Atlas could not remove the connection on the cloud's side.",
    todo: "See that Atlas still has its permission on the network, then delete again.",
    acts: ["delete"],
  },
  other: {
    what: "The connection failed. Atlas's words are all that is known.",
    todo: "Ask anew if the words name something that was put right; otherwise delete it.",
    acts: tryAgain,
  },
  "no-words": {
    what: "The connection failed, and Atlas does not say why.",
    todo: "Compare what it names with what your cloud has, then ask anew; the cloud's own log may tell more.",
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
    evidence: [nameNetwork(peer), ...(block == null ? [] : [`The container has ${block}`])],
    acts: acts.filter((act) => act !== "show-azure-steps" || peer.providerName === "AZURE"),
    words,
  }
}
