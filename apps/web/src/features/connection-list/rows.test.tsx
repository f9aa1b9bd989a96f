import {
  readFilter,
  writeFilter,
  type InventoryPeering,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { getStateSince } from "@peering-desk/peering-rules"
import { replaceEqualDeep } from "@tanstack/react-query"
import { render, screen } from "@testing-library/react"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { containers, makePeering, now, projects } from "#mock-bff/samples.ts"
import { toInventoryCsv, toInventoryJson } from "#features/connection-list/rows/export-rows.ts"
import {
  createRowMaker,
  filterRows,
  isInView,
  listFields,
  sortRows,
  usualFilter,
  type InventoryRow,
} from "@peering-desk/peering-rules"
import type { RowActions } from "./selection/row-actions.ts"
import { createTimeFinder } from "#features/connection-list/rows/time-in-state.ts"
import { DataTable } from "#ui/table/DataTable.tsx"
import { createListColumns } from "./list-columns.tsx"

// The date is fixed.
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) }))
afterEach(() => vi.useRealTimers())

const [payments = { id: "", name: "" }, analytics = { id: "", name: "" }] = projects

function makeEntry(id: string, more: Partial<InventoryPeering> = {}): InventoryPeering {
  const { peer, label, origin, createdBy, firstSeenAt, leftAvailableAt } = makePeering("AWS", {
    peer: { id },
    status: more.status ?? "PENDING_ACCEPTANCE",
  })
  return {
    id,
    peer,
    status: "PENDING_ACCEPTANCE",
    turn: "you",
    statusSince: "2026-11-24T10:00:00.000Z",
    statusSinceSeen: true,
    label,
    origin,
    createdBy,
    firstSeenAt,
    leftAvailableAt,
    ...more,
  }
}

function makeProject(project: { id: string; name: string }, peerings: InventoryPeering[]) {
  return {
    project,
    peerings,
    containers,
    containersProblem: null,
    watches: [],
    listed: null,
    running: null,
  }
}

const toRows = (peerings: InventoryPeering[]) => createRowMaker()([makeProject(payments, peerings)])
const idsOf = (rows: readonly InventoryRow[]) => rows.map(({ peering }) => peering.id)

describe("a thousand rows", () => {
  const makeAll = (changed: number | null): InventoryProject[] => [
    makeProject(
      payments,
      Array.from({ length: 1000 }, (_, index) =>
        makeEntry(`peer-${index}`, index === changed ? { status: "AVAILABLE", turn: "works" } : {}),
      ),
    ),
  ]

  test("one changed connection makes one new row, and renders one row again", () => {
    const makeRows = createRowMaker()
    const before = makeAll(null)
    const rendered: string[] = []
    /** A row that writes down each time its title is read, which only its rendering does. */
    const counters = new WeakMap<InventoryRow, InventoryRow>()
    const count = (row: InventoryRow) => {
      const known = counters.get(row)
      if (known !== undefined) return known
      const counting = Object.defineProperty({ ...row }, "title", {
        enumerable: true,
        get: () => {
          rendered.push(row.peering.id)
          return row.peering.id
        },
      })
      counters.set(row, counting)
      return counting
    }
    const actions = {} as RowActions
    const getDenial = () => null
    const columns = createListColumns({
      isOneProject: false,
      findTime: createTimeFinder([]),
      actions: { ...actions, getDenial },
    })
    const show = (projectList: InventoryProject[]) => (
      <DataTable
        label="Connections"
        columns={columns}
        rows={makeRows(projectList).slice(0, 100).map(count)}
        getKey={({ key }) => key}
      />
    )
    const { rerender } = render(show(before))
    expect(new Set(rendered).size).toBe(100)
    rendered.splice(0)
    // As the query cache takes in a new answer.
    rerender(show(replaceEqualDeep(before, makeAll(42))))
    expect(new Set(rendered)).toEqual(new Set(["peer-42"]))
    expect(screen.getAllByText("Available")).toHaveLength(1)
  })

  test("a row is another one when its container or its project is", () => {
    const makeRows = createRowMaker()
    const peerings = [makeEntry("a")]
    const [first] = makeRows([makeProject(payments, peerings)])
    expect(makeRows([makeProject(payments, peerings)])[0]).toBe(first)
    expect(makeRows([{ ...makeProject(payments, peerings), containers: [] }])[0]).not.toBe(first)
    expect(makeRows([makeProject({ ...payments, name: "renamed" }, peerings)])[0]?.project.name).toBe(
      "renamed",
    )
  })
})

describe("the filter", () => {
  test("goes to the address and back, without the usual values", () => {
    const filter = {
      ...usualFilter,
      view: "attention" as const,
      text: "10.20",
      cloud: "AWS" as const,
      state: "you" as const,
      projectId: "p",
      region: "US_EAST_1",
      sort: "since" as const,
      direction: "desc" as const,
      page: 2,
    }
    const written = writeFilter(listFields, filter)
    expect(written.toString()).toBe(
      "view=attention&q=10.20&project=p&cloud=AWS&status=action-required&region=US_EAST_1&sort=since&dir=desc&page=3",
    )
    expect(readFilter(listFields, written)).toEqual(filter)
    expect(writeFilter(listFields, usualFilter).toString()).toBe("")
  })

  test("reads values without a meaning as the usual ones", () => {
    const search = new URLSearchParams("view=odd&cloud=IBM&status=odd&sort=x&dir=up&page=-3")
    expect(readFilter(listFields, search)).toEqual(usualFilter)
  })

  test("narrows by what its owner declined and what is broken in the cloud", () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "No", for: null }
    const broken = { since: "2026-11-24T10:04:00.000Z", stop: "route", says: "No route." }
    const rows = toRows([
      makeEntry("broken", { turn: "works", broken }),
      makeEntry("declined", { declined }),
      makeEntry("waits"),
      makeEntry("works", { turn: "works" }),
    ])
    const inState = (state: Parameters<typeof filterRows>[1]["state"]) =>
      idsOf(filterRows(rows, { ...usualFilter, state }))
    expect((["declined", "broken", "you", "works"] as const).map(inState)).toEqual([
      ["declined"],
      ["broken"],
      ["declined", "waits"],
      ["works"],
    ])
  })

  test("narrows by status and region", () => {
    const rows = toRows([makeEntry("a"), makeEntry("b", { turn: "failed" })])
    expect(idsOf(filterRows(rows, { ...usualFilter, state: "failed" }))).toEqual(["b"])
    expect(filterRows(rows, { ...usualFilter, region: "US_EAST_1" })).toHaveLength(2)
    expect(filterRows(rows, { ...usualFilter, region: "EU_WEST_1" })).toEqual([])
  })

  test("has views of what needs attention, what expires within a week, and what the person requested", () => {
    const context = { now: Date.parse(now), person: "key of Olivia Novak" }
    // Its id was created at 10:00 on 18 November, so AWS may drop it on 25 November.
    const expiring = makeEntry("6919c7d00000000000000000", {
      statusSince: "2026-11-18T10:00:00.000Z",
    })
    const rows = toRows([
      expiring,
      makeEntry("works", { turn: "works", status: "AVAILABLE", createdByKey: "key of Olivia Novak" }),
      makeEntry("failed", {
        turn: "failed",
        status: "FAILED",
        createdBy: "Olivia Novak",
        createdByKey: "of another one",
      }),
    ])
    const inView = (view: Parameters<typeof isInView>[1]) =>
      idsOf(rows.filter((row) => isInView(row, view, context)))
    expect(inView("attention")).toEqual([expiring.id, "failed"])
    expect(inView("mine")).toEqual(["works"])
    expect(inView("all")).toHaveLength(3)
  })

  test.each([
    ["vpc-0a1b2c3d4e5f60718"],
    ["10.20.0.0/16"],
    ["192.168.248"],
    ["payments-prod"],
    ["1234 5678 9012"],
    ["PCX-0f3a"],
    ["the label"],
    ["us-east-1"],
    // Within, around and across its addresses, and those of its container.
    ["10.20.3.0/24"],
    ["10.0.0.0/8"],
    ["10.20.3.4"],
    ["192.168.250.9"],
  ])("finds a connection by %s", (text) => {
    const rows = toRows([makeEntry("a", { label: "The label" })])
    expect(filterRows(rows, { ...usualFilter, text })).toHaveLength(1)
    expect(filterRows(rows, { ...usualFilter, text: `${text} nowhere` })).toHaveLength(0)
  })

  test.each([["10.21.0.0/16"], ["10.2.0.0/16"], ["192.168.247.255"], ["10.20.0.0/33"], ["10.20.3"]])(
    "finds nothing by %s, which shares no address with either end",
    (text) => {
      expect(filterRows(toRows([makeEntry("a")]), { ...usualFilter, text })).toEqual([])
    },
  )

  test("puts what was so before anybody watched before all that was seen to begin", () => {
    const rows = toRows([
      makeEntry("hours", { statusSince: "2026-11-24T06:00:00.000Z" }),
      makeEntry("minutes", { statusSince: "2026-11-24T10:00:00.000Z" }),
      makeEntry("nobody knows", { statusSince: "2026-11-24T10:06:30.000Z", statusSinceSeen: false }),
    ])
    expect(idsOf(sortRows(rows, "since", "asc", Date.parse(now)))).toEqual([
      "nobody knows",
      "hours",
      "minutes",
    ])
  })

  test("orders by when a list's state began: the decline or the break, not Atlas's status", () => {
    const declined = { at: "2026-11-24T09:00:00.000Z", reason: "No", for: null }
    const broken = { since: "2026-11-24T10:04:00.000Z", stop: "route", says: "No route." }
    const before = { statusSince: "2026-11-20T10:00:00.000Z" }
    const rows = toRows([
      makeEntry("broken", { ...before, turn: "works", broken }),
      makeEntry("declined", { ...before, declined }),
      makeEntry("waits", { statusSince: "2026-11-24T08:00:00.000Z" }),
    ])
    expect(idsOf(sortRows(rows, "since", "asc", Date.parse(now)))).toEqual(["waits", "declined", "broken"])
    expect(rows.map(({ peering }) => getStateSince(peering).since)).toContain(declined.at)
  })

  test("puts first what needs a person: declined, the nearest deadline, broken, waiting, failed", () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "No", for: null }
    const broken = { since: "2026-11-24T10:04:00.000Z", stop: "route", says: "No route." }
    const rows = toRows([
      makeEntry("broken", { turn: "works", broken }),
      makeEntry("declined", { statusSince: "2026-11-24T10:00:00.000Z", declined }),
      makeEntry("today", { statusSince: "2026-11-17T12:00:00.000Z" }),
      makeEntry("works", { turn: "works" }),
      makeEntry("failed", { turn: "failed" }),
      makeEntry("later", { statusSince: "2026-11-23T10:00:00.000Z" }),
      makeEntry("soon", { statusSince: "2026-11-19T10:00:00.000Z" }),
      makeEntry("odd", { turn: "a new word" }),
    ])
    expect(idsOf(sortRows(rows, "status", "asc", Date.parse(now)))).toEqual([
      "declined",
      "today",
      "broken",
      "soon",
      "later",
      "failed",
      "odd",
      "works",
    ])
  })

  test("takes the expiry from the server, which saw more of the request than a list shows", () => {
    const bounds = { expiresEarliest: "2026-11-30T09:58:00.000Z", expiresLatest: "2026-11-30T10:00:00.000Z" }
    const rows = toRows([makeEntry("a", bounds)])
    expect(rows[0]?.expiry).toEqual({
      earliest: bounds.expiresEarliest,
      latest: bounds.expiresLatest,
      isExact: true,
    })
  })

  test("keeps projects apart that have a connection of the same id", () => {
    const rows = createRowMaker()([
      makeProject(payments, [makeEntry("a")]),
      makeProject(analytics, [makeEntry("a")]),
    ])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2)
    expect(filterRows(rows, { ...usualFilter, projectId: analytics.id })).toHaveLength(1)
  })
})

describe("the export", () => {
  const rows = toRows([makeEntry("a", { label: '=HYPERLINK("http://x","y")', createdBy: "@someone" })])

  test("a spreadsheet runs nothing of it", () => {
    const [head, line] = toInventoryCsv(rows).split("\r\n")
    expect(head).toMatch(/^\uFEFF"projectId","projectName"/)
    expect(line).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(line).toContain(`"'@someone"`)
  })

  test.each([
    ["=1", `"'=1"`],
    [" =1+1", `"' =1+1"`],
    ['"=1+1', `"'""=1+1"`],
    ["x;=HYPERLINK(1)", `"x;'=HYPERLINK(1)"`],
  ])("CSV defuses the formula in the label %j", (label, cell) => {
    expect(toInventoryCsv(toRows([makeEntry("a", { label })]))).toContain(`,${cell},`)
  })

  test("tells of a time whether its beginning was seen, and each cloud's fields by Atlas's names", () => {
    const gcp = makePeering("GCP", { peer: { gcpProjectId: "acme", networkName: "prod" } })
    const both = toRows([makeEntry("a", { statusSinceSeen: false }), makeEntry("g", { peer: gcp.peer })])
    expect(JSON.parse(toInventoryJson(both))).toMatchObject([
      {
        vpcId: "vpc-0a1b2c3d4e5f60718",
        awsAccountId: "123456789012",
        statusSinceSeen: false,
        networkName: null,
      },
      { gcpProjectId: "acme", networkName: "prod", statusSinceSeen: true, vpcId: null },
    ])
    expect(toInventoryCsv(both)).toContain('"statusSinceSeen"')
  })

  test("has the state as the list shows it, and what Atlas or a role says of its cause", () => {
    const broken = { stop: "route", says: "rtb-0a17 has no route to 192.168.248.0/21.", since: "" }
    const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })
    const rows = toRows([
      makeEntry("a", { peer: makePeering("AWS", { status: "AVAILABLE" }).peer, broken }),
      makeEntry("b", { turn: "failed", peer: failed.peer }),
      makeEntry("c"),
    ])
    expect(JSON.parse(toInventoryJson(rows))).toMatchObject([
      { state: "Route missing in AWS", cause: broken.says },
      { state: "Rejected", cause: "REJECTED" },
      { state: "Accept in AWS", cause: null },
    ])
  })

  test("has the owner's decline while the request waits", () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: null }
    const both = toRows([makeEntry("a", { declined }), makeEntry("b", { declined, turn: "works" })])
    expect(JSON.parse(toInventoryJson(both))).toMatchObject([
      { id: "a", declinedAt: declined.at, declineReason: "Wrong account" },
      { id: "b", declinedAt: null, declineReason: null },
    ])
    expect(toInventoryCsv(both)).toContain('"declinedAt","declineReason"')
  })

  test("JSON has the values as they are", () => {
    expect(JSON.parse(toInventoryJson(rows))).toMatchObject([
      { id: "a", label: '=HYPERLINK("http://x","y")', atlasCidrBlock: "192.168.248.0/21" },
    ])
  })
})

describe("time in a state", () => {
  const time = { providerName: "AWS" as const, status: "PENDING_ACCEPTANCE", count: 12, p50Ms: 1, p90Ms: 2 }

  test("is compared with this installation's own, where enough were seen and an end is waited for", () => {
    const [waiting, works] = toRows([makeEntry("a"), makeEntry("b", { turn: "works" })])
    if (waiting === undefined || works === undefined) throw new Error("No rows")
    expect(createTimeFinder([time])(waiting)).toBe(time)
    expect(createTimeFinder([{ ...time, count: 9 }])(waiting)).toBeNull()
    expect(createTimeFinder([{ ...time, providerName: "GCP" }])(waiting)).toBeNull()
    expect(createTimeFinder([time])(works)).toBeNull()
  })
})
