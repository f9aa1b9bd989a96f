import { randomUUID } from "node:crypto"
import { apiUrls, Peering, PeeringList, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { claim } from "#changes/engine/change-states.ts"
import { usualTiming } from "#changes/engine/look-up-timing.ts"
import { setLabel } from "#polling/annotations.ts"
import { holdHead } from "#test/support/hold-head.ts"
import { useDatabases } from "#test/support/database.ts"
import { keepLeases } from "#test/support/keep-leases.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { resumePolling } from "./resume-polling.ts"

/** Desks over one PostgreSQL, each with everything a process has. Their clock moves only when a test advances it, and a lease ends only when a test ends it. */
const createDatabase = useDatabases("postgres")
let databaseUrl = ""
let first: TestApp
let second: TestApp
beforeAll(async () => {
  ;({ databaseUrl = "" } = await createDatabase())
}, 300_000)
beforeEach(async () => {
  first = await startTestApp({ environment: { DATABASE_URL: databaseUrl } })
  await emptyTables()
  await keepLeases(first.services.store)
  second = await startTestApp({ beside: first })
})
afterEach(async () => {
  await second.close()
  await first.close()
})

async function emptyTables(): Promise<void> {
  for (const table of [
    "polled_cloud",
    "leader_lease",
    "process",
    "atlas_pace",
    "peering",
    "change",
    "peering_label",
  ])
    await sql`truncate ${sql.table(table)}`.execute(first.services.store.db)
}

const lists = () => first.asked("GET", "/peers")

async function start(...desks: TestApp[]): Promise<void> {
  for (const desk of desks) await resumePolling(desk.services)
}

async function create(desk: TestApp, cloud: ProviderName): Promise<Peering> {
  return Peering.parse((await desk.create(projectId, requests[cloud], `a-key-${randomUUID()}`)).json())
}

async function list(desk: TestApp): Promise<Peering[]> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
}

/** Ends the leader's lease, as time does for a process that was killed. */
async function expireLease(): Promise<void> {
  await first.services.store.db.updateTable("leader_lease").set({ held_until: 0 }).execute()
}

const leads = ({ services }: TestApp) => services.sharing?.leads
const readLease = () =>
  first.services.store.db.selectFrom("leader_lease").select(["holder", "epoch"]).executeTakeFirstOrThrow()

/** Lets seconds pass, in each of which both processes agree on who leads. Polls that are due begin. */
async function pass(seconds = 1): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    first.clock.advance(1_000)
    await agree()
  }
}

async function agree(): Promise<void> {
  for (const { services } of [first, second]) await services.sharing?.renew()
}

/** Lets time pass until something has come. */
async function passUntil<T>(coming: Promise<T>): Promise<T> {
  let hasCome = false
  void coming.finally(() => (hasCome = true))
  while (!hasCome) await pass()
  return await coming
}

const statusesAt = ({ services }: TestApp, id: string) =>
  services.pollers.live.find(projectId, id)?.history.map(({ status }) => status)

describe("processes over one database", () => {
  test("share the polling of a viewed project, which costs no more calls than with one", async () => {
    await start(first, second)
    const streams = [await first.stream([projectId]), await second.stream([projectId])]
    expect([leads(first), leads(second)]).toEqual([true, false])
    await pass(58)
    expect(lists()).toBe(3)
    await pass(4)
    await expect.poll(lists).toBe(6)
    // The first round may end before the second stream begins.
    for (const stream of streams) for (const _ of providerNames) await stream.next("watch")
  })

  test("know at once what another one created", async () => {
    await list(second)
    const made = await create(first, "AWS")
    const before = lists()
    expect((await second.call("GET", apiUrls.peering(projectId, made.id))).status).toBe(200)
    expect((await list(second)).map(({ id, origin, createdBy }) => [id, origin, createdBy])).toEqual([
      [made.id, "created-here", made.createdBy],
    ])
    expect(lists()).toBe(before)
  })

  test("answer the key of a create that another one sent with its connection, though they looked before it", async () => {
    await list(second)
    const key = "a-key-that-is-sent-to-both"
    const made = Peering.parse((await first.create(projectId, requests.AWS, key)).json())
    const posts = first.asked("POST", "/peers")
    const again = await second.create(projectId, requests.AWS, key)
    expect([again.status, Peering.parse(again.json()).id]).toEqual([201, made.id])
    expect(first.asked("POST", "/peers")).toBe(posts)
  })

  test("know at once what another one deletes", async () => {
    const { id } = await create(first, "AZURE")
    expect((await list(second)).map((peering) => peering.id)).toEqual([id])
    const body = { reason: "No longer needed", name: requests.AZURE.vnetName }
    expect((await first.call("DELETE", apiUrls.peering(projectId, id), { body })).status).toBe(202)
    expect((await list(second)).map(({ history }) => history.at(-1)?.status)).toEqual(["DELETING"])
  })

  test("bring an event that one of them sees to the browsers of another", async () => {
    await start(first)
    const { id } = await create(first, "AWS")
    await first.services.sharing?.renew()
    await start(second)
    const stream = await second.stream([projectId])
    expect((await stream.next("snapshot")).peerings).toHaveLength(1)
    await agree()
    expect(leads(second)).toBe(false)
    first.simulator.advance(20)
    const seen = stream.next("peering", (peering) => peering.id === id && peering.history.length === 2)
    expect((await passUntil(seen)).history.map(({ status }) => status)).toEqual([
      "INITIATING",
      "PENDING_ACCEPTANCE",
    ])
  })

  test("take over what a killed one polled", async () => {
    await start(first)
    const { id } = await create(first, "AZURE")
    await first.services.sharing?.renew()
    await start(second)
    await agree()
    expect([leads(first), leads(second)]).toEqual([true, false])
    const before = await readLease()
    await expireLease()
    await second.services.sharing?.renew()
    expect(leads(second)).toBe(true)
    expect((await readLease()).epoch).toBe(before.epoch + 1)
    first.simulator.advance(60)
    // A list that was under way when the process took over puts the next one off.
    await expect
      .poll(async () => {
        await pass()
        return statusesAt(second, id)
      })
      .toEqual(["ADDING_PEER", "AVAILABLE"])
  })

  test("ask Atlas at once for what a killed one polled, however young its last poll is", async () => {
    await start(first)
    await create(first, "AZURE")
    await first.services.sharing?.renew()
    await first.services.pollers.of(projectId, "AZURE").poll(0)
    await start(second)
    const before = lists()
    await expireLease()
    await second.services.sharing?.renew()
    first.clock.advance(100)
    await expect.poll(lists).toBe(before + 1)
  })

  test("look again at the moment in which a killed one's lease ends", async () => {
    await start(first)
    await create(first, "AZURE")
    await first.services.sharing?.renew()
    const endsAt = Date.now() + 500
    await first.services.store.db.updateTable("leader_lease").set({ held_until: endsAt }).execute()
    await second.services.sharing?.renew()
    expect(Math.min(...first.clock.waiting())).toBeLessThanOrEqual(500)
  })

  test("take over at once what a killed one was sending, and nothing of a living one", async () => {
    await start(second, first)
    const { changeRows } = first.services
    const plan = { request: requests.GCP, replaces: null, bodyHash: "a-hash" }
    const before = { replaced: null, known: [], container: null }
    const id = randomUUID()
    const about = { id, kind: "peering-create", projectId, subject: `a-key-${id}` } as const
    const create = { ...about, plan, before, userKey: "nadia", held: null }
    await claim(first.services, create)
    const { lookEveryMs } = usualTiming
    second.services.changeLookUps.start()
    await first.clock.untilWaiting(lookEveryMs)
    await pass(8)
    expect((await changeRows.find(create.id))?.state).toBe("ready")
    await first.services.sharing?.stop()
    await pass(5)
    // It was not sent, so nothing has to be proven.
    await expect.poll(async () => (await changeRows.find(create.id))?.state).toBe("failed")
  })

  test("write nothing once another one took over while they stood still", async () => {
    await start(first)
    const { id } = await create(first, "AZURE")
    await first.services.sharing?.renew()
    await start(second)
    await agree()
    expect([leads(first), leads(second)]).toEqual([true, false])
    // A list that says ADDING_PEER is under way while the process is stopped.
    first.simulator.addFault({
      match: { method: "GET", path: "/peers" },
      fault: { delayMs: 2_000 },
      times: 1,
    })
    const late = first.services.pollers.of(projectId, "AZURE").poll(0)
    await expect.poll(() => first.simulator.faults()).toEqual([])
    await expireLease()
    await second.services.sharing?.renew()
    first.simulator.advance(60)
    await second.services.pollers.of(projectId, "AZURE").poll(0)
    const rows = () =>
      first.services.store.db
        .selectFrom("event")
        .select(["number", "hash"])
        .where("phase", "=", "finding")
        .orderBy("number")
        .execute()
    const observed = await rows()
    const lease = await readLease()
    await late
    await agree()
    expect(await rows()).toEqual(observed)
    expect(await readLease()).toEqual(lease)
    expect(leads(first)).toBe(false)
    expect(statusesAt(first, id)).toEqual(["ADDING_PEER", "AVAILABLE"])
  })

  test("keep what a poll found while the lead changed hands", async () => {
    await start(first, second)
    const { id } = await create(first, "AZURE")
    await agree()
    first.simulator.advance(60)
    const { store, pollers } = first.services
    let poll = Promise.resolve()
    const before = lists()
    await holdHead(store, async () => {
      poll = pollers.of(projectId, "AZURE").poll(0)
      await expect.poll(lists).toBe(before + 1)
      for (const { services } of [second, first]) {
        await expireLease()
        await services.sharing?.renew()
      }
    })
    await poll
    await pollers.of(projectId, "AZURE").poll(0)
    const seen = await store.db
      .selectFrom("event")
      .select("status")
      .where("phase", "=", "finding")
      .where("peering_id", "=", id)
      .orderBy("number")
      .execute()
    expect(seen.map(({ status }) => status)).toEqual(["ADDING_PEER", "AVAILABLE"])
  })

  test("go on with a stream that another one began, and miss nothing of what happened between", async () => {
    await start(first, second)
    const before = await first.stream([projectId])
    await before.next("snapshot")
    before.close()
    const { id } = await create(first, "AZURE")
    const other = await second.stream([projectId], { "last-event-id": before.lastEventId() })
    expect((await other.next("peering")).id).toBe(id)
    await passUntil(other.next("watch"))
    other.close()
    const quiet = await first.stream([projectId], { "last-event-id": other.lastEventId() })
    await quiet.next("creates")
    await setLabel(first.services.store, { projectId, id }, "orders", { by: "Nadia", at: 1 })
    expect(await quiet.next("peering")).toMatchObject({ id, label: "orders" })
    expect(quiet.messages.map(({ event }) => event)).not.toContain("snapshot")
  })

  test("pause a project for all of them when Atlas slows one of them down, and poll it half as often", async () => {
    await start(first, second)
    first.simulator.addFault({
      match: { method: "GET", path: "/peers" },
      fault: { retryAfter: 7 },
      times: 1,
    })
    await first.services.pollers.of(projectId, "AWS").poll(0)
    await agree()
    const before = lists()
    await second.services.pollers.of(projectId, "AWS").poll(0)
    expect(second.services.pollers.of(projectId, "AWS").failure).toMatchObject({
      code: "atlas_rate_limited",
      shown: { retryAfterSeconds: expect.closeTo(7, -1) as number },
    })
    expect(lists()).toBe(before)
  })

  test("tell a new label to the others", async () => {
    await start(first, second)
    const { id } = await create(first, "AZURE")
    const stream = await second.stream([projectId])
    await stream.next("snapshot")
    await setLabel(first.services.store, { projectId, id }, "orders", { by: "Nadia", at: 1 })
    expect(await stream.next("peering")).toMatchObject({ id, label: "orders" })
  })

  test("find what no notice told, a second later", async () => {
    await start(first, second)
    const stream = await second.stream([projectId])
    await stream.next("snapshot")
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'peering-desk notices'`.execute(
      first.services.store.db,
    )
    await expect.poll(() => second.services.sharing?.isInstant).toBe(false)
    expect(second.logs.join("")).toContain("PostgreSQL's notices don't arrive")
    expect((await second.call("GET", "/readyz")).text).toContain(
      `"notices","state":"warning","says":"PostgreSQL's notices don't arrive`,
    )
    const { id } = await create(first, "AWS")
    await pass()
    expect((await stream.next("peering")).id).toBe(id)
  })
})
