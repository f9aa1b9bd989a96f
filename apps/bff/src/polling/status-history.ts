import type { ObservedStatus, Peering } from "@peering-desk/shared-schemas"

const keptStatuses = 50

/** Returns the history with a newly observed status; the same history when it ends with that status already. */
export function appendStatus(history: ObservedStatus[], observed: ObservedStatus): ObservedStatus[] {
  if (history.length > 0 && history.at(-1)?.status === observed.status) return history
  return [...history, observed].slice(-keptStatuses)
}

/** Returns when a peering was first seen after its last AVAILABLE; null while it is AVAILABLE, or when it never was. */
export function findLeftAvailableAt(history: Peering["history"]): string | null {
  const last = history.findLastIndex(({ status }) => status === "AVAILABLE")
  return last === -1 ? null : (history[last + 1]?.at ?? null)
}
