import { readCidrRange } from "@peering-desk/peering-rules"
import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { sortWords, stateGroupWords } from "#copy/inventory.ts"
import type { InventoryRow } from "./inventory-rows.ts"

export type StateGroup = keyof typeof stateGroupWords
export type SortName = keyof typeof sortWords

export const stateGroups = Object.keys(stateGroupWords) as StateGroup[]
export const sortNames = Object.keys(sortWords) as SortName[]

/** What the table is narrowed to, in which order, and which page of it. It lives in the address. */
export interface InventoryFilter {
  text: string
  cloud: ProviderName | null
  state: StateGroup
  projectId: string | null
  sort: SortName
  /** From 0. */
  page: number
}

/** Reads a filter from the address; what has no meaning there is as if it were not there. */
export function readInventoryFilter(search: URLSearchParams): InventoryFilter {
  const page = Number(search.get("page") ?? "1")
  return {
    text: search.get("q") ?? "",
    cloud: providerNames.find((name) => name === search.get("cloud")) ?? null,
    state: stateGroups.find((name) => name === search.get("state")) ?? "all",
    projectId: search.get("project"),
    sort: sortNames.find((name) => name === search.get("sort")) ?? "need",
    page: Number.isSafeInteger(page) && page >= 1 ? page - 1 : 0,
  }
}

/** Everything, what needs a person first. */
export const usualFilter = readInventoryFilter(new URLSearchParams())

/** The address of a filter; what is as usual is left out of it. */
export function writeInventoryFilter({
  text,
  cloud,
  state,
  projectId,
  sort,
  page,
}: InventoryFilter): URLSearchParams {
  const search = new URLSearchParams()
  if (text !== "") search.set("q", text)
  if (cloud !== null) search.set("cloud", cloud)
  if (state !== "all") search.set("state", state)
  if (projectId !== null) search.set("project", projectId)
  if (sort !== "need") search.set("sort", sort)
  if (page > 0) search.set("page", String(page + 1))
  return search
}

export function isInState({ turn }: InventoryRow, state: StateGroup): boolean {
  if (state === "all") return true
  return state === "person" ? turn === "you" || turn === "failed" : turn === state
}

/** The rows in an order. Apart from the filter, so that typing into that sorts nothing. */
export function sortRows(rows: readonly InventoryRow[], by: SortName): InventoryRow[] {
  return rows.toSorted(orders[by])
}

/**
 * The rows that fit. Every word of the text must occur in some value of the connection, its container or its project; an
 * address or a block of them also fits where it shares addresses with either end. The spaces and dashes of an account number are
 * forgiven.
 */
export function filterRows(rows: readonly InventoryRow[], filter: InventoryFilter): InventoryRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean).map(toWord)
  const account = /^[\d\s-]{12,}$/.test(filter.text.trim()) ? filter.text.replace(/\D/g, "") : null
  return rows.filter((row) => {
    if (filter.cloud !== null && row.peering.peer.providerName !== filter.cloud) return false
    if (filter.projectId !== null && row.project.id !== filter.projectId) return false
    if (!isInState(row, filter.state)) return false
    return (account !== null && row.haystack.includes(account)) || words.every((fits) => fits(row))
  })
}

function toWord(word: string): (row: InventoryRow) => boolean {
  const block = readCidrRange(word) ?? readCidrRange(`${word}/32`)
  return ({ haystack, blocks }) =>
    haystack.includes(word) ||
    (block !== null && blocks.some(({ first, last }) => first <= block.last && block.first <= last))
}

type Order = (a: InventoryRow, b: InventoryRow) => number

const collator = new Intl.Collator("en", { numeric: true })
const byName: Order = (a, b) => collator.compare(a.title, b.title) || collator.compare(a.key, b.key)
// What was so before anybody watched can be older than all whose beginning was seen: it comes first, and is not counted.
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
  // First what can still run out, by when; then what waits; then what failed.
  need: (a, b) =>
    needs[a.turn] - needs[b.turn] || toTime(a.deadline) - toTime(b.deadline) || orders.since(a, b),
  since: (a, b) => bySince(a, b) || byName(a, b),
  name: byName,
  project: (a, b) => collator.compare(a.project.name, b.project.name) || byName(a, b),
  cloud: (a, b) => collator.compare(a.peering.peer.providerName, b.peering.peer.providerName) || byName(a, b),
}

/** What has no time comes last. */
function toTime(instant: string | null): number {
  return instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant)
}
