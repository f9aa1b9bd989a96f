import { isBroken, isDeclined } from "@peering-desk/peering-rules"
import type { SessionInfo } from "@peering-desk/shared-schemas"
import { byAttention, expiresWithin, needsAttention } from "#shared/inventory/attention.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"

export interface WorkGroup {
  name: "declined" | "broken" | "expiring" | "waiting" | "failed"
  /** All of the group; the worklist shows the first `shownCount`. */
  rows: readonly InventoryRow[]
  shownCount: number
}

const dayMs = 24 * 60 * 60 * 1000
const mostRows = 12
/** A group keeps this many rows however long the ones before it are. */
const fewestRows = 3

/**
 * Groups the connections that need attention: what its owner declined, what is broken in AWS, what expires within a day, what waits for its network's owner, and what failed. The
 * person's own projects come first in each group, before those they see only by a role in all projects.
 * @param now milliseconds since 1970
 */
export function buildWorklist(
  rows: readonly InventoryRow[],
  access: SessionInfo["access"] | undefined,
  now: number,
): WorkGroup[] {
  const isOwn = ({ project }: InventoryRow) => access?.projects[project.id] !== undefined
  const sorted = rows
    .filter(needsAttention)
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || byAttention(a, b))
  const groups = (["declined", "broken", "expiring", "waiting", "failed"] as const).map((name) => ({
    name,
    rows: sorted.filter((row) => getGroup(row, now) === name),
  }))
  let room = mostRows
  return groups.map(({ name, rows: own }, index) => {
    const later = groups
      .slice(index + 1)
      .reduce((sum, group) => sum + Math.min(fewestRows, group.rows.length), 0)
    const shownCount = Math.min(own.length, Math.max(0, room - later))
    room -= shownCount
    return { name, rows: own, shownCount }
  })
}

function getGroup(row: InventoryRow, now: number): WorkGroup["name"] {
  if (isDeclined(row.peering)) return "declined"
  if (isBroken(row.peering)) return "broken"
  if (row.turn === "failed") return "failed"
  return expiresWithin(row, dayMs, now) ? "expiring" : "waiting"
}
