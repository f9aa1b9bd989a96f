import { readObjectIdTime, readStatus, type Peering } from "@peering-desk/shared-schemas"
import { toStatusSince } from "./status-since.ts"

/** AWS drops a peering request that nobody accepted for 7 days; Atlas then says FAILED, EXPIRED. */
const acceptanceWindowMs = 7 * 24 * 60 * 60 * 1000

/** The end of an AWS request that nobody accepts, ISO 8601, UTC. */
export interface Expiry {
  /** Sort and count down by this one: the request lasts at least until then. */
  earliest: string
  latest: string
  /** True when both are close enough to name one time. */
  isExact: boolean
}

/** A poll can see a new status this much later than it began, in milliseconds. */
const exactWithinMs = 15 * 60 * 1000

/** Builds an expiry from its two bounds. */
export function toExpiry(earliest: string, latest: string): Expiry {
  return { earliest, latest, isExact: Date.parse(latest) - Date.parse(earliest) <= exactWithinMs }
}

/**
 * Computes when AWS drops a waiting request: 7 days after Atlas made it there. It was made after the peering's id, whose first
 * digits are a time, and after the last INITIATING we saw; it was made before we first saw it wait. Null when nothing waits in AWS.
 */
export function computeExpiry({
  id,
  peer,
  history,
}: Pick<Peering, "id" | "peer" | "history">): Expiry | null {
  if (peer.providerName !== "AWS" || readStatus(peer) !== "PENDING_ACCEPTANCE") return null
  const latest = toAcceptanceDeadline(toStatusSince(history))
  const begun = [readObjectIdTime(id), history.findLast(({ status }) => status === "INITIATING")?.at ?? null]
  const [lastBegun = null] = begun
    .filter((at) => at !== null)
    .toSorted()
    .toReversed()
  const computed = toAcceptanceDeadline(lastBegun)
  if (latest === null)
    return computed === null ? null : { earliest: computed, latest: computed, isExact: false }
  // A clock that differs from Atlas's can put the id after our first poll.
  if (computed === null) return { earliest: latest, latest, isExact: false }
  return toExpiry(computed > latest ? latest : computed, latest)
}

/** Returns the time seven days after the request was first seen waiting; null when that is unknown or unreadable. */
export function toAcceptanceDeadline(statusSince: string | null): string | null {
  const since = statusSince === null ? Number.NaN : Date.parse(statusSince)
  return Number.isNaN(since) ? null : new Date(since + acceptanceWindowMs).toISOString()
}
