import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { CreateIntent } from "./create-intents.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

const key = "a-key-made-once-per-form"

/** A SQLite file has one process, so that one that is gone sends no more; on PostgreSQL nobody can tell. */
const takenOver = { sqlite: true, postgres: false } as const

describe.each(dialects)("over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let desk: TestingDesk
  const others: TestingDesk[] = []
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    const environment: Record<string, string> = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }
    desk = await openTestingDesk({ environment })
  })
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close()
    await desk.close()
  })

  /** Another process over the same data, which begins with its work. */
  async function startAnother(): Promise<TestingDesk> {
    const other = await openTestingDesk({ beside: desk })
    others.push(other)
    other.services.reconciler.start()
    return other
  }

  const posts = () => desk.asked("POST", "/peers")
  const find = () => desk.services.intents.find({ projectId, key })
  const failPost = (fault: object) =>
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault, times: 1 })
  const failLists = () =>
    desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 } })

  async function list(at = desk): Promise<PeeringList> {
    return PeeringList.parse((await at.call("GET", apiUrls.peerings(projectId))).json())
  }

  /** Sends one whose answer is lost, and waits for what the person is told. */
  async function loseOne(fault: object): Promise<Answer> {
    failPost(fault)
    const answer = desk.create(projectId, requests.GCP)
    for (const delayMs of [1_000, 3_000]) {
      await desk.clock.untilWaiting(delayMs)
      desk.clock.advance(delayMs)
    }
    return await answer
  }

  /** Lets time pass in which open creates are looked up. */
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 5) {
      await desk.clock.untilWaiting(5_000)
      desk.clock.advance(5_000)
    }
  }

  /** Until it is settled so, however many more looks that takes. */
  async function untilSettled(state: CreateIntent["state"]): Promise<void> {
    await vi.waitFor(
      async () => {
        if ((await find())?.state !== state) desk.clock.advance(5_000)
        expect((await find())?.state).toBe(state)
      },
      { timeout: 5_000, interval: 100 },
    )
  }

  /** What a process leaves behind that is killed before it sends, or after. */
  async function leaveBehind(sent: boolean): Promise<void> {
    const { audit, intents } = desk.services
    const claim = { projectId, key, body: requests.GCP, knownBefore: [] }
    const bodyHash = toContentHash({ request: requests.GCP, reason: "Orders move to Atlas" })
    const { intent } = await intents.claim({ ...claim, userKey: await ownKey(), bodyHash })
    if (!sent) return
    const attempt = { actor: null, address: null, action: "peering-create", projectId } as const
    await audit.attempt(
      { ...attempt, peeringId: null, reason: null, request: requests.GCP, before: null },
      async (sequence, transaction) => void (await intents.noteAttempt(intent, sequence, transaction)),
    )
  }

  /** What was sent reaches Atlas, and no answer comes back. Resolves with the connection's id. */
  async function arrive(): Promise<unknown> {
    return (await desk.services.atlas.createPeer(projectId, requests.GCP))["id"]
  }

  async function ownKey(): Promise<string> {
    const { user } = (await desk.call("GET", apiUrls.session())).json() as {
      user: { issuer: string; subject: string }
    }
    return `${user.issuer}\n${user.subject}`
  }

  async function readOutcomes(): Promise<(string | null)[]> {
    const rows = await readRows(desk.services.store)
    return rows.filter(({ action }) => action === "peering-create").map(({ outcome }) => outcome)
  }

  async function sendWhatWasLeftBehind(): Promise<Answer> {
    await leaveBehind(false)
    desk.clock.advance(100)
    const next = await openTestingDesk({ beside: desk })
    others.push(next)
    const answer = next.create(projectId, requests.GCP)
    for (const delayMs of takenOver[dialect] ? [1_000, 3_000] : []) {
      await desk.clock.untilWaiting(delayMs)
      desk.clock.advance(delayMs)
    }
    return await answer
  }

  test(`what a killed server was sending is ${takenOver[dialect] ? "taken over at once" : "waited for, since another may be sending it"}`, async () => {
    expect(readVerdict(await sendWhatWasLeftBehind())).toBe(
      takenOver[dialect] ? "504 outcome_unknown" : "409 still_running",
    )
    expect((await find())?.state).toBe(takenOver[dialect] ? "not-created" : "sending")
    expect(posts()).toBe(0)
    expect((await desk.create(projectId, requests.GCP)).status).toBe(takenOver[dialect] ? 201 : 409)
  })

  test("a create whose request was lost is being checked for 30 s, and then known not to be", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const at = expect.any(String) as string
    const open = { key, request: requests.GCP, state: "being-checked", at }
    expect((await list()).creates).toEqual([open])
    const stream = await desk.stream([projectId])
    expect((await stream.next("snapshot")).creates).toEqual([open])

    await pass(30)
    await untilSettled("not-created")
    expect((await stream.next("creates")).creates).toEqual([{ ...open, state: "not-created" }])
    expect(posts()).toBe(1)
    expect(await readOutcomes()).toEqual([null, "unknown", "failed"])

    const again = await desk.create(projectId, requests.GCP)
    expect(again.status).toBe(201)
    expect(posts()).toBe(2)
    expect((await stream.next("creates")).creates).toEqual([])
    expect((await list()).creates).toBeUndefined()
  })

  test("a create whose answer was lost is found as soon as Atlas lists it, without a person", async () => {
    await list()
    failLists()
    expect(readVerdict(await loseOne({ cut: "after" }))).toBe("504 outcome_unknown")
    await pass(60)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("created")
    expect(await readOutcomes()).toEqual([null, "unknown", "done"])
    const { peerings, creates } = await list()
    expect(peerings).toHaveLength(1)
    expect(creates).toBeUndefined()
    expect(Peering.parse((await desk.create(projectId, requests.GCP)).json())).toEqual(peerings[0])
    expect(posts()).toBe(1)
  })

  test("what another form made is not taken for one whose answer was lost", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const other = await desk.create(projectId, requests.GCP, "another-key-of-another-form")
    expect(other.status).toBe(201)
    await pass(30)
    await untilSettled("not-created")
    expect((await find())?.peeringId).toBeNull()
    expect(await readOutcomes()).toEqual([null, "unknown", null, "done", "failed"])
  })

  test("as long as Atlas's list fails, nothing is said to be not created", async () => {
    await list()
    failLists()
    await loseOne({ cut: "before" })
    await pass(300)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("not-created")
  })

  test("one that arrives after it was given up is found when it is sent again, and not sent", async () => {
    await loseOne({ cut: "before" })
    await pass(30)
    await untilSettled("not-created")
    const lateId = await arrive()
    desk.clock.advance(2_000)
    const again = await desk.create(projectId, requests.GCP)
    expect(Peering.parse(again.json()).id).toBe(lateId)
    expect(posts()).toBe(2)
    expect((await find())?.state).toBe("created")
  })

  test("what a killed process had sent is found by the next one within a minute", async () => {
    await leaveBehind(true)
    const madeId = await arrive()
    const next = await startAnother()
    expect(readVerdict(await next.create(projectId, requests.GCP))).toBe("409 still_running")
    await pass(25)
    await untilSettled("created")
    expect((await find())?.peeringId).toBe(madeId)
    expect((await next.create(projectId, requests.GCP)).status).toBe(201)
    expect(posts()).toBe(1)
  })

  test("what a killed process had sent in vain is known not to be within a minute", async () => {
    await leaveBehind(true)
    const next = await startAnother()
    const stream = await next.stream([projectId])
    await pass(20)
    await untilSettled("not-created")
    for (const state of ["being-checked", "not-created"])
      await stream.next("creates", ({ creates }) => creates[0]?.state === state)
    expect(await readOutcomes()).toEqual([null, "failed"])
    expect((await next.create(projectId, requests.GCP)).status).toBe(201)
  })

  test("what a killed process had not sent is known not to be by the first look", async () => {
    await leaveBehind(false)
    await startAnother()
    await pass(25)
    await untilSettled("not-created")
    expect(posts()).toBe(0)
  })

  test("several processes share the work: each open create is settled once, and audited once", async () => {
    await leaveBehind(true)
    await arrive()
    const processes = [await startAnother(), await startAnother(), await startAnother()]
    await pass(40)
    await untilSettled("created")
    expect((await readOutcomes()).filter((outcome) => outcome === "done")).toHaveLength(1)
    for (const process of processes) {
      await vi.waitFor(async () => {
        desk.clock.advance(5_000)
        expect((await list(process)).creates).toBeUndefined()
      })
    }
  })

  test("without its audit row nothing is sent, and the same key may try again", async () => {
    const attempt = desk.services.audit.attempt.bind(desk.services.audit)
    desk.services.audit.attempt = () => Promise.reject(new Error("the disk is full"))
    expect(readVerdict(await desk.create(projectId, requests.GCP))).toBe("500 internal_error")
    expect(posts()).toBe(0)
    desk.services.audit.attempt = attempt
    expect((await desk.create(projectId, requests.GCP)).status).toBe(201)
    expect(await readOutcomes()).toEqual([null, "done"])
  })

  test("what can't be written down after it was made is answered as it is, and written down later", async () => {
    const settle = desk.services.intents.settle.bind(desk.services.intents)
    desk.services.intents.settle = () => Promise.reject(new Error("the disk is full"))
    expect((await desk.create(projectId, requests.GCP)).status).toBe(201)
    desk.services.intents.settle = settle
    await untilSettled("created")
    expect(posts()).toBe(1)
  })
})
