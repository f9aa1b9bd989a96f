import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, ConnectionPage, ContainerList, Overview, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000
const { payments } = seededIds

async function readOverview(cookie = desk.cookie): Promise<Overview> {
  return Overview.parse((await desk.call("GET", apiUrls.overview(), { headers: { cookie } })).json())
}

async function read(project: string, cookie = desk.cookie): Promise<ConnectionPage["rows"]> {
  const url = apiUrls.connections({ project, limit: "500" })
  return ConnectionPage.parse((await desk.call("GET", url, { headers: { cookie } })).json()).rows
}

test("GET /connections says of each status whether its begin was seen", async () => {
  const { id } = Peering.parse((await desk.create(projectId, requests.AWS, "a-key-for-the-form-0")).json())
  expect(await read(projectId)).toMatchObject([{ peering: { id, statusSinceSeen: true } }])
  const waiting = (await read(payments)).find(
    ({ peering }) => peering.status === "PENDING_ACCEPTANCE",
  )!.peering
  expect(waiting.statusSinceSeen).toBe(false)
  desk.simulator.cloudSide(waiting.id, "reject")
  desk.clock.advance(minuteMs)
  const after = (await read(payments)).find(({ peering }) => peering.id === waiting.id)
  expect(after?.peering).toMatchObject({ turn: "failed", statusSinceSeen: true })
})

test("a failed list shows its problem and hides nothing else", async () => {
  const path = `/${seededIds.payments}/containers`
  desk.simulator.addFault({ match: { method: "GET", path }, fault: { status: 500 } })
  desk.simulator.addFault({
    match: { method: "GET", path: `/${seededIds.payments}/peers?providerName=GCP` },
    fault: { status: 500 },
  })
  const rows = await read(payments)
  expect(new Set(rows.map(({ peering }) => peering.peer.providerName))).toEqual(new Set(["AWS", "AZURE"]))
  expect(rows.map(({ container }) => container)).toEqual(rows.map(() => null))
  const { unread } = await readOverview()
  expect(unread).toMatchObject({ count: 1, projects: [{ containersProblem: "atlas_failed" }] })
  expect((await read(seededIds.analytics))[0]?.container).not.toBeNull()
})

test("statistics that can't be read hide nothing else", async () => {
  await readOverview()
  await desk.services.store.db.schema.alterTable("event").renameColumn("after_at", "after").execute()
  desk.clock.advance(61_000)
  const overview = await readOverview()
  expect(overview.timesInState).toEqual([])
  expect(overview.counts.all).toBeGreaterThan(0)
})

test("GET /connections answers after 8 s with what is known while Atlas hangs", async () => {
  desk.simulator.addFault({ match: { path: "/peers" }, fault: { delayMs: 600_000 } })
  const answer = read(payments)
  await desk.clock.untilWaiting(8_000)
  await expect
    .poll(() => desk.clock.waiting().filter((delayMs) => delayMs === 15_000).length)
    .toBeGreaterThan(3)
  desk.clock.advance(8_000)
  expect(await answer).toEqual([])
})

test("GET /connections and GET /containers answer what is known after 300 ms while Atlas hangs", async () => {
  const known = await read(payments)
  desk.clock.advance(61_000)
  desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { delayMs: 600_000 } })
  desk.simulator.addFault({ match: { method: "GET", path: "/containers" }, fault: { delayMs: 600_000 } })
  const answers = [read(payments), desk.call("GET", apiUrls.containers(payments))] as const
  await expect.poll(() => desk.clock.waiting().filter((delayMs) => delayMs === 300).length).toBe(2)
  desk.clock.advance(300)
  const shown = await answers[0]
  expect(shown.map(({ peering }) => peering)).toEqual(known.map(({ peering }) => peering))
  const { containers } = ContainerList.parse((await answers[1]).json())
  expect(containers).toEqual(expect.arrayContaining(known.map(({ container }) => container)))
})

test("GET /overview computes times in state of the projects a person sees", async () => {
  const pass = async (seconds: number) => {
    desk.simulator.advance(seconds)
    desk.clock.advance(seconds * 1_000)
    await desk.call("GET", apiUrls.peerings(projectId))
  }
  for (const [index, seconds] of [21, 24, 30, 45].entries()) {
    const request = {
      ...requests.AWS,
      vpcId: `vpc-0a1b2c3d4e5f6071${index}`,
      routeTableCidrBlock: `10.${60 + index}.0.0/16`,
    }
    const { id } = Peering.parse(
      (await desk.create(projectId, request, `a-key-for-the-form-${index}`)).json(),
    )
    await pass(seconds)
    desk.simulator.cloudSide(id, "accept")
    await pass(5)
    await pass(30)
  }
  const times = (await readOverview()).timesInState
  expect(times.find(({ status }) => status === "INITIATING")).toEqual({
    providerName: "AWS",
    status: "INITIATING",
    count: 4,
    p50Ms: 24_000,
    p90Ms: 45_000,
  })
  expect(times.find(({ status }) => status === "FINALIZING")).toMatchObject({
    count: 4,
    p50Ms: 30_000,
    p90Ms: 30_000,
  })
  for (const persona of ["nadia", "sam", "greta"])
    expect((await readOverview(await desk.signIn(persona))).timesInState).toEqual([])
})

test("a thousand peerings are counted in one answer and cost one call", async () => {
  const peers = Array.from({ length: 1_000 }, (_, index) => ({
    ...requests.AWS,
    id: index.toString(16).padStart(24, "0"),
    statusName: index % 10 === 0 ? "PENDING_ACCEPTANCE" : "AVAILABLE",
  }))
  const match = { method: "GET", path: `/${projectId}/peers?providerName=AWS` }
  desk.simulator.addFault({
    match,
    fault: { status: 200, body: { results: peers, totalCount: 1_000, links: [] } },
  })
  const { projects } = await readOverview()
  expect(projects.find(({ id }) => id === projectId)).toMatchObject({ used: 1_000, pending: 100 })
  expect(desk.simulator.calls().rows.filter(({ path }) => path.endsWith(`/${projectId}/peers`)).length).toBe(
    1,
  )
})
