import { readFailure, readStatus, type AtlasPeer, type Peering } from "@peering-desk/shared-schemas"

/** The cause of a failed peering, as far as Atlas's words tell. */
export interface Failure {
  cause:
    | "rejected"
    | "expired"
    | "ids-do-not-match"
    | "overlapping-cidr"
    | "permission-withdrawn"
    | "network-deleted"
    | "removal-failed"
    | "other"
  /** Atlas's own words; null when it gave none. */
  words: string | null
}

/** Atlas's `errorStateName` for AWS. */
const awsCauses: Readonly<Record<string, Failure["cause"]>> = {
  REJECTED: "rejected",
  EXPIRED: "expired",
  INVALID_ARGUMENT: "ids-do-not-match",
}

/** Free texts of the clouds; a pattern matches only what cannot mean anything else. */
const causesByWords: readonly (readonly [pattern: RegExp, cause: Failure["cause"]])[] = [
  [/overlapping cidr|address ?spaces? ?.*overlap|IP range .*overlap/i, "overlapping-cidr"],
  [/permission|not authorized|AuthorizationFailed/i, "permission-withdrawn"],
  [/\b(not found|no longer exists?|does not exist|was deleted|has been deleted)\b/i, "network-deleted"],
]

/** Reads the cause of a FAILED or DELETION_FAILED connection (Atlas: errorStateName, errorMessage, errorState). */
export function toFailure(peer: AtlasPeer): Failure {
  const words = readFailure(peer)
  if (readStatus(peer) === "DELETION_FAILED") return { cause: "removal-failed", words }
  const named = peer.providerName === "AWS" ? awsCauses[peer.errorStateName ?? ""] : undefined
  const told = causesByWords.find(([pattern]) => pattern.test(words ?? ""))?.[1]
  return { cause: named ?? told ?? "other", words }
}

/** Says if polls saw the connection available right before it failed. A change in between shows another status there. */
export function failedWhileAvailable({ history }: Pick<Peering, "history">): boolean {
  return history.at(-2)?.status === "AVAILABLE"
}

/** Says if the connection is available, or was since polls began. */
export function wasSeenAvailable({
  history,
  leftAvailableAt,
}: Pick<Peering, "history" | "leftAvailableAt">): boolean {
  return leftAvailableAt !== null || history.some(({ status }) => status === "AVAILABLE")
}

const networkWords = { AWS: "VPC", GCP: "Network", AZURE: "VNet" } as const

/** Names the cause of a failed connection in two or three words: "CIDRs overlap". */
export function nameFailure(peer: AtlasPeer): string {
  const notFound = `${networkWords[peer.providerName]} not found`
  const names: Record<Failure["cause"], string> = {
    rejected: "Rejected",
    expired: "Expired",
    "ids-do-not-match": "Refused by AWS",
    "overlapping-cidr": "CIDRs overlap",
    "permission-withdrawn": peer.providerName === "AZURE" ? "Role missing" : "Permission missing",
    "network-deleted": notFound,
    "removal-failed": "Deletion failed",
    other: "Failed",
  }
  return names[toFailure(peer).cause]
}
