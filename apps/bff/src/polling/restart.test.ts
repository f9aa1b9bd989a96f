import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { PeeringStore } from "./peering-store.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

describe.each(dialects)("a restarted server over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let desk: TestApp
  const later: TestApp[] = []
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    desk = await startTestApp({
      environment: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl },
    })
  })
  afterEach(async () => {
    for (const one of later.splice(0)) await one.close()
    await desk.close()
  })

  /** Starts another process on the same data, so much later that the last polls are no longer new. */
  async function restart(): Promise<TestApp> {
    desk.services.pollers.stop()
    await desk.services.store.db.updateTable("polled_cloud").set({ checked_at: 0 }).execute()
    const next = await startTestApp({ beside: desk })
    later.push(next)
    return next
  }

  async function create(): Promise<Peering> {
    return Peering.parse((await desk.create(projectId, requests.AWS)).json())
  }

  async function list(at: TestApp, id: string = projectId): Promise<Peering[]> {
    return PeeringList.parse((await at.call("GET", apiUrls.peerings(id))).json()).peerings
  }

  const historyOf = (peering: Peering | undefined) => peering?.history.map(({ status }) => status)

  test("begins a stream with the stored peerings before it polls", async () => {
    const created = await create()
    const next = await restart()
    desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 } })
    const stream = await next.stream([projectId])
    expect((await stream.next("snapshot")).peerings).toEqual([created])
    expect(await list(next)).toEqual([created])
  })

  test("continues a history whose begin was seen", async () => {
    const created = await create()
    desk.simulator.advance(20)
    const next = await restart()
    const [peering] = await list(next)
    expect(historyOf(peering)).toEqual(["INITIATING", "PENDING_ACCEPTANCE"])
    expect(peering).toMatchObject({ id: created.id, beginSeen: true })
    expect(peering?.history[0]).toEqual(created.history[0])
    desk.simulator.cloudSide(created.id, "accept")
    const third = await restart()
    expect(historyOf((await list(third))[0])).toEqual(["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING"])
  })

  test("keeps the begin unseen of peerings that the first poll found", async () => {
    const before = await list(desk, seededIds.payments)
    const next = await restart()
    const after = await list(next, seededIds.payments)
    const byId = (a: Peering, b: Peering) => a.id.localeCompare(b.id)
    expect(after.toSorted(byId)).toEqual(before.toSorted(byId))
    expect(after.length).toBeGreaterThan(15)
    expect(after.filter(({ beginSeen }) => beginSeen)).toEqual([])
  })

  test("sends gone for a peering that went meanwhile, and never recalls it again", async () => {
    const { id } = await create()
    desk.simulator.reset()
    const next = await restart()
    const stream = await next.stream([projectId])
    expect((await stream.next("snapshot")).peerings).toHaveLength(1)
    expect(await stream.next("gone")).toMatchObject({ projectId, id })
    await vi.waitFor(
      async () => expect(await new PeeringStore(next.services.store).load(projectId)).toEqual([]),
      { timeout: 20_000 },
    )
    const third = await (await restart()).stream([projectId])
    expect((await third.next("snapshot")).peerings).toEqual([])
  })

  test("knows who created a peering, and no creator of the others", async () => {
    const { id } = await create()
    await list(desk, seededIds.analytics)
    await list(await restart())
    const seen = new PeeringStore(desk.services.store)
    expect(await seen.load(projectId)).toMatchObject([
      { id, createdBy: expect.stringMatching(/\nolivia/i) as string },
    ])
    expect(new Set((await seen.load(seededIds.analytics)).map(({ createdBy }) => createdBy))).toEqual(
      new Set([null]),
    )
  })

  test("finds with the next poll what could not be stored of the one before", async () => {
    const { id } = await create()
    desk.simulator.advance(20)
    const storeList = vi
      .spyOn(desk.services.peeringWriter, "storeList")
      .mockRejectedValueOnce(new Error("the disk is full"))
    desk.clock.advance(5_000)
    expect(historyOf((await list(desk))[0])).toEqual(["INITIATING"])
    storeList.mockRestore()
    desk.clock.advance(5_000)
    await desk.services.pollers.of(projectId, "AWS").poll(0)
    const [peering] = await list(await restart())
    expect(peering?.id).toBe(id)
    expect(historyOf(peering)).toEqual(["INITIATING", "PENDING_ACCEPTANCE"])
    expect(
      desk.logs.filter((line) => line.includes("A poll failed with an error of this server")),
    ).toHaveLength(1)
  })
})
