import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { toFailure, type Failure } from "#lifecycle/failure.ts"

/** A button on a failed peering; the page knows how. */
export type FailureAct = "show-azure-steps" | "request-again" | "correct" | "delete"

interface Entry {
  what: string
  todo: string
  acts: FailureAct[]
}

/** Says why a peering is FAILED, and what to do. */
interface FailureExplanation extends Entry {
  /** Atlas's own words; null when it gave none. */
  words: string | null
}

/** The same values can work now. */
const requestAgain: FailureAct[] = ["request-again", "delete"]
/** A value is wrong, or something behind it, so the person looks at the values first. */
const correct: FailureAct[] = ["correct", "delete"]

const entries: Record<Failure["cause"] | "network-gone" | "no-words", Entry> = {
  rejected: {
    what: "The owner of the VPC rejected the request.",
    todo: "Ask the owner why. Then delete and request again.",
    acts: requestAgain,
  },
  expired: {
    what: "Not accepted within 7 days, so AWS dropped the request.",
    todo: "Create a new request and share the link with the VPC owner.",
    acts: requestAgain,
  },
  "ids-do-not-match": {
    what: "AWS refused the request: account, VPC and region don't match, or CIDRs overlap.",
    todo: "Check all three, and the VPC's CIDRs, with aws ec2 describe-vpcs. Then correct the request, or use another container.",
    acts: correct,
  },
  "overlapping-cidr": {
    what: "The network overlaps the container, or another network that one of them is connected to.",
    todo: "Delete the connection you don't need, or use a network with another CIDR.",
    acts: correct,
  },
  "permission-withdrawn": {
    what: "Atlas has no permission to peer with this network.",
    todo: "Restore the permission, then request again.",
    acts: ["show-azure-steps", ...correct],
  },
  "network-deleted": {
    what: "The network was not found under these names.",
    todo: "Check the names, then correct them and request again.",
    acts: correct,
  },
  "network-gone": {
    what: "The network is no longer found. It was probably deleted after the connection worked.",
    todo: "If that was on purpose, delete the connection. If not, check the values and request again.",
    acts: correct,
  },
  "removal-failed": {
    what: "The cloud side of the connection couldn't be deleted.",
    todo: "Check Atlas's permission on the network, then delete again.",
    acts: ["delete"],
  },
  other: {
    what: "The connection failed. See the message from Atlas.",
    todo: "Fix what the message names and request again, or delete the connection.",
    acts: correct,
  },
  "no-words": {
    what: "The connection failed without a reason from Atlas.",
    todo: "Check its IDs against your cloud, then request again. The cloud's own log may have the reason.",
    acts: correct,
  },
}

/**
 * Explains a connection that is FAILED or DELETION_FAILED. The Azure steps are offered on Azure only.
 * @param wasAvailable whether it was available right before: what it was made with worked then
 */
export function explainFailure(peer: AtlasPeer, wasAvailable: boolean): FailureExplanation {
  const { cause, words } = toFailure(peer)
  const isGone = wasAvailable && (cause === "ids-do-not-match" || cause === "network-deleted")
  const name = isGone ? "network-gone" : cause === "other" && words === null ? "no-words" : cause
  const { acts, ...entry } = entries[name]
  return {
    ...entry,
    acts: acts.filter((act) => act !== "show-azure-steps" || peer.providerName === "AZURE"),
    words,
  }
}
