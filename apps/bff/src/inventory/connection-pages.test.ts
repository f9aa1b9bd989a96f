import { seededIds } from "@peering-desk/atlas-simulator"
import { demoPersonas } from "@peering-desk/demo-identity-provider"
import {
  createRowMaker,
  filterRows,
  isInView,
  listFields,
  sortRows,
  toInventoryPeering,
  usualFilter,
  type InventoryRow,
  type ListFilter,
} from "@peering-desk/peering-rules"
import {
  apiUrls,
  BlastRadius,
  ConnectionPage,
  ContainerList,
  PeeringList,
  ProjectList,
  SavedView,
  SessionInfo,
  writeFilter,
  type ListRow,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const { payments, analytics } = seededIds
type Query = Record<string, string>

async function read(query: Query = {}, cookie = desk.cookie): Promise<ConnectionPage> {
  const answer = await desk.call("GET", apiUrls.connections(query), { headers: { cookie } })
  return ConnectionPage.parse(answer.json())
}

const idsOf = ({ rows }: { rows: readonly Pick<ListRow, "project" | "peering">[] }) =>
  rows.map(({ project, peering }) => `${project.id} ${peering.id}`)

/** Reads page after page; between the first two something may happen. */
async function readPages(query: Query, afterFirst: () => Promise<void> | void = () => undefined) {
  const pages = [await read(query)]
  await afterFirst()
  for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next)
    pages.push(await read({ ...query, after: next }))
  return { pages, ids: pages.flatMap(idsOf) }
}

/** Makes the rows of all projects from what is read of each. */
async function readWhole(): Promise<InventoryRow[]> {
  const { projects } = ProjectList.parse((await desk.call("GET", apiUrls.projects())).json())
  const sources = projects.map(async (project) => {
    const list = PeeringList.parse((await desk.call("GET", apiUrls.peerings(project.id))).json())
    const { containers } = ContainerList.parse(
      (await desk.call("GET", apiUrls.containers(project.id))).json(),
    )
    const peerings = list.peerings.map(toInventoryPeering)
    return { project, peerings, containers, watches: list.watches, listed: null, running: null }
  })
  return createRowMaker()(await Promise.all(sources))
}

/** Atlas lists so many connections in AWS. */
function addPeers(project: string, count: number): void {
  const statuses = ["AVAILABLE", "AVAILABLE", "PENDING_ACCEPTANCE", "FAILED", "INITIATING", "TERMINATING"]
  const results = Array.from({ length: count }, (_, index) => ({
    ...requests.AWS,
    id: `69241080000000000000${index.toString(16).padStart(4, "0")}`,
    vpcId: `vpc-0a1b2c3d${index % 90}`,
    routeTableCidrBlock: `10.${index % 200}.0.0/16`,
    statusName: statuses[index % statuses.length],
  }))
  desk.simulator.addFault({
    match: { method: "GET", path: `/${project}/peers?providerName=AWS` },
    fault: { status: 200, body: { results, totalCount: count, links: [] } },
  })
}

describe("GET /connections over 500 connections", () => {
  test.each<[string, Partial<ListFilter>]>([
    ["everything", {}],
    ["by name, the other way round", { sort: "name", direction: "desc" }],
    ["by CIDR, of one cloud", { sort: "cidr", cloud: "AWS" }],
    ["a search for an address", { text: "10.7.3.0/24", sort: "since" }],
    ["a search for two words", { text: "vpc-0a1b2c3d1 482913570264", sort: "network" }],
    ["what needs attention", { view: "attention" }],
    ["a state of a project", { state: "failed", projectId, sort: "container" }],
  ])("answers what the engine gives on the whole: %s", async (_, narrow) => {
    addPeers(projectId, 300)
    addPeers(analytics, 200)
    const filter = { ...usualFilter, ...narrow }
    const context = { now: desk.clock.now(), person: "Olivia Marsh" }
    const rows = await readWhole()
    expect(rows.length).toBeGreaterThan(500)
    const fitting = filterRows(sortRows(rows, filter.sort, filter.direction, context.now), filter)
    const inView = fitting.filter((row) => isInView(row, filter.view, context))
    const { pages, ids } = await readPages(Object.fromEntries(writeFilter(listFields, filter)))
    expect(ids).toEqual(idsOf({ rows: inView }))
    for (const page of pages) {
      expect(page.counts).toMatchObject({ all: fitting.length, [filter.view]: inView.length })
      expect(page.rows.length).toBeLessThanOrEqual(50)
    }
    const { container, peering } = pages[0]!.rows[0]!
    expect({ container, peering }).toEqual({ container: inView[0]!.container, peering: inView[0]!.peering })
  })

  test("neither loses nor doubles a connection that changes its state or goes between two pages", async () => {
    const count = 120
    addPeers(projectId, count)
    const { id } = (await read({ project: payments, status: "action-required", cloud: "AWS" })).rows[0]!
      .peering
    const whole = (await readPages({ sort: "name" })).ids
    const { ids } = await readPages({ sort: "name" }, async () => {
      desk.simulator.cloudSide(id, "reject")
      desk.clock.advance(61_000)
      await read()
    })
    expect(ids).toEqual(whole)
    const [first = ""] = whole.filter((one) => one.startsWith(projectId))
    const others = await readPages({ sort: "name" }, async () => {
      const label = apiUrls.peeringLabel(projectId, first.split(" ")[1] ?? "")
      await desk.call("PUT", label, { body: { label: "zzz, the last one" } })
    })
    const besides = (all: readonly string[]) => all.filter((one) => one !== first)
    expect(besides(others.ids)).toEqual(besides(whole))
    expect(others.ids.at(-1)).toBe(first)
  })
})

describe("GET /connections", () => {
  test("shows a person nothing of projects that they may not see", async () => {
    const nadia = await desk.signIn("nadia")
    const all = await read()
    const elsewhere = all.rows.find(({ project }) => project.id !== payments)!
    const cookie = { headers: { cookie: nadia } }
    const queries: Query[] = [{}, { limit: "500" }, { sort: "name", dir: "desc" }, { status: "deleted" }]
    for (const query of queries) {
      const { text } = await desk.call("GET", apiUrls.connections(query), cookie)
      expect(text).not.toContain(elsewhere.project.id)
      expect(text).not.toContain(elsewhere.project.name)
    }
    const own = all.rows.filter(({ project }) => project.id === payments)
    expect(own.length).toBeGreaterThan(0)
    expect((await read({}, nadia)).counts.all).toBe((await read({ project: payments })).counts.all)
    const foreign: Query[] = [{ project: elsewhere.project.id }, { q: elsewhere.project.id }]
    for (const query of foreign)
      expect(await read(query, nadia)).toMatchObject({ rows: [], counts: { all: 0, attention: 0 } })
    // A place in the list of somebody else shows nothing either.
    const { next } = await read({ limit: "1" })
    expect(new Set((await read({ after: next! }, nadia)).rows.map(({ project }) => project.id))).toEqual(
      new Set([payments]),
    )
  })

  test("takes a word without a meaning as left out, as the page does", async () => {
    const usual = await read()
    const odd = { view: "odd", cloud: "IBM", status: "odd", sort: "x", dir: "up", page: "-3", other: "1" }
    expect(await read(odd)).toEqual(usual)
  })

  test.each<[string, string, string]>([
    ["a search of 201 characters", `q=${"x".repeat(201)}`, "q"],
    ["two searches", "q=a&q=b", "q"],
    ["no rows", "limit=0", "limit"],
    ["too many rows", "limit=501", "limit"],
    ["a place that nobody wrote", "after=abc", "after"],
    ["a place of no shape", `after=${Buffer.from('["status","asc",null]').toString("base64url")}`, "after"],
  ])("refuses %s", async (_, query, field) => {
    const answer = await desk.call("GET", `${apiUrls.connections()}?${query}`)
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
  })

  test("refuses a place in another order", async () => {
    const { next } = await read({ limit: "1" })
    const answer = await desk.call("GET", apiUrls.connections({ after: next!, sort: "name" }))
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect((await read({ after: next!, limit: "1" })).rows).toHaveLength(1)
  })

  test("finds 200 characters that nothing has", async () => {
    expect((await read({ q: "a ".repeat(100) })).counts.all).toBe((await read({ q: "a" })).counts.all)
    expect((await read({ q: "x".repeat(200) })).rows).toEqual([])
  })

  test("counts what fits the person's saved views, but not on later pages", async () => {
    const body = { name: "AWS", query: "cloud=AWS&view=attention&q=vpc" }
    const { id } = SavedView.parse((await desk.call("POST", apiUrls.savedViews(), { body })).json())
    const deleted = { name: "Gone", query: "status=deleted" }
    await desk.call("POST", apiUrls.savedViews(), { body: deleted })
    const { counts } = await read({ cloud: "AWS", q: "vpc" })
    expect(counts.attention).toBeGreaterThan(0)
    const page = await read({ cloud: "GCP", limit: "1" })
    expect(page.savedCounts).toEqual({ [id]: counts.attention })
    expect((await read({ cloud: "GCP", limit: "1", after: page.next! })).savedCounts).toEqual({})
    expect((await read({}, await desk.signIn("nadia"))).savedCounts).toEqual({})
  })

  test("counts what the person requested, and shows a change at once", async () => {
    expect((await read()).counts.mine).toBe(0)
    await desk.create(projectId, requests.AWS)
    const { rows, counts } = await read({ view: "mine" })
    expect(counts.mine).toBe(1)
    expect(rows[0]).toMatchObject({ project: { id: projectId }, peering: { createdBy: "Olivia Marsh" } })
    await desk.call("PUT", apiUrls.peeringLabel(projectId, rows[0]!.peering.id), {
      body: { label: "Ledger" },
    })
    expect((await read({ q: "ledger", view: "mine" })).rows).toHaveLength(1)
  })

  test("counts nothing that another person of the same name requested", async () => {
    await desk.create(projectId, requests.AWS)
    const [olivia] = demoPersonas
    await desk.setPersonas([{ ...olivia!, id: "another-olivia", email: "other@example.com" }])
    const other = await desk.signIn("another-olivia")
    const session = await desk.call("GET", apiUrls.session(), { headers: { cookie: other } })
    expect(SessionInfo.parse(session.json()).user.name).toBe("Olivia Marsh")
    expect((await read({}, other)).counts.mine).toBe(0)
    expect((await read()).counts.mine).toBe(1)
  })

  test("lists deleted connections by their status alone, with who deleted them", async () => {
    const waiting = (await read({ project: payments, status: "action-required", cloud: "AWS" })).rows[0]!
    expect((await read({ status: "deleted" })).rows).toEqual([])
    const { id } = waiting.peering
    const radius = await desk.call("GET", apiUrls.blastRadius(payments, id))
    const body = { name: BlastRadius.parse(radius.json()).confirmBy, reason: "Cleanup" }
    await desk.call("DELETE", apiUrls.peering(payments, id), { body })
    desk.simulator.advance(600)
    desk.clock.advance(61_000)
    await read()
    await expect
      .poll(async () => (await read({ status: "deleted", q: id })).rows)
      .toMatchObject([
        { peering: { id, turn: "closing" }, deletion: { by: "Olivia Marsh", reason: "Cleanup" } },
      ])
    expect((await read({ q: id })).rows).toEqual([])
    const { text } = await desk.call("GET", apiUrls.connections({ status: "deleted" }))
    expect(text).not.toContain('"raw"')
    expect((await read({ status: "deleted" }, await desk.signIn("greta"))).rows.length).toBeLessThanOrEqual(1)
  })
})
