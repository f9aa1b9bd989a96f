import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { CreateIntent } from "./create-intent.ts"
import { claim, markSent } from "./create-states.ts"
import { usualTiming } from "./reconcile-timing.ts"
import { passLookUps } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

const { pollEveryMs, proveEveryMs } = usualTiming
const key = "a-key-made-once-per-form"

/** An SQLite file has one process, so intents of an earlier one are orphaned at once. PostgreSQL may serve several. */
const takenOver = { sqlite: true, postgres: false } as const

describe.each(dialects)("CreateReconciler over %s", (dialect) => {
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

  /** Starts another process over the same data. */
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

  /** Sends a create whose answer is lost, and returns what the person gets. */
  async function loseOne(fault: object): Promise<Answer> {
    failPost(fault)
    return await passLookUps(desk, desk.create(projectId, requests.GCP))
  }

  /** Resolves as soon as one of these pauses has begun, with its length. */
  async function untilPause(...pausesMs: number[]): Promise<number> {
    const untilWaiting = async (ms: number) => {
      await desk.clock.untilWaiting(ms)
      return ms
    }
    return await Promise.race(pausesMs.map(untilWaiting))
  }

  /** Advances the clock from pause to pause while open creates are looked up. */
  async function pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds * 1_000;) {
      const pauseMs = await untilPause(proveEveryMs, pollEveryMs)
      desk.clock.advance(pauseMs)
      passed += pauseMs
    }
  }

  /** Advances the clock until the create is settled in this state. */
  async function untilSettled(state: CreateIntent["state"]): Promise<void> {
    await vi.waitFor(
      async () => {
        // No time passes during a look at the lists, which would be old at once.
        const isPausing = desk.clock.waiting().some((ms) => ms === proveEveryMs || ms === pollEveryMs)
        if ((await find())?.state !== state && isPausing) desk.clock.advance(pollEveryMs)
        expect((await find())?.state).toBe(state)
      },
      { timeout: 20_000, interval: 100 },
    )
  }

  /** Advances the clock second by second, with a list in each, until the create is settled. */
  async function passUntilSettled(mostSeconds: number): Promise<void> {
    const isOpen = async () => ["sending", "unknown"].includes((await find())?.state ?? "")
    const list = async () => await desk.services.pollers.of(projectId, "GCP").poll(0)
    await list()
    for (let second = 0; second < mostSeconds && (await isOpen()); second += 1) {
      desk.clock.advance(1_000)
      await list()
    }
  }

  /** Leaves behind what a process does that is killed before it sends, or after. */
  async function leaveBehind(sent: boolean, ofKey = key, ofProject = projectId): Promise<CreateIntent> {
    const body = requests.GCP
    const bodyHash = toContentHash({ request: body, reason: "Orders move to Atlas" })
    const userKey = await ownKey()
    const form = { projectId: ofProject, key: ofKey, userKey, body, bodyHash }
    const intent = await claim(desk.services, { ...form, knownBefore: [], replaces: null })
    if (intent === null) throw new Error("the key is taken")
    if (!sent) return intent
    const who = { actor: null, address: null, reason: null } as const
    const what = { action: "peering-create", projectId: ofProject, request: body } as const
    return await markSent(desk.services, intent, { ...who, ...what, peeringId: null, before: null })
  }

  /** Lets the request reach Atlas without an answer. Returns the peering's id. */
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

  async function sendAfterKill(): Promise<Answer> {
    await leaveBehind(false)
    desk.clock.advance(100)
    const next = await openTestingDesk({ beside: desk })
    others.push(next)
    const answer = next.create(projectId, requests.GCP)
    return await (takenOver[dialect] ? passLookUps(desk, answer) : answer)
  }

  test(`POST /peerings after a kill ${takenOver[dialect] ? "takes the create over at once" : "returns 409 while another process may be sending it"}`, async () => {
    expect(readVerdict(await sendAfterKill())).toBe(
      takenOver[dialect] ? "504 outcome_unknown" : "409 still_running",
    )
    expect((await find())?.state).toBe(takenOver[dialect] ? "not-created" : "sending")
    expect(posts()).toBe(0)
    expect((await desk.create(projectId, requests.GCP)).status).toBe(takenOver[dialect] ? 201 : 409)
  })

  test("shows a create whose request was lost as being checked for 25 s, then as not created", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const at = expect.any(String) as string
    const open = { key, request: requests.GCP, state: "being-checked", at }
    expect((await list()).creates).toEqual([open])
    const stream = await desk.stream([projectId])
    expect((await stream.next("snapshot")).creates).toEqual([open])

    // Four seconds have passed since it was sent.
    await pass(20)
    expect((await find())?.state).toBe("unknown")
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

  test("settles a create whose answer was lost when the clock is set back an hour", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    desk.clock.step(-3_600_000)
    await untilSettled("not-created")
  })

  test("settles a create whose answer was lost while another answer is lost every three seconds", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const other = await leaveBehind(true, "a-key-made-for-another-form")
    for (let second = 0; second < 60; second += 3) {
      await desk.clock.untilWaiting(pollEveryMs)
      desk.clock.advance(3_000)
      desk.services.reconciler.track(other)
    }
    await expect.poll(async () => (await find())?.state).toBe("not-created")
  })

  test("settles a create within a minute while Atlas answers nothing about another project", async () => {
    await loseOne({ cut: "before" })
    desk.services.reconciler.track(await leaveBehind(true, "another-key", seededIds.payments))
    const isSlow = { match: { method: "GET", path: seededIds.payments }, fault: { delayMs: 600_000 } }
    desk.simulator.addFault(isSlow)
    await passUntilSettled(60)
    expect((await find())?.state).toBe("not-created")
  })

  test("settles what a killed process had sent when the clock is set back an hour", async () => {
    await leaveBehind(true)
    desk.clock.step(-3_600_000)
    await startAnother()
    await untilSettled("not-created")
    expect(posts()).toBe(0)
  })

  test("finds a create whose answer was lost as soon as Atlas lists it, without a person", async () => {
    await list()
    failLists()
    expect(readVerdict(await loseOne({ cut: "after" }))).toBe("504 outcome_unknown")
    await pass(60)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("created")
    // The audit row and the list follow the state.
    await vi.waitFor(
      async () => {
        expect(await readOutcomes()).toEqual([null, "unknown", "done"])
        expect((await list()).creates).toBeUndefined()
      },
      { timeout: 20_000 },
    )
    const { peerings } = await list()
    expect(peerings).toHaveLength(1)
    expect(Peering.parse((await desk.create(projectId, requests.GCP)).json())).toEqual(peerings[0])
    expect(posts()).toBe(1)
  })

  test("does not match the peering of another form to a create whose answer was lost", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const other = await desk.create(projectId, requests.GCP, "another-key-of-another-form")
    expect(other.status).toBe(201)
    await untilSettled("not-created")
    expect((await find())?.peeringId).toBeNull()
    expect(await readOutcomes()).toEqual([null, "unknown", null, "done", "failed"])
  })

  test("calls nothing not created while Atlas's list fails", async () => {
    await list()
    failLists()
    await loseOne({ cut: "before" })
    await pass(300)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("not-created")
  })

  test("POST /peerings finds a request that reached Atlas after it was given up, and sends nothing", async () => {
    await loseOne({ cut: "before" })
    await untilSettled("not-created")
    const lateId = await arrive()
    desk.clock.advance(2_000)
    const again = await desk.create(projectId, requests.GCP)
    expect(Peering.parse(again.json()).id).toBe(lateId)
    expect(posts()).toBe(2)
    expect((await find())?.state).toBe("created")
  })

  test("POST /peerings returns the late peering when Atlas refuses the second request as its duplicate", async () => {
    await loseOne({ cut: "before" })
    await untilSettled("not-created")
    const lateId = await arrive()
    // The clock does not move, so the last list without the peering is fresh and the request is sent.
    const again = await desk.create(projectId, requests.GCP)
    expect(Peering.parse(again.json()).id).toBe(lateId)
    expect(posts()).toBe(3)
    expect(await find()).toMatchObject({ state: "created", peeringId: lateId })
    expect(await readOutcomes()).toEqual([null, "unknown", "failed", null, "refused", "done"])
  })

  test("finds within a minute what a killed process had sent", async () => {
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

  test("settles as not created within a minute what a killed process had sent in vain", async () => {
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

  test("proves on where a killed process stopped, from the moment the answer was lost", async () => {
    await loseOne({ cut: "before" })
    await pass(20)
    desk.services.reconciler.stop()
    desk.clock.advance(usualTiming.releasedAfterMs)
    await startAnother()
    const startedAt = desk.clock.elapsed()
    await untilSettled("not-created")
    expect(desk.clock.elapsed() - startedAt).toBeLessThanOrEqual(12_000)
    expect(await readOutcomes()).toEqual([null, "unknown", "failed"])
  })

  test("settles as not created at the first poll what a killed process had not sent", async () => {
    await leaveBehind(false)
    await startAnother()
    await pass(25)
    await untilSettled("not-created")
    expect(posts()).toBe(0)
  })

  test("settles and audits each open create once, although several processes share the work", async () => {
    await leaveBehind(true)
    await arrive()
    const processes = [await startAnother(), await startAnother(), await startAnother()]
    await pass(40)
    await untilSettled("created")
    expect((await readOutcomes()).filter((outcome) => outcome === "done")).toHaveLength(1)
    for (const process of processes) {
      await vi.waitFor(
        async () => {
          desk.clock.advance(pollEveryMs)
          expect((await list(process)).creates).toBeUndefined()
        },
        { timeout: 20_000 },
      )
    }
  })

  test("settles a create although a person keeps asking about it at every process in turn", async () => {
    const other = await startAnother()
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    for (let asked = 0; asked < 12 && (await find())?.state === "unknown"; asked += 1) {
      await passLookUps(desk, (asked % 2 === 0 ? other : desk).create(projectId, requests.GCP))
      await pass(5)
    }
    // Whoever asks after that sends it again.
    expect((await readOutcomes()).slice(0, 3)).toEqual([null, "unknown", "failed"])
  })

  test("completes the attempt that made the peering, not the one that a lookup had read of", async () => {
    await startAnother()
    await loseOne({ cut: "before" })
    const before = await find()
    await untilSettled("not-created")
    await list()
    failLists()
    await loseOne({ cut: "after" })
    desk.simulator.clearFaults()
    const elsewhere = await openTestingDesk({ beside: desk })
    others.push(elsewhere)
    if (before === null) throw new Error("there is no create")
    await elsewhere.services.reconciler.lookUp(before)
    await untilSettled("created")
    const rows = (await readRows(desk.services.store)).filter(({ action }) => action === "peering-create")
    const attempts = rows.filter(({ kind }) => kind === "attempt").map(({ sequence }) => sequence)
    const made = rows.filter(({ outcome }) => outcome === "done").map((row) => row.attemptSequence)
    expect(made).toEqual([attempts.at(-1)])
  })

  test("POST /peerings sends nothing without its audit row, and the same key may try again", async () => {
    const attempt = desk.services.audit.attempt.bind(desk.services.audit)
    desk.services.audit.attempt = () => Promise.reject(new Error("the disk is full"))
    expect(readVerdict(await desk.create(projectId, requests.GCP))).toBe("500 internal_error")
    expect(posts()).toBe(0)
    desk.services.audit.attempt = attempt
    expect((await desk.create(projectId, requests.GCP)).status).toBe(201)
    expect(await readOutcomes()).toEqual([null, "done"])
  })

  test("POST /peerings answers 201 when the outcome can't be written, and it is written later", async () => {
    const { intents } = desk.services
    const move = intents.move.bind(intents)
    intents.move = (intent, step, ...more) =>
      step.to === "created" ? Promise.reject(new Error("the disk is full")) : move(intent, step, ...more)
    expect((await desk.create(projectId, requests.GCP)).status).toBe(201)
    intents.move = move
    await untilSettled("created")
    expect(posts()).toBe(1)
  })
})
