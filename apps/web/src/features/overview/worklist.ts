import type { SessionInfo } from "@peering-desk/shared-schemas"
import {
  attentionGroups,
  getAttentionGroup,
  orderByAttention,
  type AttentionGroup,
} from "#shared/inventory/attention.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"

export interface WorkGroup {
  name: AttentionGroup
  /** All of the group; the worklist shows the first `shownCount`. */
  rows: readonly InventoryRow[]
  shownCount: number
}

/** The worklist has this many rows, requests for approval included. */
export const mostRows = 14
/** A group keeps this many rows however long the ones before it are. */
const fewestRows = 3

/**
 * Groups the connections that need attention. The person's own projects come first in each group, before those they see only by a role in
 * all projects.
 * @param now milliseconds since 1970
 * @param room the number of rows to show
 */
export function buildWorklist(
  rows: readonly InventoryRow[],
  access: SessionInfo["access"] | undefined,
  now: number,
  room = mostRows,
): WorkGroup[] {
  const isOwn = ({ project }: InventoryRow) => access?.projects[project.id] !== undefined
  const byAttention = orderByAttention(now)
  const sorted = rows.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || byAttention(a, b))
  const groups = attentionGroups.map((name) => ({
    name,
    rows: sorted.filter((row) => getAttentionGroup(row, now) === name),
  }))
  let left = room
  return groups.map(({ name, rows: own }, index) => {
    const later = groups
      .slice(index + 1)
      .reduce((sum, group) => sum + Math.min(fewestRows, group.rows.length), 0)
    const shownCount = Math.min(own.length, Math.max(0, left - later))
    left -= shownCount
    return { name, rows: own, shownCount }
  })
}
