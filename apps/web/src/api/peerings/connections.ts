import {
  listFields,
  sortRows,
  toInventoryRow,
  type InventoryRow,
  type ListFilter,
} from "@peering-desk/peering-rules"
import { apiUrls, writeFilter, type ConnectionPage, type ListRow } from "@peering-desk/shared-schemas"
import {
  infiniteQueryOptions,
  keepPreviousData,
  replaceEqualDeep,
  type InfiniteData,
} from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson } from "#api/http.ts"
import { inventoryKey } from "./inventory.ts"

const isConnectionPage = hasFields<ConnectionPage>("rows", "counts", "regions", "next")

const readEveryMs = 15_000
const rowsOfExport = "500"

/** Reads the connections that fit, of all projects, page after page, every 15 s. */
export function connectionsQuery(filter: ListFilter) {
  const query = toQuery(filter)
  return infiniteQueryOptions({
    queryKey: [...inventoryKey, "connections", query],
    queryFn: ({ pageParam, signal }) =>
      readPage({ ...query, ...(pageParam !== null && { after: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    structuralSharing: (before, after) => keepRows(before as Pages | undefined, after as Pages),
    // The rows stay where they are while one types.
    placeholderData: keepPreviousData,
    refetchInterval: readEveryMs,
    refetchOnWindowFocus: true,
  })
}

type Pages = InfiniteData<ConnectionPage, string | null>

const toKey = ({ project, peering: { peer, id } }: ListRow) => `${project.id}/${peer.providerName}/${id}`

/** Keeps the object of each row that shows the same, wherever it is now: one changed connection renders one row. */
function keepRows(before: Pages | undefined, { pages, pageParams }: Pages): Pages {
  const known = new Map(before?.pages.flatMap(({ rows }) => rows.map((row) => [toKey(row), row] as const)))
  const keep = (row: ListRow) => replaceEqualDeep(known.get(toKey(row)), row)
  const after = { pages: pages.map((page) => ({ ...page, rows: page.rows.map(keep) })), pageParams }
  return replaceEqualDeep(before, after) === before ? before : after
}

/** Joins pages. A connection that moved while they were read is there once. */
export function toRows(pages: readonly ConnectionPage[]): InventoryRow[] {
  const rows = new Map<string, InventoryRow>()
  for (const row of pages.flatMap((page) => page.rows.map(toInventoryRow)))
    if (!rows.has(row.key)) rows.set(row.key, row)
  return [...rows.values()]
}

/** Reads every connection that fits. By name, since a change of its status then moves none from page to page. */
export async function readConnections(filter: ListFilter): Promise<InventoryRow[]> {
  const query = { ...toQuery({ ...filter, sort: "name", direction: "asc" }), limit: rowsOfExport }
  const pages: ConnectionPage[] = []
  for (let after: string | null | undefined; after !== null; after = pages.at(-1)?.next ?? null)
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    pages.push(await readPage({ ...query, ...(after !== undefined && { after }) }))
  return sortRows(toRows(pages), filter.sort, filter.direction, Date.now())
}

function readPage(query: Record<string, string>, signal?: AbortSignal): Promise<ConnectionPage> {
  return readJson({ url: apiUrls.connections(query), isAnswer: isConnectionPage, ...(signal && { signal }) })
}

function toQuery(filter: ListFilter): Record<string, string> {
  return Object.fromEntries(writeFilter(listFields, { ...filter, page: 0 }))
}
