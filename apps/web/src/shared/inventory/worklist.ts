import type { AttentionGroup, Overview } from "@peering-desk/shared-schemas"
import type { AppPermissions } from "#shared/permissions.ts"

/** Counts the connections that need attention, of all groups or without one. */
export function countAttention({ worklist }: Pick<Overview, "worklist">, without?: AttentionGroup): number {
  return worklist.reduce((sum, { name, count }) => (name === without ? sum : sum + count), 0)
}

/**
 * Counts the connections on which a person must act now: all that need attention but the ones that wait for their network's owner, and
 * none for a viewer.
 */
export function countNeedingPerson(
  overview: Pick<Overview, "worklist">,
  { changes }: Pick<AppPermissions, "changes">,
): number {
  return changes ? countAttention(overview, "waiting") : 0
}
