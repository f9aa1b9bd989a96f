import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { dialects, useDatabases } from "#test/support/database.ts"
import { step } from "#store/step.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { setLabel } from "./annotations.ts"
import { touchPeering } from "./peering-writer.ts"
import { ProjectEvents } from "./project-events.ts"

describe.each(dialects)("the live state of a server over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let desk: TestApp
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    desk = await startTestApp({
      environment: databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl },
    })
  })
  afterEach(() => desk.close())

  async function create(networkName: string): Promise<string> {
    const answer = await desk.create(projectId, { ...requests.GCP, networkName }, `a-key-for-${networkName}`)
    return Peering.parse(answer.json()).id
  }

  async function list(): Promise<string[]> {
    const { peerings } = PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json())
    return peerings.map(({ id }) => id)
  }

  test("shows no create as not created that was stored while the time was set far ahead, and plans nothing for it", async () => {
    await create("payments-vpc")
    const problem = JSON.stringify({ code: "outcome_unknown" })
    const changed = { state: "failed", problem, updated_at: desk.databaseTime() + 60 * 24 * 60 * 60_000 }
    await desk.services.store.db.updateTable("change").set(changed).execute()
    const beside = await startTestApp({ beside: desk })
    const answer = await beside.call("GET", apiUrls.peerings(projectId))
    expect(PeeringList.parse(answer.json()).creates).toBeUndefined()
    // A longer timer of Node ends at once.
    expect(Math.max(...desk.clock.waiting())).toBeLessThan(2 ** 31)
    await beside.close()
  })

  test("goes back with a database that was put back, and counts versions under a new name", async () => {
    const { pollers, store } = desk.services
    const kept = await create("payments-vpc")
    const { incarnation, version } = pollers.live.stored
    const written = { by: "Nadia", at: 1 }
    for (const label of ["a", "b", "c", "d"]) await setLabel(store, { projectId, id: kept }, label, written)
    const lost = await create("orders-vpc")
    const stream = await desk.stream([projectId])
    expect((await stream.next("snapshot")).peerings).toHaveLength(2)
    await store.db.deleteFrom("peering").where("id", "=", lost).execute()
    await store.db.updateTable("head").set({ version }).execute()
    await store.db.updateTable("peering").set({ version }).where("id", "=", kept).execute()
    await pollers.catchUp()
    expect(await stream.next("gone")).toMatchObject({ id: lost })
    expect(pollers.live.list(projectId).peerings.map(({ id }) => id)).toEqual([kept])
    expect(pollers.live.stored.incarnation).not.toBe(incarnation)
    const head = await store.db.selectFrom("head").select("incarnation").executeTakeFirstOrThrow()
    expect(head.incarnation).toBe(pollers.live.stored.incarnation)
    // Its version was higher before.
    await setLabel(store, { projectId, id: kept }, "payments", written)
    expect(pollers.live.find(projectId, kept)?.label).toBe("payments")
    // Atlas still has it.
    await pollers.of(projectId, "GCP").poll(0)
    expect((await list()).toSorted()).toEqual([kept, lost].toSorted())
  })

  test("is read again a second after the database failed", async () => {
    const { peeringStore } = desk.services
    await list()
    const readNews = vi.spyOn(peeringStore, "readNews").mockRejectedValue(new Error("it is away"))
    const id = await create("payments-vpc")
    expect(desk.services.pollers.live.find(projectId, id)).toBe(null)
    expect(desk.logs.join("")).toContain("Could not read which connections changed")
    readNews.mockRestore()
    desk.clock.advance(1_000)
    await expect.poll(() => desk.services.pollers.live.find(projectId, id)?.id).toBe(id)
  })

  test("shows a name that was read before its version to readers of other processes as well", async () => {
    const { peeringStore, pollers, store } = desk.services
    const id = await create("payments-vpc")
    await setLabel(store, { projectId, id }, "a", { by: "Nadia", at: 1 })
    const readNews = peeringStore.readNews.bind(peeringStore)
    const touch = () => step(store, ({ transaction }) => touchPeering(transaction, { projectId, id }))
    vi.spyOn(peeringStore, "readNews").mockImplementationOnce(async (version) => {
      const news = await readNews(version)
      await store.db.updateTable("peering_label").set({ label: "b" }).execute()
      return news
    })
    await touch()
    const elsewhere = pollers.live.toId().replace(pollers.live.epoch, "ffffffff")
    await touch()
    const next = new ProjectEvents(pollers.live).read(new Map([[projectId, null]]), elsewhere)
    let said = ""
    for (let text = next(); text !== null; text = next()) said += text.join("")
    expect(said).toContain('"label":"b"')
  })

  test("keeps what a list saw while the answer to an own create was still on its way", async () => {
    const { atlas, pollers } = desk.services
    const createPeer = atlas.createPeer.bind(atlas)
    let answer = () => {}
    const answers = new Promise<void>((resolve) => (answer = resolve))
    let isMade = false
    vi.spyOn(atlas, "createPeer").mockImplementation(async (...parts) => {
      const raw = await createPeer(...parts)
      isMade = true
      await answers
      return raw
    })
    const created = create("payments-vpc")
    await expect.poll(() => isMade).toBe(true)
    desk.simulator.advance(40)
    await pollers.of(projectId, "GCP").poll(0)
    const statuses = () =>
      pollers.live.ofCloud(projectId, "GCP").map(({ history }) => history.map(({ status }) => status))
    expect(statuses()).toEqual([["WAITING_FOR_USER"]])
    answer()
    const id = await created
    expect(statuses()).toEqual([["WAITING_FOR_USER"]])
    expect(pollers.live.find(projectId, id)).toMatchObject({ origin: "created-here" })
  })
})
