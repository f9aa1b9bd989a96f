import { dayMs, toAttentionKey, toSinceKey } from "#lifecycle/attention.ts"
import type { InventoryRow } from "./inventory-rows.ts"
import { toContainerPlace } from "./row-names.ts"

export const sortNames = ["status", "name", "network", "cidr", "container", "since"] as const
/** The columns that sort the list. */
export type SortName = (typeof sortNames)[number]

/** What a row is sorted by, ending with its own key: no two rows have the same. */
export type SortKey = readonly (string | number)[]

/** A row with its place in an order. */
export interface SortedRow {
  row: InventoryRow
  key: SortKey
}

const collator = new Intl.Collator("en", { numeric: true })
const missing = "\uFFFF"

function toSortKey(row: InventoryRow, by: SortName, now: number): SortKey {
  const name = [row.title, row.key]
  switch (by) {
    case "status":
      return [...toAttentionKey(row, now), ...name]
    case "name":
      return name
    case "network":
      return [row.network, ...name]
    case "cidr":
      return [row.cidr ?? missing, ...name]
    case "container":
      return [getPlace(row), ...name]
    case "since":
      return [...toSinceKey(row), ...name]
  }
}

function getPlace({ container }: InventoryRow): string {
  return container === null ? missing : `${toContainerPlace(container)} ${container.atlasCidrBlock}`
}

/** Compares the keys of two rows in the same order. */
export function compareKeys(a: SortKey, b: SortKey): number {
  for (let at = 0; at < a.length; at += 1) {
    const [one, other] = [a[at], b[at]]
    const difference =
      typeof one === "number" && typeof other === "number"
        ? one - other
        : collator.compare(String(one), String(other))
    if (difference !== 0) return difference
  }
  // The collator takes some ids for the same: 07 and 7.
  const [one, other] = [String(a.at(-1)), String(b.at(-1))]
  return one === other ? 0 : one < other ? -1 : 1
}

/**
 * Sorts rows in ascending order.
 * @param now milliseconds since 1970
 */
export function toSorted(rows: readonly InventoryRow[], by: SortName, now: number): SortedRow[] {
  return rows.map((row) => ({ row, key: toSortKey(row, by, now) })).sort((a, b) => compareKeys(a.key, b.key))
}

/** Sorts the rows. Apart from the filter, since typing must not sort again. */
export function sortRows(
  rows: readonly InventoryRow[],
  by: SortName,
  direction: "asc" | "desc",
  now: number,
): InventoryRow[] {
  const sorted = toSorted(rows, by, now).map(({ row }) => row)
  return direction === "asc" ? sorted : sorted.reverse()
}

/** Returns until when the rows stay in the order that they have now, in milliseconds since 1970: until a request expires within a day. */
export function findNextOrder(rows: readonly InventoryRow[], by: SortName, now: number): number {
  let next = Number.POSITIVE_INFINITY
  for (const { expiry } of by === "status" ? rows : []) {
    const at = expiry === null ? now : Date.parse(expiry.earliest) - dayMs
    if (at > now && at < next) next = at
  }
  return next
}
