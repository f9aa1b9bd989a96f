import { randomUUID } from "node:crypto"
import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList, providerNames } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { holdHead } from "#test/support/hold-head.ts"
import { useDatabases } from "#test/support/database.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { resumePolling } from "./resume-polling.ts"

/** Three servers over one PostgreSQL: the first creates and deletes, the second polls, the third watches. */
const createDatabase = useDatabases("postgres")
let databaseUrl = ""
let first: TestApp
let second: TestApp
let third: TestApp
let desks: TestApp[] = []
beforeAll(async () => {
  ;({ databaseUrl = "" } = await createDatabase())
}, 300_000)
beforeEach(async () => {
  first = await startTestApp({ environment: { DATABASE_URL: databaseUrl } })
  for (const table of ["polled_cloud", "leader_lease", "process", "peering", "change"])
    await sql`truncate ${sql.table(table)}`.execute(first.services.store.db)
  second = await startTestApp({ beside: first })
  third = await startTestApp({ beside: first })
  desks = [first, second, third]
  for (const desk of [second, first, third]) await resumePolling(desk.services)
})
afterEach(async () => {
  for (const desk of desks.toReversed()) await desk.close()
})

async function create(desk: TestApp, networkName: string): Promise<string> {
  const answer = await desk.create(projectId, { ...requests.GCP, networkName }, `a-key-${randomUUID()}`)
  return Peering.parse(answer.json()).id
}

async function remove(desk: TestApp, id: string, name: string): Promise<void> {
  const body = { reason: "A typing mistake", name }
  const answer = await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
  expect(answer.status).toBe(202)
}

async function list(desk: TestApp): Promise<string[]> {
  const { peerings } = PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json())
  return peerings.map(({ id }) => id).toSorted()
}

async function listStored(): Promise<string[]> {
  const { db } = first.services.store
  const ofProject = db.selectFrom("peering").select("id").where("project_id", "=", projectId)
  const rows = await ofProject.where("gone_at", "is", null).execute()
  return rows.map(({ id }) => id).toSorted()
}

function listAtAtlas(): string[] {
  const project = first.simulator.state().projects.find(({ id }) => id === projectId)
  return (project?.peers ?? []).map(({ id }) => id).toSorted()
}

/** Lets the second one poll, and all of them hear of it. */
async function pollAtSecond(): Promise<void> {
  await second.services.pollers.of(projectId, "GCP").poll(0)
  for (const { services } of desks) await services.pollers.catchUp()
}

/** Reads the ids that a page shows after everything its stream told. */
function readPage({ messages }: EventReader): string[] {
  const shown = new Set<string>()
  for (const { event, data } of messages) {
    if (event === "snapshot") for (const { id } of data.peerings) shown.add(id)
    if (event === "peering") shown.add(data.id)
    if (event === "gone") shown.delete(data.id)
  }
  return [...shown].toSorted()
}

const emptyList = { status: 200, body: { links: [], results: [], totalCount: 0 } }
const lists = { method: "GET", path: "providerName=GCP" }

describe("lists and pages of servers over one PostgreSQL", () => {
  test("all servers show a connection as gone that was deleted seconds after its creation", async () => {
    const page = await third.stream([projectId])
    await page.next("snapshot")
    const id = await create(first, "payments-vpc")
    await page.next("peering", (peering) => peering.id === id)
    first.clock.advance(4_000)
    await remove(first, id, "payments-vpc")
    first.simulator.advance(30)
    await first.services.pollers.of(projectId, "GCP").poll(0)
    expect(await listStored()).toEqual([])
    await expect.poll(() => readPage(page)).toEqual([])
    for (const desk of desks) expect(await list(desk)).toEqual([])
  })

  test("all servers show a connection as gone that another server deletes before the poller saw it listed", async () => {
    const id = await create(first, "payments-vpc")
    await expect.poll(() => list(second)).toEqual([id])
    first.simulator.reset()
    await pollAtSecond()
    expect(await listStored()).toEqual([])
    for (const desk of desks) expect(await list(desk)).toEqual([])
  })

  test("all servers keep a connection that another server just created and the poller's list lacks", async () => {
    const id = await create(first, "payments-vpc")
    first.simulator.addFault({ match: lists, fault: emptyList, times: 2 })
    await pollAtSecond()
    await pollAtSecond()
    for (const desk of desks) expect(await list(desk)).toEqual([id])
    await pollAtSecond()
    expect(await listStored()).toEqual([id])
    for (const desk of desks) expect(await list(desk)).toEqual([id])
  })

  test("all servers keep a connection that the poller's list lacks and about which Atlas fails to answer", async () => {
    const id = await create(first, "payments-vpc")
    first.simulator.addFault({ match: lists, fault: emptyList, times: 1 })
    first.simulator.addFault({ match: { method: "GET", path: id }, fault: { status: 500 }, times: 1 })
    await pollAtSecond()
    for (const desk of desks) expect(await list(desk)).toEqual([id])
    expect(await listStored()).toEqual([id])
  })

  test("all servers drop a deleted connection once the poller's list no longer has it", async () => {
    const id = await create(first, "payments-vpc")
    const [raw] = await second.services.atlas.listPeers(projectId, "GCP")
    await pollAtSecond()
    await remove(first, id, "payments-vpc")
    first.simulator.addFault({
      match: lists,
      fault: { status: 200, body: { links: [], results: [raw], totalCount: 1 } },
      times: 1,
    })
    await pollAtSecond()
    first.simulator.advance(30)
    await pollAtSecond()
    expect(await listStored()).toEqual([])
    for (const desk of desks) expect(await list(desk)).toEqual([])
  })

  test("no server shows a new connection before it is stored", async () => {
    const posts = { match: { method: "POST", path: "/peers" }, times: 1 }
    first.simulator.addFault({ ...posts, fault: { delayMs: 1_000 } })
    const created = create(first, "payments-vpc")
    await expect.poll(() => first.simulator.faults(), { timeout: 10_000 }).toEqual([])
    await holdHead(first.services.store, async () => {
      await expect.poll(listAtAtlas, { timeout: 10_000 }).toHaveLength(1)
      for (const { services } of desks) expect(services.pollers.live.ofCloud(projectId, "GCP")).toEqual([])
    })
    const id = await created
    for (const desk of desks) expect(await list(desk)).toEqual([id])
  })

  test("all servers equal the database and Atlas after 30 connections were created and deleted at random ones", async () => {
    const pages = await Promise.all(desks.map((desk) => desk.stream([projectId])))
    let seed = 20_261_128
    const pick = <T>(items: readonly T[]): T => {
      seed = (seed * 48_271) % 2_147_483_647
      return items[seed % items.length] as T
    }
    const deleted = new Set<string>()
    for (let number = 0; number < 30; number += 1) {
      const networkName = `vpc-${number}`
      const id = await create(pick(desks), networkName)
      if (number % 3 === 0) continue
      await remove(pick(desks), id, networkName)
      deleted.add(id)
      if (number % 4 === 0) {
        first.simulator.advance(30)
        await pick(desks).services.pollers.of(projectId, "GCP").poll(0)
      }
    }
    first.simulator.advance(60)
    await pollAtSecond()
    const left = listAtAtlas()
    expect(left).toHaveLength(30 - deleted.size)
    expect(await listStored()).toEqual(left)
    for (const desk of desks) expect(await list(desk)).toEqual(left)
    for (const page of pages) await expect.poll(() => readPage(page)).toEqual(left)
  })
})

describe("a poll during which the same server becomes the leader again", () => {
  async function loseTheLeadForAMoment(): Promise<void> {
    for (const { services } of [second, first]) {
      await services.store.db.updateTable("leader_lease").set({ held_until: 0 }).execute()
      await services.sharing?.renew()
    }
  }

  /** Lets the first one poll a project, and become the leader again before it can store what it found. */
  async function takeOverWhilePolling(beforeItIsStored = () => {}) {
    const { sharing, store } = first.services
    let answer = Promise.resolve<Answer | null>(null)
    await holdHead(store, async () => {
      answer = first.call("GET", apiUrls.peerings(seededIds.payments))
      const lists = () => first.asked("GET", `/${seededIds.payments}/peers`)
      await expect.poll(lists, { timeout: 10_000 }).toBeGreaterThanOrEqual(providerNames.length)
      await sharing?.renew()
      await loseTheLeadForAMoment()
      beforeItIsStored()
    })
    return PeeringList.parse((await answer)?.json()).peerings.length
  }

  test("GET /peerings returns every connection at the first request", async () => {
    const peers = first.simulator.state().projects.find(({ id }) => id === seededIds.payments)?.peers
    expect(await takeOverWhilePolling()).toBe(peers?.length)
  })

  test("a page loses no connection that exists", async () => {
    const page = await first.stream([seededIds.payments])
    await page.next("snapshot")
    await takeOverWhilePolling()
    await page.next("watch")
    expect(page.messages.filter(({ event }) => event === "gone")).toEqual([])
    expect(readPage(page)).toHaveLength(first.services.pollers.live.list(seededIds.payments).peerings.length)
  })

  test("a server stores what it found although storing took longer than the request waited", async () => {
    const found = await takeOverWhilePolling(() => first.clock.advance(250))
    const stored = () =>
      first.services.store.db
        .selectFrom("peering")
        .select("id")
        .where("project_id", "=", seededIds.payments)
        .execute()
    await expect.poll(stored).toHaveLength(found)
    expect(first.services.pollers.live.list(seededIds.payments).peerings).toHaveLength(found)
  })
})

describe("a late answer of Atlas", () => {
  test("a page does not show a list that was requested before another server stored a newer one", async () => {
    const id = await create(first, "payments-vpc")
    await pollAtSecond()
    const page = await first.stream([projectId])
    await page.next("snapshot")
    // Atlas read what it answers before the delay.
    const results = await first.services.atlas.listPeers(projectId, "GCP")
    const body = { links: [], results, totalCount: results.length }
    first.simulator.addFault({ match: lists, fault: { delayMs: 1_500, status: 200, body }, times: 1 })
    const late = first.services.pollers.of(projectId, "GCP").poll(0)
    await expect.poll(() => first.simulator.faults()).toEqual([])
    first.simulator.advance(40)
    await pollAtSecond()
    const changed = await page.next("peering", (peering) => peering.id === id)
    expect(changed.history.map(({ status }) => status)).toEqual(["ADDING_PEER", "WAITING_FOR_USER"])
    await late
    const states = page.messages.flatMap((message) =>
      message.event === "peering" ? [message.data.history.at(-1)?.status] : [],
    )
    expect(states).toEqual(["WAITING_FOR_USER"])
  })
})
