import type { Peering } from "@peering-desk/shared-schemas"

/** Returns when the current status was first seen; null without a history. */
export function toStatusSince(history: Peering["history"]): string | null {
  return history.at(-1)?.at ?? null
}

/** Says if the current status was seen to begin. Otherwise it may be older than `toStatusSince` says. */
export function isStatusSinceSeen({ history, beginSeen }: Pick<Peering, "history" | "beginSeen">): boolean {
  return beginSeen || history.length > 1
}
