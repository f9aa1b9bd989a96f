import { seededIds } from "@peering-desk/atlas-simulator"
import {
  Activity,
  apiUrls,
  AuditPage,
  ContainerList,
  Peering,
  PeeringList,
  Timeline,
  DeletedPeeringList,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
let startedAt: number
const later: TestApp[] = []
beforeEach(async () => {
  desk = await startTestApp()
  startedAt = desk.clock.now()
})
afterEach(async () => {
  for (const one of later.splice(0)) await one.close()
  await desk.close()
})

const minuteMs = 60_000
const afterStart = (ms: number) => new Date(startedAt + ms).toISOString()

async function create(): Promise<Peering> {
  return Peering.parse((await desk.create(projectId, requests.AWS)).json())
}

async function list(at: TestApp = desk, id: string = projectId): Promise<Peering[]> {
  return PeeringList.parse((await at.call("GET", apiUrls.peerings(id))).json()).peerings
}

async function readTimeline(id: string, at: TestApp = desk): Promise<Timeline> {
  return Timeline.parse((await at.call("GET", apiUrls.timeline(projectId, id))).json())
}

/** Advances both clocks and polls. */
async function pass(ms: number, at: TestApp = desk): Promise<Peering[]> {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
  return await list(at)
}

async function restart(): Promise<TestApp> {
  desk.services.pollers.stop()
  const next = await startTestApp({ beside: desk })
  later.push(next)
  return next
}

test("a new status expires the cached containers, in which Atlas then names its network", async () => {
  const { id } = Peering.parse((await desk.create(projectId, requests.GCP)).json())
  const readNetwork = async () => {
    const { containers } = ContainerList.parse((await desk.call("GET", apiUrls.containers(projectId))).json())
    const container = containers.find(({ providerName }) => providerName === "GCP")
    return container?.providerName === "GCP" ? container.networkName : undefined
  }
  expect(await readNetwork()).toBe(null)
  desk.simulator.advance(60)
  expect(await pass(5_000)).toMatchObject([{ id, peer: { status: "WAITING_FOR_USER" } }])
  expect(await readNetwork()).toMatch(/^nt-/)
})

describe("the origin of a peering", () => {
  test("is created-here with its creator, or adopted with its first poll [E3]", async () => {
    const created = await create()
    expect(created).toMatchObject({
      origin: "created-here",
      createdBy: "Olivia Marsh",
      createReason: "Orders move to Atlas",
      createdAt: afterStart(0),
    })
    desk.clock.advance(5_000)
    const adopted = await list(desk, seededIds.payments)
    expect(new Set(adopted.map(({ origin }) => origin))).toEqual(new Set(["adopted"]))
    // The check before the create has polled the other projects once.
    expect(adopted[0]).toMatchObject({ createdBy: null, createdAt: null, firstSeenAt: afterStart(0) })
    const [after] = await list(await restart())
    expect(after).toMatchObject({
      origin: "created-here",
      createdBy: "Olivia Marsh",
      createReason: "Orders move to Atlas",
      firstSeenAt: afterStart(0),
    })
  })

  test("is created-here for a create whose answer was lost, once it is found", async () => {
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { cut: "after" }, times: 1 })
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
    expect(await list()).toMatchObject([{ origin: "created-here", createdBy: "Olivia Marsh" }])
  })

  test("a peering has leftAvailableAt from the poll that shows it, until it is AVAILABLE again [E2]", async () => {
    const stream = await desk.stream([seededIds.payments])
    const working = (await list(desk, seededIds.payments)).find(
      ({ peer }) => peer.providerName === "AZURE" && peer.status === "AVAILABLE",
    )
    expect(working?.leftAvailableAt).toBe(null)
    desk.simulator.cloudSide(working!.id, "revoke-permission")
    desk.clock.advance(minuteMs)
    const told = await stream.next("peering", ({ leftAvailableAt }) => leftAvailableAt !== null)
    expect(told).toMatchObject({ leftAvailableAt: afterStart(minuteMs), peer: { status: "FAILED" } })
    const [again] = await list(await restart(), seededIds.payments).then((all) =>
      all.filter(({ id }) => id === working!.id),
    )
    expect(again?.leftAvailableAt).toBe(afterStart(minuteMs))
  })
})

describe("a deleted peering", () => {
  const tombstones = async (at: TestApp = desk) =>
    DeletedPeeringList.parse((await at.call("GET", apiUrls.deletedPeerings(projectId))).json())
      .deletedPeerings

  test("keeps its last known state and when it was last listed [D10]", async () => {
    const { id } = await create()
    await desk.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label: "orders" } })
    await pass(20_000)
    desk.simulator.reset()
    expect(await pass(minuteMs)).toEqual([])
    expect(await tombstones()).toMatchObject([
      {
        id,
        peer: { vpcId: requests.AWS.vpcId },
        lastStatus: "PENDING_ACCEPTANCE",
        label: "orders",
        origin: "created-here",
        createdBy: "Olivia Marsh",
        createdAt: afterStart(0),
        createReason: "Orders move to Atlas",
        createdEarliest: new Date(startedAt - (startedAt % 1000)).toISOString(),
        firstSeenAt: afterStart(0),
        lastSeenAt: afterStart(20_000),
        goneAt: afterStart(80_000),
      },
    ])
    expect(readVerdict(await desk.call("GET", apiUrls.peering(projectId, id)))).toBe("404 peering_not_found")
    const { observations } = await readTimeline(id)
    expect(observations.map(({ what, status }) => [what, status])).toEqual([
      ["listed", "INITIATING"],
      ["listed", "PENDING_ACCEPTANCE"],
      ["gone", "PENDING_ACCEPTANCE"],
    ])
  })

  test("is noticed when it went while the server was off [E1]", async () => {
    const { id } = await create()
    await pass(20_000)
    const next = await restart()
    desk.simulator.reset()
    desk.clock.advance(20 * minuteMs)
    const [gone] = await tombstones(next)
    expect(gone).toMatchObject({
      id,
      lastStatus: "PENDING_ACCEPTANCE",
      goneAt: afterStart(20_000 + 20 * minuteMs),
    })
    expect(Date.parse(gone!.lastSeenAt)).toBeLessThanOrEqual(startedAt + 20_000)
    expect((await readTimeline(id, next)).gaps).toEqual([
      { from: gone!.lastSeenAt, until: gone!.goneAt, why: "not-watched", problem: null },
    ])
  })
})

describe("a deletion", () => {
  const readDeleted = async () =>
    DeletedPeeringList.parse((await desk.call("GET", apiUrls.deletedPeerings(projectId))).json())
      .deletedPeerings

  test("requested here is reported with its user, reason and time, also after a restart", async () => {
    const { id } = await create()
    desk.clock.advance(minuteMs)
    const body = { name: requests.AWS.vpcId, reason: "Cleanup" }
    await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
    await pass(10 * minuteMs)
    const [deleted] = await readDeleted()
    const who = { deletedBy: "Olivia Marsh", deleteReason: "Cleanup", deletedAt: afterStart(minuteMs) }
    expect(deleted).toMatchObject({ id, ...who, goneAt: afterStart(11 * minuteMs) })
    const answer = await (await restart()).call("GET", apiUrls.deletedPeerings(projectId))
    expect(answer.json()).toMatchObject({ deletedPeerings: [{ id, ...who }] })
  })

  test("is reported as requested the second time, after the first one failed in Azure", async () => {
    const request = { ...requests.AZURE, vnetName: "stuck-vnet" }
    const { id } = Peering.parse((await desk.create(projectId, request)).json())
    const remove = (reason: string) =>
      desk.call("DELETE", apiUrls.peering(projectId, id), { body: { name: request.vnetName, reason } })
    await pass(10 * minuteMs)
    expect((await remove("Cleanup")).status).toBe(202)
    await pass(minuteMs)
    await pass(10 * minuteMs)
    expect((await remove("Atlas has its role again")).status).toBe(202)
    const deletedAt = new Date(desk.clock.now()).toISOString()
    desk.simulator.reset()
    await pass(minuteMs)
    expect((await readDeleted())[0]).toMatchObject({
      id,
      deleteReason: "Atlas has its role again",
      deletedAt,
    })
  })

  test("is reported without a user when it happened elsewhere or was refused here", async () => {
    const { id } = await create()
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 400 }, times: 1 })
    const body = { name: requests.AWS.vpcId, reason: "Cleanup" }
    const refused = await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    await desk.services.atlas.deletePeer(projectId, id)
    await pass(10 * minuteMs)
    const [deleted] = await readDeleted()
    expect(deleted).toMatchObject({ id })
    expect(deleted).not.toHaveProperty("deletedBy")
  })
})

describe("GET /timeline", () => {
  test("has every status with its raw answer, the two polls around it, and what people did", async () => {
    const { id } = await create()
    await pass(10_000)
    await pass(10_000)
    desk.simulator.cloudSide(id, "accept")
    await pass(5_000)
    await pass(30_000)
    const { observations, gaps, acts, providerName } = await readTimeline(id)
    expect(providerName).toBe("AWS")
    expect(
      observations.map(({ number, at, after, status, turn }) => [number, after, at, status, turn]),
    ).toEqual([
      [1, afterStart(0), afterStart(0), "INITIATING", "atlas"],
      [2, afterStart(10_000), afterStart(20_000), "PENDING_ACCEPTANCE", "you"],
      [3, afterStart(20_000), afterStart(25_000), "FINALIZING", "atlas"],
      [4, afterStart(25_000), afterStart(55_000), "AVAILABLE", "works"],
    ])
    expect(observations.map(({ raw }) => raw?.["statusName"])).toEqual(
      observations.map(({ status }) => status),
    )
    expect(gaps).toEqual([])
    expect(acts).toMatchObject([
      { kind: "attempt", action: "peering-create", by: "Olivia Marsh", reason: "Orders move to Atlas" },
      { kind: "outcome", action: "peering-create", outcome: "done", answerCode: "201" },
    ])
    expect(JSON.stringify(acts)).not.toMatch(/127\.0\.0\.1|requestHash|previousHash/)
  })

  test("has what people did in the project since the peering exists, and nothing earlier", async () => {
    const addEntry = async (cidrBlock: string) => {
      const body = { entry: { cidrBlock, comment: "orders" }, reason: "Orders may come in" }
      expect((await desk.call("POST", apiUrls.accessList(projectId), { body })).status).toBe(201)
      await pass(1_000)
    }
    await addEntry("10.1.0.0/16")
    const { id } = await create()
    await pass(1_000)
    await addEntry("10.2.0.0/16")
    const { acts } = await readTimeline(id)
    expect(acts.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["peering-create", null],
      ["peering-create", "done"],
      ["access-list-add", null],
      ["access-list-add", "done"],
    ])
  })

  test("admits gaps in which Atlas did not answer and in which nothing polled", async () => {
    const { id } = await create()
    await pass(20_000)
    desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 } })
    await pass(60_000)
    await pass(60_000)
    expect((await readTimeline(id)).gaps).toEqual([
      { from: afterStart(20_000), until: afterStart(140_000), why: "atlas", problem: "atlas_failed" },
    ])
    desk.simulator.clearFaults()
    await pass(60_000)
    desk.services.pollers.stop()
    await pass(10 * minuteMs)
    expect((await readTimeline(id)).gaps).toEqual([
      { from: afterStart(20_000), until: afterStart(200_000), why: "atlas", problem: "atlas_failed" },
      { from: afterStart(200_000), until: afterStart(800_000), why: "not-watched", problem: null },
    ])
  })

  test("answers 404 for a peering that was never observed in the project", async () => {
    const { id } = await create()
    const unknown = await desk.call("GET", apiUrls.timeline(projectId, "0123456789abcdef01234567"))
    expect(readVerdict(unknown)).toBe("404 peering_not_found")
    const elsewhere = await desk.call("GET", apiUrls.timeline(seededIds.payments, id))
    expect(readVerdict(elsewhere)).toBe("404 peering_not_found")
  })
})

describe("annotations", () => {
  test("a label reaches open streams and other processes", async () => {
    const { id } = await create()
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    const answer = await desk.call("PUT", apiUrls.peeringLabel(projectId, id), {
      body: { label: " Orders, new " },
    })
    expect(answer.json()).toMatchObject({ id, label: "Orders, new" })
    expect(await stream.next("peering", ({ label }) => label !== null)).toMatchObject({
      label: "Orders, new",
    })
    const beside = await startTestApp({ beside: desk })
    later.push(beside)
    expect(await list(beside)).toMatchObject([{ label: "Orders, new" }])
    await beside.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label: "" } })
    expect((await pass(5_000))[0]?.label).toBe(null)
  })

  test("a ticked step has who did it first and when, until it is unticked", async () => {
    const { id } = await create()
    const put = (stepId: string, done: boolean) =>
      desk.call("PUT", apiUrls.peeringStep(projectId, id, stepId), { body: { done } })
    expect((await put("accept", true)).status).toBe(200)
    desk.clock.advance(1_000)
    await put("accept", true)
    const both = Peering.parse((await put("route-table", true)).json())
    expect(both.steps).toEqual({
      accept: { by: "Olivia Marsh", at: afterStart(0) },
      "route-table": { by: "Olivia Marsh", at: afterStart(1_000) },
    })
    await put("accept", false)
    expect(Object.keys((await list())[0]?.steps ?? {})).toEqual(["route-table"])
    expect(Peering.parse((await put("route-table", false)).json()).steps).toBe(undefined)
  })

  test("a step that is marked and unmarked is in the audit log, the timeline and the activity, once each", async () => {
    const { id } = await create()
    const put = (done: boolean) =>
      desk.call("PUT", apiUrls.peeringStep(projectId, id, "accept"), { body: { done } })
    for (const done of [true, true, false, false]) expect((await put(done)).status).toBe(200)
    const acted = ["step-marked", "step-unmarked"]
    const log = AuditPage.parse((await desk.call("GET", apiUrls.audit())).json())
    const about = { actor: { name: "Olivia Marsh" }, projectId, peeringId: id, detail: { step: "accept" } }
    expect(log.rows.filter(({ action }) => acted.includes(action))).toMatchObject([
      { action: "step-unmarked", ...about },
      { action: "step-marked", ...about },
    ])
    const { acts } = await readTimeline(id)
    expect(acts.filter(({ action }) => acted.includes(action))).toMatchObject(
      acted.map((action) => ({ action, by: "Olivia Marsh", step: "accept" })),
    )
    const { entries } = Activity.parse((await desk.call("GET", apiUrls.activity())).json())
    expect(entries.filter(({ what }) => acted.includes(what)).map(({ actorName }) => actorName)).toEqual([
      "Olivia Marsh",
      "Olivia Marsh",
    ])
  })

  test("a subnet that is marked as used is on the connection, and in the audit log by its id", async () => {
    const { id } = await create()
    const url = apiUrls.peeringStep(projectId, id, "subnet-0a1b2c3d")
    const marked = Peering.parse((await desk.call("PUT", url, { body: { done: true } })).json())
    expect(Object.keys(marked.steps ?? {})).toEqual(["subnet-0a1b2c3d"])
    await desk.call("PUT", url, { body: { done: false } })
    const { rows } = AuditPage.parse((await desk.call("GET", apiUrls.audit())).json())
    expect(rows.slice(0, 2)).toMatchObject([
      { action: "use-unmarked", detail: { id: "subnet-0a1b2c3d" } },
      { action: "use-marked", detail: { id: "subnet-0a1b2c3d" } },
    ])
  })

  test("an invalid label, an invalid step and a viewer are refused", async () => {
    const { id } = await create()
    for (const label of ["x".repeat(81), "two\nlines", 7]) {
      const answer = await desk.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label } })
      expect(readProblem(answer).fields).toHaveProperty("label")
    }
    const step = await desk.call("PUT", apiUrls.peeringStep(projectId, id, "Not A Step"), {
      body: { done: true },
    })
    expect(readVerdict(step)).toBe("400 invalid_request")
    const cookie = await desk.signIn("victor")
    const asViewer = await desk.call("PUT", apiUrls.peeringLabel(projectId, id), {
      body: { label: "mine" },
      headers: { cookie },
    })
    expect(readVerdict(asViewer)).toBe("403 forbidden")
  })
})
