import type { Overview } from "@peering-desk/shared-schemas"

/** Counts the connections on which a person must act now: all that need attention but the ones that wait for their network's owner. */
export function countNeedingPerson({ worklist }: Pick<Overview, "worklist">): number {
  return worklist.reduce((sum, { name, count }) => (name === "waiting" ? sum : sum + count), 0)
}
