import { AtlasPeer, type InventoryPeering, type Watch } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { buildOverview, toOverviewSource, type OverviewSource } from "./build-overview.ts"
import { summarisePeerings } from "./summarise-peerings.ts"

const now = Date.parse("2026-11-24T10:07:00.000Z")
const at = "2026-11-24T10:00:00.000Z"
const projectId = "5f00000000000000000000a1"
const hourMs = 60 * 60_000
const toInstant = (ms: number) => new Date(ms).toISOString()

function makePeering(id: string, more: Partial<InventoryPeering> = {}): InventoryPeering {
  return {
    id,
    peer: AtlasPeer.parse({
      providerName: "AWS",
      id,
      containerId: "c1",
      routeTableCidrBlock: "10.1.0.0/16",
      vpcId: `vpc-${id}`,
    }),
    status: "AVAILABLE",
    turn: "works",
    statusSince: at,
    statusSinceSeen: true,
    label: null,
    origin: "adopted",
    createdBy: null,
    firstSeenAt: at,
    leftAvailableAt: null,
    ...more,
  }
}

const waiting = (id: string, hoursLeft: number) =>
  makePeering(id, {
    status: "PENDING_ACCEPTANCE",
    turn: "you",
    expiresEarliest: toInstant(now + hoursLeft * hourMs),
    expiresLatest: toInstant(now + hoursLeft * hourMs),
  })
const failed = (id: string) => makePeering(id, { status: "FAILED", turn: "failed" })

function makeSource(
  id: string,
  peerings: readonly InventoryPeering[],
  more: Partial<Parameters<typeof toOverviewSource>[1]> = {},
): OverviewSource {
  const watches = (["AWS", "GCP", "AZURE"] as const).map((providerName): Watch => ({
    projectId: id,
    providerName,
    checkedAt: at,
    problem: null,
    retryAt: null,
  }))
  const lists = { containers: [], containersProblem: null, watches, listed: null, running: null, ...more }
  return toOverviewSource(id, lists, summarisePeerings(peerings))
}

const build = (
  sources: readonly OverviewSource[],
  own: readonly string[] = [],
  mayChange: (id: string) => boolean = () => true,
) =>
  buildOverview(sources, {
    now,
    isOwn: (id) => own.includes(id),
    mayChange,
    toName: (id) => id,
    toProject: (id) => ({ id, name: id }),
  })
const listIds = (sources: readonly OverviewSource[], own?: readonly string[]) =>
  Object.fromEntries(
    build(sources, own).worklist.map(({ name, rows }) => [name, rows.map(({ peering }) => peering.id)]),
  )

describe("the overview", () => {
  test("counts connections by state, and a declined or broken one not as available", () => {
    const declined = { at, reason: "Wrong account", for: null }
    const broken = { since: at, stop: "route", says: "rtb-0a17 has no route" }
    const peerings = [
      makePeering("a"),
      makePeering("b", { broken }),
      makePeering("c", { status: "INITIATING", turn: "atlas", declined }),
      waiting("d", 100),
      failed("e"),
      makePeering("f", { status: "TERMINATING", turn: "closing" }),
    ]
    const { counts, projects, worklist } = build([makeSource(projectId, peerings)])
    expect(counts).toEqual({ all: 6, you: 2, broken: 1, failed: 1, works: 1 })
    expect(projects).toMatchObject([{ used: 6, attention: 4, isRead: true }])
    expect(worklist.map(({ name, count }) => [name, count])).toEqual([
      ["declined", 1],
      ["expiring", 0],
      ["broken", 1],
      ["waiting", 1],
      ["failed", 1],
    ])
  })

  test("puts the requests that expire within a day before the other waiting ones, the next to expire first", () => {
    const sources = [
      makeSource("p1", [waiting("30 h", 30), waiting("20 h", 20)]),
      makeSource("p2", [waiting("25 h", 25), waiting("10 h", 10), waiting("23 h", 23)]),
    ]
    expect(listIds(sources)).toMatchObject({ expiring: ["10 h", "20 h", "23 h"], waiting: ["25 h", "30 h"] })
  })

  test("puts the person's own projects first within a group", () => {
    const sources = [makeSource("p1", [waiting("sooner", 1)]), makeSource("p2", [waiting("later", 2)])]
    expect(listIds(sources).expiring).toEqual(["sooner", "later"])
    expect(listIds(sources, ["p2"]).expiring).toEqual(["later", "sooner"])
  })

  test("counts for the person what they can act on now: nothing that waits, nothing in projects they may only read", () => {
    const sources = [
      makeSource("p1", [waiting("expires", 10), waiting("waits", 100), failed("a")]),
      makeSource("p2", [waiting("expires", 10), failed("a"), failed("b")]),
    ]
    expect(build(sources).needYou).toBe(5)
    expect(build(sources, [], (id) => id === "p1").needYou).toBe(2)
  })

  test("has fourteen rows at most and some of every group, with the number of each", () => {
    const many = (count: number, make: (id: string) => InventoryPeering) =>
      Array.from({ length: count }, (_, index) => make(`${index}`))
    const { worklist } = build([
      makeSource(
        "p1",
        many(40, (id) => waiting(id, 100 - Number(id))),
      ),
      makeSource("p2", many(30, failed)),
    ])
    expect(worklist.map(({ rows, count }) => [rows.length, count])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [11, 40],
      [3, 30],
    ])
  })

  test("has a hundred projects at most, the ones with most attention and then the fullest first", () => {
    const sources = Array.from({ length: 150 }, (_, index) => makeSource(`p${index}`, []))
    sources[149] = makeSource("full", [makePeering("a"), makePeering("b")])
    sources[148] = makeSource("needy", [failed("a")])
    const { projectCount, projects } = build(sources)
    expect([projectCount, projects.length]).toEqual([150, 100])
    expect(projects.slice(0, 3).map(({ id }) => id)).toEqual(["needy", "full", "p0"])
  })

  test("has of a project's lists what a row is about, and since when its state is old", () => {
    const container = {
      id: "c1",
      providerName: "AWS" as const,
      atlasCidrBlock: "192.168.8.0/21",
      regionName: "US_EAST_1",
      vpcId: null,
      provisioned: true,
    }
    const peerings = [failed("a")]
    const [watch, ...others] = makeSource(projectId, peerings).watches
    const { worklist } = build([
      makeSource(projectId, peerings, {
        containers: [{ ...container, id: "c0", provisioned: false }, container],
        listed: ["10.0.0.0/16", "10.1.0.0/16"],
        running: ["AWS c0", "AZURE c1", "AWS c1"],
        watches: [{ ...watch!, problem: "atlas_timeout" }, ...others],
      }),
    ])
    expect(worklist.at(-1)?.rows).toMatchObject([
      { project: { id: projectId }, container, listed: ["10.1.0.0/16"], running: ["AWS c1"], staleSince: at },
    ])
  })

  test("counts unused containers where the connections of their cloud were read", () => {
    const container = {
      providerName: "AWS" as const,
      atlasCidrBlock: "192.168.8.0/21",
      regionName: "US_EAST_1",
      vpcId: null,
      provisioned: false,
    }
    const containers = ["c1", "c2", "c3"].map((id) => ({ ...container, id }))
    const peerings = [makePeering("a")]
    const source = makeSource(projectId, peerings, { containers })
    expect(build([source]).projects).toMatchObject([{ unusedContainers: 2 }])
    const watches = source.watches.map((watch) => ({ ...watch, problem: "atlas_timeout" as const }))
    expect(build([makeSource(projectId, peerings, { containers, watches })]).projects).toMatchObject([
      { unusedContainers: 0 },
    ])
  })

  test("names the first five projects that could not be read whole, and how the lists were read", () => {
    const sources = Array.from({ length: 8 }, (_, index) => makeSource(`p${index}`, []))
    const unread = sources.map((source) => makeSource(source.projectId, [], { watches: [] }))
    expect(build(unread).unread).toMatchObject({ count: 8, projects: [{}, {}, {}, {}, {}] })
    expect(build(unread).reads).toEqual({ projectCount: 0, oldestAt: null, failing: null })
    expect(build(sources)).toMatchObject({
      unread: { count: 0, projects: [] },
      reads: { projectCount: 8, oldestAt: at, failing: null },
    })
    const [first] = sources
    const watches = first!.watches.map((watch, index) =>
      index === 1 ? { ...watch, checkedAt: null, problem: "atlas_timeout" as const } : watch,
    )
    expect(build([makeSource("p0", [], { watches }), ...sources.slice(1)])).toMatchObject({
      unread: { count: 1, projects: [{ project: { id: "p0" } }] },
      reads: {
        projectCount: 8,
        oldestAt: null,
        failing: { projectCount: 1, providerNames: ["GCP"], isEverything: false, oldestAt: null },
      },
    })
  })
})
