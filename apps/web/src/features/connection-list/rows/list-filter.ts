import { expiresWithin, isInState, needsAttention, type StateGroup } from "@peering-desk/peering-rules"
import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { stateGroupWords, toStateSlug, viewWords } from "#copy/inventory.ts"
import { toContainerPlace } from "#copy/peerings.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { createSearch } from "#shared/search-text.ts"
import { choiceField, readFilter, textField, type FilterFields } from "#ui/hooks/use-search-filter.ts"
import { sortNames, type SortName } from "./sort-rows.ts"

export type ViewName = keyof typeof viewWords

export const stateGroups = Object.keys(stateGroupWords) as StateGroup[]
export const viewNames = Object.keys(viewWords) as ViewName[]

/** The filter and order of a list, kept in its address, which can be shared and saved. */
export interface ListFilter {
  view: ViewName
  text: string
  projectId: string | null
  cloud: ProviderName | null
  state: StateGroup | null
  /** The region of the Atlas container, in Atlas's words. */
  region: string
  sort: SortName
  direction: "asc" | "desc"
  /** From 0. */
  page: number
}

export const listFields: FilterFields<ListFilter> = {
  view: choiceField("view", viewNames, "all"),
  text: textField("q"),
  projectId: { name: "project", read: (text) => text, write: (projectId) => projectId ?? "" },
  cloud: choiceField("cloud", providerNames, null),
  state: {
    name: "status",
    read: (text) => stateGroups.find((state) => toStateSlug(state) === text) ?? null,
    write: (state) => (state === null ? "" : toStateSlug(state)),
  },
  region: textField("region"),
  sort: choiceField("sort", sortNames, "status"),
  direction: choiceField("dir", ["asc", "desc"], "asc"),
  page: {
    name: "page",
    read: (text) => (/^[1-9]\d{0,5}$/.test(text ?? "") ? Number(text) - 1 : 0),
    write: (page) => (page === 0 ? "" : String(page + 1)),
  },
}

/** Every connection, in the usual order. */
export const usualFilter = readFilter(listFields, new URLSearchParams())

/** Facts beside the rows that the views depend on. */
export interface ViewContext {
  /** Milliseconds since 1970. */
  now: number
  /** The name of who is signed in. */
  person: string | null
}

const weekMs = 7 * 24 * 60 * 60 * 1000

/** Returns whether a row belongs to a view. */
export function isInView(row: InventoryRow, view: ViewName, { now, person }: ViewContext): boolean {
  switch (view) {
    case "all":
      return true
    case "attention":
      return needsAttention(row)
    case "declined":
      return isInState(row, "declined")
    case "expiring":
      return expiresWithin(row, weekMs, now)
    case "mine":
      return person !== null && row.peering.createdBy === person
  }
}

/** Returns the region by which a row is filtered; null without a readable container. */
export function getRegion({ container }: Pick<InventoryRow, "container">): string | null {
  return container === null ? null : toContainerPlace(container)
}

/** Returns the rows that fit everything but the view. The text is searched for in every value and address of a connection. */
export function filterRows(rows: readonly InventoryRow[], filter: ListFilter): InventoryRow[] {
  const { text, cloud, projectId, state, region } = filter
  const fits = createSearch(text)
  return rows.filter(
    (row) =>
      (cloud === null || row.peering.peer.providerName === cloud) &&
      (projectId === null || row.project.id === projectId) &&
      (state === null ? row.deletion === null : isInState(row, state)) &&
      (region === "" || getRegion(row) === region) &&
      fits(row.haystack, row.blocks),
  )
}
