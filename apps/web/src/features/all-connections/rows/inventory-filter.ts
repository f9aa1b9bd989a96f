import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { createSearch } from "#shared/search-text.ts"
import { choiceField, readFilter, textField, type FilterFields } from "#ui/hooks/use-search-filter.ts"
import { sortWords, stateGroupWords } from "#copy/inventory.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"

export type StateGroup = keyof typeof stateGroupWords
export type SortName = keyof typeof sortWords

export const stateGroups = Object.keys(stateGroupWords) as StateGroup[]
export const sortNames = Object.keys(sortWords) as SortName[]

export const views = ["connections", "projects"] as const

/** The state of the page, kept in its address: the view, the filter of the table, its order and its page. */
export interface InventoryFilter {
  view: (typeof views)[number]
  text: string
  cloud: ProviderName | null
  state: StateGroup
  projectId: string | null
  sort: SortName
  /** From 0. */
  page: number
}

export const inventoryFields: FilterFields<InventoryFilter> = {
  text: textField("q"),
  cloud: choiceField("cloud", providerNames, null),
  state: choiceField("state", stateGroups, "all"),
  projectId: { name: "project", read: (text) => text, write: (projectId) => projectId ?? "" },
  sort: choiceField("sort", sortNames, "need"),
  page: {
    name: "page",
    read: (text) => (/^[1-9]\d{0,5}$/.test(text ?? "") ? Number(text) - 1 : 0),
    write: (page) => (page === 0 ? "" : String(page + 1)),
  },
  view: choiceField("view", views, "connections"),
}

/** Every connection, in the usual order. */
export const usualFilter = readFilter(inventoryFields, new URLSearchParams())

export function isInState({ turn }: InventoryRow, state: StateGroup): boolean {
  if (state === "all") return true
  return state === "person" ? turn === "you" || turn === "failed" : turn === state
}

/** Sorts the rows. Apart from the filter, since typing must not sort again. */
export function sortRows(rows: readonly InventoryRow[], by: SortName): InventoryRow[] {
  return rows.toSorted(orders[by])
}

/** Returns the rows that fit; the text is searched for in every value and address of a connection, its container and its project. */
export function filterRows(rows: readonly InventoryRow[], filter: InventoryFilter): InventoryRow[] {
  const fits = createSearch(filter.text)
  return rows.filter((row) => {
    if (filter.cloud !== null && row.peering.peer.providerName !== filter.cloud) return false
    if (filter.projectId !== null && row.project.id !== filter.projectId) return false
    return isInState(row, filter.state) && fits(row.haystack, row.blocks)
  })
}

type Order = (a: InventoryRow, b: InventoryRow) => number

const collator = new Intl.Collator("en", { numeric: true })
const byName: Order = (a, b) => collator.compare(a.title, b.title) || collator.compare(a.key, b.key)
// A state that began before anybody watched may be the oldest: it comes first.
const bySince: Order = ({ peering: a }, { peering: b }) =>
  Number(a.statusSinceSeen) - Number(b.statusSinceSeen) || toTime(a.statusSince) - toTime(b.statusSince)

const needs: Record<InventoryRow["turn"], number> = {
  you: 0,
  failed: 1,
  unknown: 2,
  atlas: 3,
  closing: 4,
  works: 5,
}

const orders: Record<SortName, Order> = {
  // First what can expire, by when; then what waits; then what failed.
  need: (a, b) =>
    needs[a.turn] - needs[b.turn] || toTime(a.deadline) - toTime(b.deadline) || orders.since(a, b),
  since: (a, b) => bySince(a, b) || byName(a, b),
  name: byName,
  project: (a, b) => collator.compare(a.project.name, b.project.name) || byName(a, b),
  cloud: (a, b) => collator.compare(a.peering.peer.providerName, b.peering.peer.providerName) || byName(a, b),
}

/** Sorts what has no time last. */
function toTime(instant: string | null): number {
  return instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant)
}
