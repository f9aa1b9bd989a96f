import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  ContainerList,
  Inventory,
  Peering,
  PeeringList,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000

async function read(cookie?: string): Promise<Inventory> {
  const headers = cookie === undefined ? {} : { cookie }
  return Inventory.parse((await desk.call("GET", apiUrls.inventory(), { headers })).json())
}

const find = ({ projects }: Inventory, id: string) => projects.find(({ project }) => project.id === id)!
const toIds = (things: readonly { id: string }[]) => things.map(({ id }) => id).toSorted()

test("GET /inventory lists every project with its peerings, containers and quota", async () => {
  const inventory = await read()
  const { projects: real } = desk.simulator.state()
  expect(inventory.projects.map(({ project }) => project.name)).toEqual(
    real.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
  )
  for (const { id, containers, peers } of real) {
    const one: InventoryProject = find(inventory, id)
    expect(toIds(one.peerings)).toEqual(toIds(peers))
    expect(toIds(one.containers)).toEqual(toIds(containers))
    expect(one).toMatchObject({
      containersProblem: null,
      tombstoneCount: 0,
      quota: { used: peers.length, most: 50 },
    })
    expect(one.watches.map(({ problem }) => problem)).toEqual([null, null, null])
    const unfinished = ["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING", "ADDING_PEER", "WAITING_FOR_USER"]
    expect(one.quota.pending).toBe(peers.filter(({ status }) => unfinished.includes(status)).length)
  }
  const { peerings } = PeeringList.parse(
    (await desk.call("GET", apiUrls.peerings(seededIds.payments))).json(),
  )
  for (const { id, peer, history, origin, firstSeenAt } of peerings) {
    const listed = find(inventory, seededIds.payments).peerings.find((one) => one.id === id)
    expect(listed).toMatchObject({ peer, origin, firstSeenAt, statusSince: history.at(-1)?.at })
    expect(listed).not.toHaveProperty("raw")
  }
})

test("GET /inventory says of each status whether its begin was seen", async () => {
  const { id } = Peering.parse((await desk.create(projectId, requests.AWS, "a-key-for-the-form-0")).json())
  const before = await read()
  expect(find(before, projectId).peerings).toMatchObject([{ id, statusSinceSeen: true }])
  const { payments } = seededIds
  const waiting = find(before, payments).peerings.find(({ status }) => status === "PENDING_ACCEPTANCE")!
  expect(waiting.statusSinceSeen).toBe(false)
  desk.simulator.cloudSide(waiting.id, "reject")
  desk.clock.advance(minuteMs)
  const after = find(await read(), payments).peerings.find((one) => one.id === waiting.id)
  expect(after).toMatchObject({ turn: "failed", statusSinceSeen: true })
})

test("GET /inventory shows a person their own projects, and costs no further call within a minute", async () => {
  const cookie = await desk.signIn("nadia")
  expect((await read(cookie)).projects.map(({ project }) => project.id)).toEqual([seededIds.payments])
  await read()
  // Beside the polls, once.
  await expect.poll(() => desk.asked("GET", "/events")).toBe(1)
  const before = desk.simulator.calls().total.requests
  await Promise.all([read(), read(cookie), read()])
  expect(desk.simulator.calls().total.requests).toBe(before)
})

test("GET /inventory names the CIDRs that the access list has, and the containers in which a cluster runs", async () => {
  const { payments } = seededIds
  await expect.poll(async () => find(await read(), payments).running).not.toBeNull()
  await expect.poll(async () => find(await read(), payments).listed).not.toBeNull()
  const { listed, running, peerings, containers } = find(await read(), payments)
  const real = desk.simulator.state().projects.find(({ id }) => id === payments)!
  const blocks = peerings.flatMap(({ peer }) =>
    peer.providerName === "AWS" ? [peer.routeTableCidrBlock] : [],
  )
  expect(listed!.length).toBeGreaterThan(0)
  expect(blocks).toEqual(expect.arrayContaining(listed!))
  expect(running!.length).toBeGreaterThan(0)
  expect(toIds(containers)).toEqual(expect.arrayContaining(running!))
  expect(real.containers.map(({ id }) => id)).toEqual(expect.arrayContaining(running!))
  const calls = desk.simulator.calls().total.requests
  await read()
  expect(desk.simulator.calls().total.requests).toBe(calls)
})

test("a failed list shows its problem and hides nothing else", async () => {
  const path = `/${seededIds.payments}/containers`
  desk.simulator.addFault({ match: { method: "GET", path }, fault: { status: 500 } })
  desk.simulator.addFault({
    match: { method: "GET", path: `/${seededIds.payments}/peers?providerName=GCP` },
    fault: { status: 500 },
  })
  const inventory = await read()
  const broken = find(inventory, seededIds.payments)
  expect(broken).toMatchObject({ containers: [], containersProblem: "atlas_failed" })
  expect(broken.watches.find(({ providerName }) => providerName === "GCP")?.problem).toBe("atlas_failed")
  expect(new Set(broken.peerings.map(({ peer }) => peer.providerName))).toEqual(new Set(["AWS", "AZURE"]))
  expect(find(inventory, seededIds.analytics)).toMatchObject({ containersProblem: null })
})

test("statistics that can't be read hide nothing else", async () => {
  await read()
  await desk.services.store.db.schema.alterTable("event").renameColumn("after_at", "after").execute()
  desk.clock.advance(61_000)
  const inventory = await read()
  expect(inventory.timesInState).toEqual([])
  expect(find(inventory, seededIds.payments).peerings.length).toBeGreaterThan(0)
})

test("GET /inventory answers after 8 s with what is known while Atlas hangs", async () => {
  desk.simulator.addFault({ match: { path: "/peers" }, fault: { delayMs: 600_000 } })
  const answer = read()
  await desk.clock.untilWaiting(8_000)
  await expect
    .poll(() => desk.clock.waiting().filter((delayMs) => delayMs === 15_000).length)
    .toBeGreaterThan(3)
  desk.clock.advance(8_000)
  const { projects } = await answer
  expect(projects.length).toBeGreaterThan(5)
  expect(projects.flatMap(({ watches }) => watches)).toEqual([])
})

test("GET /inventory and GET /containers answer what is known after 300 ms while Atlas hangs", async () => {
  const { payments } = seededIds
  const known = find(await read(), payments)
  desk.clock.advance(61_000)
  desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { delayMs: 600_000 } })
  desk.simulator.addFault({ match: { method: "GET", path: "/containers" }, fault: { delayMs: 600_000 } })
  const answers = [read(), desk.call("GET", apiUrls.containers(payments))] as const
  await expect.poll(() => desk.clock.waiting().filter((delayMs) => delayMs === 300).length).toBe(2)
  desk.clock.advance(300)
  expect(find(await answers[0], payments)).toEqual(known)
  const { containers } = ContainerList.parse((await answers[1]).json())
  expect(containers).toEqual(known.containers)
})

test("GET /inventory computes times in state of the projects a person sees, and counts deleted peerings", async () => {
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
  const times = (await read()).timesInState
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
    expect((await read(await desk.signIn(persona))).timesInState).toEqual([])
  desk.simulator.reset()
  desk.clock.advance(minuteMs)
  expect(find(await read(), projectId).tombstoneCount).toBe(4)
})

test("a thousand peerings come in one answer and cost one call", async () => {
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
  const inventory = await read()
  expect(find(inventory, projectId).quota).toEqual({ used: 1_000, most: 50, pending: 100, mostPending: 25 })
  expect(desk.simulator.calls().rows.filter(({ path }) => path.endsWith(`/${projectId}/peers`)).length).toBe(
    1,
  )
})
