import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { toFailure, type Failure } from "#lifecycle/failure.ts"

/** What can be done about a connection that failed, as a button; the page knows how. */
export type FailureAct = "show-azure-steps" | "try-as-new" | "delete"

/** Why a connection is FAILED, what the person's own data say, and what to do. */
export interface FailureExplanation {
  what: string
  evidence: string[]
  todo: string
  acts: FailureAct[]
  /** Atlas's own words; null when it gave none. */
  words: string | null
}

const anew: FailureAct[] = ["try-as-new", "delete"]

interface Entry {
  what: string
  evidence: (peer: AtlasPeer, container: Container | null) => string[]
  todo: string
  acts: FailureAct[]
}

const ids = (peer: AtlasPeer): string[] => {
  switch (peer.providerName) {
    case "AWS":
      return [
        `Account ${peer.awsAccountId ?? "not told"}, VPC ${peer.vpcId ?? "not told"}, region ${peer.accepterRegionName ?? "of the container"}`,
      ]
    case "GCP":
      return [`Network ${peer.networkName ?? "not told"} in project ${peer.gcpProjectId ?? "not told"}`]
    case "AZURE":
      return [
        `VNet ${peer.vnetName ?? "not told"} in ${peer.resourceGroupName ?? "not told"}, subscription ${peer.azureSubscriptionId ?? "not told"}`,
      ]
  }
}

const entries: Record<Failure["cause"], Entry> = {
  rejected: {
    what: "The owner of the VPC rejected the request.",
    evidence: ids,
    todo: "Ask them why; when they agree, ask anew and have them accept.",
    acts: anew,
  },
  expired: {
    what: "Nobody accepted the request within 7 days, so AWS dropped it.",
    evidence: ids,
    todo: "Ask anew, and send the owner of the VPC the hand-off link at once.",
    acts: anew,
  },
  "ids-do-not-match": {
    what: "AWS knows no such VPC: account, VPC and region do not belong together.",
    evidence: ids,
    todo: "Compare the three with aws ec2 describe-vpcs in that region, then ask anew.",
    acts: anew,
  },
  "overlapping-cidr": {
    what: "The network shares addresses with another one that the container is peered with.",
    evidence: (peer, container) => [
      ...ids(peer),
      ...(container?.atlasCidrBlock == null ? [] : [`The container has ${container.atlasCidrBlock}`]),
    ],
    todo: "Delete the one that is not needed, or peer from a network in another block.",
    acts: anew,
  },
  "permission-withdrawn": {
    what: "Atlas may no longer peer with this network: its permission was withdrawn, or never reached so far.",
    evidence: ids,
    todo: "Give the permission back, then ask anew.",
    acts: ["show-azure-steps", ...anew],
  },
  "network-deleted": {
    what: "The network on your side is gone, or goes by another name.",
    evidence: ids,
    todo: "If it was deleted on purpose, delete the connection. Otherwise compare the names and ask anew.",
    acts: anew,
  },
  "removal-failed": {
    what: "Atlas could not remove the connection on the cloud's side.",
    evidence: ids,
    todo: "See that Atlas still has its permission on the network, then delete again.",
    acts: ["delete"],
  },
  other: {
    what: "The connection failed. Atlas's words are all that is known.",
    evidence: ids,
    todo: "Ask anew if the words name something that was put right; otherwise delete it.",
    acts: anew,
  },
}

const untold: Entry = {
  what: "The connection failed, and Atlas does not say why.",
  evidence: ids,
  todo: "Compare what it names with what your cloud has, then ask anew; the cloud's own log may tell more.",
  acts: anew,
}

/** Explains a connection that is FAILED or DELETION_FAILED. The Azure steps are offered on Azure only. */
export function explainFailure(peer: AtlasPeer, container: Container | null): FailureExplanation {
  const { cause, words } = toFailure(peer)
  const { what, evidence, todo, acts } = cause === "other" && words === null ? untold : entries[cause]
  return {
    what,
    evidence: evidence(peer, container),
    todo,
    acts: acts.filter((act) => act !== "show-azure-steps" || peer.providerName === "AZURE"),
    words,
  }
}
