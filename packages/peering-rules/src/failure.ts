import { readFailure, readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"

/** Why a connection failed, as far as Atlas's words tell. `side`: at whose end the link broke. */
export interface Failure {
  cause: "rejected" | "expired" | "ids-do-not-match" | "overlapping-cidr" | "removal-failed" | "other"
  side: "yours" | "atlas" | "unknown"
  /** Atlas's own words; null when it gave none. */
  words: string | null
}

/** Reads the cause of a FAILED or DELETION_FAILED connection (Atlas: errorStateName, errorMessage, errorState). */
export function toFailure(peer: AtlasPeer): Failure {
  const words = readFailure(peer)
  if (readStatus(peer) === "DELETION_FAILED") return { cause: "removal-failed", side: "yours", words }
  if (peer.providerName === "AWS") {
    switch (peer.errorStateName) {
      case "REJECTED":
        return { cause: "rejected", side: "yours", words }
      case "EXPIRED":
        return { cause: "expired", side: "yours", words }
      case "INVALID_ARGUMENT":
        return { cause: "ids-do-not-match", side: "yours", words }
    }
  }
  if (words !== null && /overlapping cidr/i.test(words))
    return { cause: "overlapping-cidr", side: "atlas", words }
  return { cause: "other", side: "unknown", words }
}
