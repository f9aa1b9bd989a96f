import { AtlasPeer, type InventoryPeering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { createRowMaker, type InventoryRow } from "./inventory-rows.ts"
import { filterRows, isInView, listFields, stateSlugs, usualFilter, type ListFilter } from "./list-filter.ts"
import { findNextOrder, sortNames, sortRows, toSorted, type SortKey } from "./sort-rows.ts"
import { takePage } from "./take-page.ts"

const now = Date.parse("2026-11-24T10:07:00.000Z")
const hourMs = 60 * 60_000
const context = { now, person: "Olivia Novak" }
const toInstant = (ms: number) => new Date(ms).toISOString()

function makePeering(index: number, more: Partial<InventoryPeering> = {}): InventoryPeering {
  const id = `69241080000000000000${index.toString(16).padStart(4, "0")}`
  const turn = ["works", "you", "failed", "atlas", "closing", "odd"][index % 6] ?? ""
  const expiry = toInstant(now + (index % 50) * hourMs)
  return {
    id,
    peer: AtlasPeer.parse({
      providerName: "AWS",
      id,
      containerId: index % 7 === 0 ? "c2" : "c1",
      routeTableCidrBlock: index % 5 === 0 ? null : `10.${index % 90}.0.0/16`,
      vpcId: `vpc-${index % 40}`,
    }),
    status: "AVAILABLE",
    turn,
    statusSince: toInstant(now - (index % 9) * hourMs),
    statusSinceSeen: index % 2 === 0,
    label: index % 3 === 0 ? `net ${index % 20}` : null,
    origin: "adopted",
    createdBy: index % 4 === 0 ? "Olivia Novak" : null,
    firstSeenAt: toInstant(now),
    leftAvailableAt: null,
    ...(turn === "you" && { expiresEarliest: expiry, expiresLatest: expiry }),
    ...more,
  }
}

function makeRows(projectId: string, peerings: InventoryPeering[]): InventoryRow[] {
  const container = {
    id: "c1",
    providerName: "AWS" as const,
    atlasCidrBlock: "192.168.8.0/21",
    regionName: "US_EAST_1",
    vpcId: null,
    provisioned: true,
  }
  const drawn = { watches: [], listed: null, running: null }
  return createRowMaker()([
    { project: { id: projectId, name: projectId }, peerings, containers: [container], ...drawn },
  ])
}

const projects = [300, 0, 1, 150].map((count, at) =>
  makeRows(
    `p${at}`,
    Array.from({ length: count }, (_, index) => makePeering(index * (at + 1))),
  ),
)
const keysOf = (rows: readonly InventoryRow[]) => rows.map(({ key }) => key)

/** Reads page after page, as somebody who presses on to the end. */
function readPages(lists: readonly InventoryRow[][], filter: ListFilter, most: number): string[] {
  const keys: string[] = []
  const sorted = lists.map((rows) => toSorted(rows, filter.sort, now))
  let after: SortKey | null = null
  do {
    const page = takePage(sorted, filter, context, { after, most })
    keys.push(...keysOf(page.rows.map(({ row }) => row)))
    after = page.next
  } while (after !== null)
  return keys
}

describe("pages of rows", () => {
  const orders = sortNames.flatMap((sort) => (["asc", "desc"] as const).map((way) => [sort, way] as const))
  test.each(orders)("joined are the whole list, sorted by %s, %s", (sort, direction) => {
    const filter = { ...usualFilter, sort, direction }
    const whole = keysOf(sortRows(projects.flat(), sort, direction, now))
    expect(readPages(projects, filter, 50)).toEqual(whole)
    expect(readPages(projects, filter, 1)).toEqual(whole)
  })

  test.each<[string, Partial<ListFilter>]>([
    ["a search", { text: "vpc-1" }],
    ["an address", { text: "10.3.7.1" }],
    ["a view", { view: "attention" }],
    ["what expires within a week", { view: "expiring" }],
    ["a state and a project", { state: "failed", projectId: "p3" }],
    ["a region", { region: "US_EAST_1", view: "mine" }],
    ["nothing that fits", { cloud: "GCP" }],
  ])("have what the filter finds in the whole list: %s", (_, narrow) => {
    const filter = { ...usualFilter, ...narrow }
    const fitting = filterRows(sortRows(projects.flat(), "status", "asc", now), filter)
    const inView = fitting.filter((row) => isInView(row, filter.view, context))
    expect(readPages(projects, filter, 20)).toEqual(keysOf(inView))
    const { counts, regions } = takePage(
      projects.map((rows) => toSorted(rows, "status", now)),
      filter,
      context,
      { after: null, most: 20 },
    )
    expect(counts).toMatchObject({ all: fitting.length, [filter.view]: inView.length })
    expect(regions).toEqual(["US_EAST_1"])
  })

  test("tell rows apart whose ids the collator takes for the same", () => {
    const rows = makeRows("p", [
      makePeering(0, { id: "07", label: "x" }),
      makePeering(0, { id: "7", label: "x" }),
    ])
    expect(new Set(readPages([rows], { ...usualFilter, sort: "name" }, 1)).size).toBe(2)
  })
})

test("an order by status lasts until the next request expires within a day", () => {
  const until = (hours: number) => {
    const at = toInstant(now + hours * hourMs)
    return makePeering(1, { id: `${hours}`, turn: "you", expiresEarliest: at, expiresLatest: at })
  }
  const rows = makeRows("p", [until(2), until(30), until(26)])
  expect(findNextOrder(rows, "status", now)).toBe(now + 2 * hourMs)
  expect(findNextOrder(rows, "name", now)).toBe(Number.POSITIVE_INFINITY)
})

test("a state in an address is written in the words of its label", () => {
  expect(listFields.state.read("action-required")).toBe("you")
  expect(Object.values(stateSlugs)).toHaveLength(new Set(Object.values(stateSlugs)).size)
})
