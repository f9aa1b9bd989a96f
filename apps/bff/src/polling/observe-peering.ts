import { computeExpiry, toOpenDecline } from "@peering-desk/peering-rules"
import { readObjectIdTime, type ObservedStatus, type Peering } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"

const keptStatuses = 50

/** The part of a peering that this server knows and Atlas does not. */
export type Annotation = Pick<
  Peering,
  | "origin"
  | "createdBy"
  | "createdAt"
  | "createdByKey"
  | "createReason"
  | "label"
  | "steps"
  | "declined"
  | "changedOutside"
  | "managedBy"
  | "override"
  | "factsAt"
  | "broken"
  | "seen"
> & {
  /** When it last became active, in milliseconds since 1970, as Atlas tells. */
  activeAt?: number | null
}

/** Adds the bounds of its creation and its expiry to a peering. */
export function addTimes(peering: Peering): Peering {
  const { declined } = peering
  const created = readObjectIdTime(peering.id)
  const expiry = computeExpiry(peering)
  return {
    ...peering,
    // The status may be one that ends it.
    ...(declined !== undefined && { declined: toOpenDecline(declined, peering) }),
    ...(created !== null && { createdEarliest: created }),
    ...(expiry !== null && { expiresEarliest: expiry.earliest, expiresLatest: expiry.latest }),
  }
}

/** Returns the last 50 statuses of a history with a newly observed one, unless it ends with that status already. */
export function appendStatus(history: ObservedStatus[], observed: ObservedStatus): ObservedStatus[] {
  const isKnown = history.length > 0 && history.at(-1)?.status === observed.status
  return [...history, ...(isKnown ? [] : [observed])].slice(-keptStatuses)
}

const starting = new Set(["INITIATING", "ADDING_PEER"])

/** Dates the first status of a peering that was found in Atlas, where Atlas's events tell when it began. */
export function dateBegin(
  { history, beginSeen }: Pick<Peering, "history" | "beginSeen">,
  { createdAt, changedOutside, activeAt = null }: Annotation,
): Pick<Peering, "history" | "beginSeen"> {
  const [first, ...later] = history
  if (beginSeen || first === undefined) return { history, beginSeen }
  const isStarting = starting.has(first.status ?? "") && changedOutside === undefined
  const at = first.status === "AVAILABLE" ? toInstant(activeAt) : isStarting ? createdAt : null
  if (at === null || at > first.at) return { history, beginSeen }
  return { history: [{ ...first, at }, ...later], beginSeen: true }
}

/** Returns when a peering was first seen after its last AVAILABLE; null while it is AVAILABLE, or when it never was. */
export function findLeftAvailableAt(history: Peering["history"]): string | null {
  const last = history.findLastIndex(({ status }) => status === "AVAILABLE")
  return last === -1 ? null : (history[last + 1]?.at ?? null)
}
