import type { InventoryRow } from "./inventory-rows.ts"
import {
  countRow,
  createFilter,
  getRegion,
  isInView,
  noneCounted,
  type ListFilter,
  type ViewContext,
  type ViewCounts,
} from "./list-filter.ts"
import { compareKeys, type SortedRow, type SortKey } from "./sort-rows.ts"

export interface RowPage {
  rows: SortedRow[]
  /** How many rows fit the filter in each view. */
  counts: ViewCounts
  /** The regions of all rows. */
  regions: string[]
  /** Where the next page begins; null after the last. */
  next: SortKey | null
}

const rowsOfStep = 2_000

/**
 * Takes one page of the rows that fit a filter.
 * @param lists each in the ascending order of the filter
 * @param after the last row before the page; null for the first page. A row that came or went meanwhile moves no other one
 */
export function takePage(...about: Parameters<typeof walkPage>): RowPage {
  const steps = walkPage(...about)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** Takes a page like `takePage`, in steps of some milliseconds, between which a server can do something else. */
export function* walkPage(
  lists: Iterable<readonly SortedRow[]>,
  filter: ListFilter,
  context: ViewContext,
  { after, most }: { after: SortKey | null; most: number },
): Generator<undefined, RowPage> {
  const fits = createFilter(filter)
  const sign = filter.direction === "asc" ? 1 : -1
  const compare = (a: SortKey, b: SortKey) => sign * compareKeys(a, b)
  const counts = { ...noneCounted }
  const regions = new Set<string>()
  // One more than the page tells whether another follows.
  const first: SortedRow[] = []
  let walked = 0
  for (const list of lists) {
    const ordered = sign > 0 ? list : list.toReversed()
    let left = after === null ? 0 : findFirst(ordered, (key) => compare(key, after) > 0)
    let isOpen = true
    for (const one of ordered) {
      walked += 1
      if (walked % rowsOfStep === 0) yield
      const { row, key } = one
      const isBefore = left > 0
      left -= 1
      const region = getRegion(row)
      if (region !== null) regions.add(region)
      if (!fits(row)) continue
      countRow(counts, row, context)
      if (!isOpen || isBefore || !isInView(row, filter.view, context)) continue
      const place = findFirst(first, (other) => compare(other, key) > 0)
      // The rows of a list are in order, so the next ones come later still.
      isOpen = place <= most
      if (!isOpen) continue
      first.splice(place, 0, one)
      first.length = Math.min(first.length, most + 1)
    }
  }
  const rows = first.slice(0, most)
  return {
    rows,
    counts,
    regions: [...regions].sort(),
    next: first.length > most ? (rows.at(-1)?.key ?? null) : null,
  }
}

/** Finds the first row from which on something holds, by halves; the number of rows when it never does. */
function findFirst(rows: readonly SortedRow[], holds: (key: SortKey) => boolean): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const one = rows[middle]
    if (one === undefined || holds(one.key)) to = middle
    else from = middle + 1
  }
  return from
}

/** Counts the rows that fit a filter with its view. */
export function countFitting(
  lists: Iterable<readonly InventoryRow[]>,
  filter: ListFilter,
  context: ViewContext,
): number {
  const fits = createFilter(filter)
  let count = 0
  for (const rows of lists)
    for (const row of rows) if (fits(row) && isInView(row, filter.view, context)) count += 1
  return count
}
