import type { Peering } from "@peering-desk/shared-schemas"

// Apart from the stations, which the list of connections would load with it.

/** When the present status was first seen; null without any history. */
export function toStatusSince(history: Peering["history"]): string | null {
  return history.at(-1)?.at ?? null
}

/** Whether the present status was seen to begin; if not, it is older than `toStatusSince` says, nobody knows how much. */
export function isStatusSinceSeen({ history, beginSeen }: Pick<Peering, "history" | "beginSeen">): boolean {
  return beginSeen || history.length > 1
}
