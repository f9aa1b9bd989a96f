import {
  choiceField,
  providerNames,
  readFilter,
  textField,
  type FilterFields,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { expiresWithin, isInState, needsAttention, type StateGroup } from "#lifecycle/attention.ts"
import type { InventoryRow } from "./inventory-rows.ts"
import { toContainerPlace } from "./row-names.ts"
import { createSearch } from "./search-text.ts"
import { sortNames, type SortName } from "./sort-rows.ts"

/** The states that a list is filtered by, as its address has them. */
export const stateSlugs = {
  you: "action-required",
  declined: "declined-by-owner",
  broken: "broken-in-the-cloud",
  failed: "failed",
  atlas: "in-progress",
  works: "available",
  closing: "deleting",
  unknown: "unknown-status",
  deleted: "deleted",
} as const satisfies Record<StateGroup, string>

export const stateGroups = Object.keys(stateSlugs) as StateGroup[]
export const viewNames = ["all", "attention", "declined", "expiring", "mine"] as const
export type ViewName = (typeof viewNames)[number]

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
  /** From 0. The list of all projects has no pages. */
  page: number
}

/** A longer search finds what its beginning finds. */
const longestText = 200

export const listFields: FilterFields<ListFilter> = {
  view: choiceField("view", viewNames, "all"),
  text: { ...textField("q"), read: (text) => (text ?? "").slice(0, longestText) },
  projectId: { name: "project", read: (text) => text, write: (projectId) => projectId ?? "" },
  cloud: choiceField("cloud", providerNames, null),
  state: {
    name: "status",
    read: (text) => stateGroups.find((state) => stateSlugs[state] === text) ?? null,
    write: (state) => (state === null ? "" : stateSlugs[state]),
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
  /** The key of who is signed in. */
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
      return person !== null && row.peering.createdByKey === person
  }
}

/** Returns the region by which a row is filtered; null without a readable container. */
export function getRegion({ container }: Pick<InventoryRow, "container">): string | null {
  return container === null ? null : toContainerPlace(container)
}

/** Builds the test of whether a row fits everything but the view. The text is searched for in every value and address of a connection. */
export function createFilter(filter: ListFilter): (row: InventoryRow) => boolean {
  const { text, cloud, projectId, state, region } = filter
  const fits = createSearch(text)
  return (row) =>
    (cloud === null || row.peering.peer.providerName === cloud) &&
    (projectId === null || row.project.id === projectId) &&
    (state === null ? row.deletion === null : isInState(row, state)) &&
    (region === "" || getRegion(row) === region) &&
    fits(row.haystack, row.blocks)
}

/** Returns the rows that fit everything but the view. */
export function filterRows(rows: readonly InventoryRow[], filter: ListFilter): InventoryRow[] {
  return rows.filter(createFilter(filter))
}

export type ViewCounts = Record<ViewName, number>

/** Counts a row in each view that it belongs to. */
export function countRow(counts: ViewCounts, row: InventoryRow, context: ViewContext): void {
  for (const view of viewNames) if (isInView(row, view, context)) counts[view] += 1
}

export const noneCounted: ViewCounts = { all: 0, attention: 0, declined: 0, expiring: 0, mine: 0 }
