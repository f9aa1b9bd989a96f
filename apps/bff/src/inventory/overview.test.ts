import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  ConnectionPage,
  ListFacts,
  Overview,
  Peering,
  type ListRow,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { AccessRules } from "#sign-in/access-rules.ts"
import { startTestApp, testingAccessRules, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000
const { payments } = seededIds

async function read(cookie = desk.cookie): Promise<Overview> {
  return Overview.parse((await desk.call("GET", apiUrls.overview(), { headers: { cookie } })).json())
}

async function readRows(): Promise<ListRow[]> {
  return ConnectionPage.parse((await desk.call("GET", apiUrls.connections({ limit: "500" }))).json()).rows
}

const addUp = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

/** Atlas lists this many projects, and answers nothing about any. */
function addProjects(count: number): void {
  const results = Array.from({ length: count }, (_, index) => ({
    id: `6a${index.toString(16).padStart(22, "0")}`,
    name: `project-${index}`,
  }))
  desk.simulator.addFault({
    match: { method: "GET", path: "/peers" },
    fault: { delayMs: 600_000 },
  })
  desk.simulator.addFault({
    match: { method: "GET", path: "/groups?" },
    fault: { status: 200, body: { results, totalCount: count, links: [] } },
  })
}

test("GET /overview counts what lists have, with the first connections that need attention", async () => {
  const overview = await read()
  const listed = await readRows()
  const peerings = listed.map(({ peering }) => peering)
  const { projects } = desk.simulator.state()
  expect(overview.projectCount).toBe(projects.length)
  expect(overview.counts.all).toBe(peerings.length)
  expect(overview.counts.works).toBe(peerings.filter(({ turn }) => turn === "works").length)
  expect(Object.fromEntries(overview.projects.map(({ id, used }) => [id, used]))).toEqual(
    Object.fromEntries(
      projects.map(({ id }) => [id, listed.filter(({ project }) => project.id === id).length]),
    ),
  )
  const needy = peerings.filter(({ turn }) => turn === "you" || turn === "failed")
  expect(addUp(overview.worklist.map(({ count }) => count))).toBe(needy.length)
  const rows = overview.worklist.flatMap((group) => group.rows)
  expect(rows.length).toBe(Math.min(needy.length, 14))
  for (const row of rows) {
    expect(listed).toContainEqual(row)
    expect(row.container?.id).toBe(row.peering.peer.containerId ?? undefined)
  }
  expect(overview).toMatchObject({
    unread: { count: 0, projects: [] },
    reads: { projectCount: projects.length, failing: null },
    limits: { most: 50, mostPending: 25 },
  })
})

test("GET /overview shows a person their own projects only, and nothing without one", async () => {
  await read()
  const nadia = await read(await desk.signIn("nadia"))
  expect(nadia.projectCount).toBe(1)
  expect(nadia.projects.map(({ id }) => id)).toEqual([payments])
  expect(new Set(nadia.worklist.flatMap(({ rows }) => rows.map(({ project }) => project.id)))).toEqual(
    new Set([payments]),
  )
  const greta = await read(await desk.signIn("greta"))
  expect(greta).toMatchObject({
    projectCount: 0,
    counts: { all: 0 },
    projects: [],
    reads: { projectCount: 0 },
  })
})

test("GET /overview counts nothing as needing a person in projects that they may only read", async () => {
  await desk.close()
  const rule = { claim: "groups", equals: "payments-team" }
  const rules: AccessRules["rules"] = [
    ...testingAccessRules.rules.filter(({ equals }) => equals !== rule.equals),
    { ...rule, role: "requester", projects: [seededIds.analytics] },
    { ...rule, role: "viewer", projects: [payments] },
  ]
  desk = await startTestApp({ accessRules: { ...testingAccessRules, rules } })
  const olivia = await read()
  const nadia = await read(await desk.signIn("nadia"))
  expect(nadia.worklist).toEqual(olivia.worklist)
  expect(olivia.needYou).toBeGreaterThan(0)
  expect(nadia.needYou).toBe(0)
})

test("GET /overview follows a change of a connection", async () => {
  const before = await read()
  const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
  const created = await read()
  expect(created.counts.all).toBe(before.counts.all + 1)
  expect(created.counts.works).toBe(before.counts.works)
  desk.simulator.advance(60)
  desk.clock.advance(minuteMs)
  const waiting = (await read()).worklist.find(({ name }) => name === "waiting")!
  expect(waiting.rows.map(({ peering }) => peering.id)).toContain(id)
})

test("openings of several people within a minute cost no call to Atlas", async () => {
  const nadia = await desk.signIn("nadia")
  await read()
  // Beside the polls, once.
  await expect.poll(() => desk.asked("GET", "/events")).toBe(1)
  const before = desk.simulator.calls().total.requests
  await Promise.all([read(), read(nadia), readRows(), read()])
  expect(desk.simulator.calls().total.requests).toBe(before)
})

test("GET /overview names what can't be read and shows the rest", async () => {
  desk.simulator.addFault({
    match: { method: "GET", path: `/${payments}/peers?providerName=GCP` },
    fault: { status: 500 },
  })
  const { unread, reads } = await read()
  expect(unread).toMatchObject({
    count: 1,
    projects: [{ project: { id: payments }, containersProblem: null }],
  })
  expect(reads).toMatchObject({
    oldestAt: null,
    failing: { projectCount: 1, providerNames: ["GCP"], isEverything: false, oldestAt: null },
  })
})

test("GET /overview answers what is known after 300 ms while Atlas hangs", async () => {
  const known = await read()
  desk.clock.advance(61_000)
  desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { delayMs: 600_000 } })
  const answer = read()
  await desk.clock.untilWaiting(300)
  desk.clock.advance(300)
  expect((await answer).counts).toEqual(known.counts)
})

test("GET /overview of a hundred projects that were never read answers after 2 s", async () => {
  addProjects(100)
  const answer = read()
  await desk.clock.untilWaiting(2_000)
  desk.clock.advance(2_000)
  expect(await answer).toMatchObject({
    projectCount: 100,
    counts: { all: 0 },
    unread: { count: 100, projects: [{}, {}, {}, {}, {}] },
    reads: { projectCount: 0, oldestAt: null, failing: null },
  })
})

test("GET /connections answers 304 until something of it changes", async () => {
  // The path of each row is known after its first reading.
  await expect.poll(async () => (await readRows()).every(({ running }) => running)).toBe(true)
  await expect.poll(async () => (await readRows()).every(({ listed }) => listed)).toBe(true)
  const { etag } = (await desk.call("GET", apiUrls.connections())).headers
  const headers = { cookie: desk.cookie, "if-none-match": String(etag) }
  expect((await desk.call("GET", apiUrls.connections(), { headers })).status).toBe(304)
  await desk.create(projectId, requests.AWS)
  expect((await desk.call("GET", apiUrls.connections(), { headers })).status).toBe(200)
})

test("GET /list-facts names the CIDRs that the access list has, and the containers in which a cluster runs", async () => {
  const facts = ListFacts.parse((await desk.call("GET", apiUrls.listFacts(payments))).json())
  const rows = (await readRows()).filter(({ project }) => project.id === payments)
  const blocks = rows.flatMap(({ peering: { peer } }) =>
    peer.providerName === "AWS" ? [peer.routeTableCidrBlock] : [],
  )
  expect(facts.listed?.length).toBeGreaterThan(0)
  expect(blocks).toEqual(expect.arrayContaining(facts.listed!))
  expect(new Set(rows.flatMap(({ listed }) => listed))).toEqual(new Set(facts.listed))
  expect(facts.running?.length).toBeGreaterThan(0)
  expect(facts.running).toEqual(expect.arrayContaining(rows.flatMap(({ running }) => running)))
})
