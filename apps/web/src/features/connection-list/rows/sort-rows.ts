import { bySince, orderByAttention } from "@peering-desk/peering-rules"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { toContainerPlace } from "#copy/peerings.ts"

export const sortNames = ["status", "name", "network", "cidr", "container", "since"] as const
/** The columns that sort the list. */
export type SortName = (typeof sortNames)[number]

type Order = (a: InventoryRow, b: InventoryRow) => number

const collator = new Intl.Collator("en", { numeric: true })

const byName: Order = (a, b) => collator.compare(a.title, b.title) || collator.compare(a.key, b.key)
const byText =
  (read: (row: InventoryRow) => string | null | undefined): Order =>
  (a, b) =>
    collator.compare(read(a) ?? "\uFFFF", read(b) ?? "\uFFFF") || byName(a, b)

const orders: Record<Exclude<SortName, "status">, Order> = {
  name: byName,
  network: byText(({ network }) => network),
  cidr: byText(({ cidr }) => cidr),
  container: (a, b) => collator.compare(getPlace(a), getPlace(b)) || byName(a, b),
  since: (a, b) => bySince(a, b) || byName(a, b),
}

/**
 * Sorts the rows. Apart from the filter, since typing must not sort again.
 * @param now milliseconds since 1970
 */
export function sortRows(
  rows: readonly InventoryRow[],
  by: SortName,
  direction: "asc" | "desc",
  now: number,
): InventoryRow[] {
  const byAttention = orderByAttention(now)
  const order: Order = by === "status" ? (a, b) => byAttention(a, b) || byName(a, b) : orders[by]
  return rows.toSorted(direction === "asc" ? order : (a, b) => order(b, a))
}

function getPlace({ container }: InventoryRow): string {
  return container === null ? "\uFFFF" : `${toContainerPlace(container)} ${container.atlasCidrBlock}`
}
