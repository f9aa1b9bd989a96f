import {
  countRow,
  filterRows,
  getRegion,
  isInView,
  noneCounted,
  sortRows,
  type InventoryRow,
  type ListFilter,
  type ViewCounts,
} from "@peering-desk/peering-rules"
import type { TimeInState } from "@peering-desk/shared-schemas"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useDeferredValue, useMemo, type ReactNode } from "react"
import { connectionsQuery, readConnections, toRows } from "#api/peerings/connections.ts"
import { usePerson } from "#api/session.ts"
import { LoadMore } from "#shared/refusals/LoadMore.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { Pager, toPage } from "#ui/table/TableFoot.tsx"
import { useNow } from "#ui/time/now.ts"

/** The rows that fit the filter of a list, as far as they are shown. */
export interface ListView {
  /** Undefined while loading, and when they can't be read. */
  shown: readonly InventoryRow[] | undefined
  /** The number of the first of them, from 0. */
  first: number
  /** All that can be selected. */
  inView: readonly InventoryRow[]
  /** How many fit in each view. */
  counts: ViewCounts | undefined
  /** How many fit each saved view, by its id. */
  savedCounts: Readonly<Record<string, number>>
  regions: readonly string[]
  timesInState: readonly TimeInState[]
  /** Leads to the others. */
  more: ReactNode
  /** Reads all that fit. */
  readAll: () => Promise<InventoryRow[]>
}

const pageSize = 50
const placeholderMs = 500
const none: readonly never[] = []

/** Filters and sorts rows that are here. */
export function useRowsHere(
  rows: readonly InventoryRow[] | undefined,
  filter: ListFilter,
  onPage: (page: number) => void,
): Omit<ListView, "timesInState"> {
  const person = usePerson()?.personKey ?? null
  const minute = Math.floor(useNow() / 60_000)
  const context = useMemo(() => ({ now: minute * 60_000, person }), [minute, person])
  // Typing is shown at once; the rows follow when the browser is idle.
  const deferred = useDeferredValue(filter)
  const { sort, direction, view, page: wanted } = deferred
  const sorted = useMemo(
    () => sortRows(rows ?? none, sort, direction, context.now),
    [rows, sort, direction, context],
  )
  const fitting = useMemo(() => filterRows(sorted, deferred), [sorted, deferred])
  const inView = useMemo(
    () => fitting.filter((row) => isInView(row, view, context)),
    [fitting, view, context],
  )
  const counts = useMemo(() => {
    const all = { ...noneCounted }
    for (const row of fitting) countRow(all, row, context)
    return all
  }, [fitting, context])
  const regions = useMemo(() => [...new Set(rows?.flatMap((row) => getRegion(row) ?? []))], [rows])
  const { page, pageCount, first, shown } = useMemo(() => toPage(inView, wanted, pageSize), [inView, wanted])
  return {
    shown: rows && shown,
    first,
    inView,
    counts: rows && counts,
    savedCounts: {},
    regions,
    more: <Pager page={page} pageCount={pageCount} onPage={onPage} />,
    readAll: () => Promise.resolve([...inView]),
  }
}

/** Reads rows that the server filtered and sorted, page after page. */
export function useRowsOfAll(filter: ListFilter) {
  // Asks the server when typing pauses, not for each letter.
  const text = useSettled(filter.text, 200)
  const read = useInfiniteQuery(connectionsQuery({ ...filter, text }))
  // The rows of the filter before stay for a moment, not while a slow read would have them stand under this filter's name.
  const isOld = useSettled(read.isPlaceholderData, placeholderMs) && read.isPlaceholderData
  // A key that comes meanwhile is answered before the rows.
  const data = useDeferredValue(isOld ? undefined : read.data)
  const rows = useMemo(() => data && toRows(data.pages), [data])
  const first = data?.pages[0]
  const list: Omit<ListView, "timesInState"> = {
    shown: rows,
    first: 0,
    inView: rows ?? none,
    counts: first?.counts,
    savedCounts: first?.savedCounts ?? {},
    regions: first?.regions ?? none,
    more: <LoadMore read={read} words="Show more" />,
    readAll: () => readConnections(filter),
  }
  return { list, read }
}
