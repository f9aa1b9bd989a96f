import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { toContentHash } from "#base/content-hash.ts"
import { toDone } from "#changes/engine/change-kind.ts"
import { claim } from "#changes/engine/change-states.ts"
import { usualTiming } from "#changes/engine/look-up-timing.ts"
import { settleFound } from "#changes/engine/settle-change.ts"
import type { ChangeState } from "#changes/engine/stored-change.ts"
import { resumePolling } from "#polling/resume-polling.ts"
import { toChangeId } from "#changes/engine/stored-change.ts"
import { toCreate } from "./stored-create.ts"
import { passLookUps } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"

const { lookEveryMs, slowAfterMs } = usualTiming
const key = "a-key-made-once-per-form"

/** An SQLite file has one process, so creates of an earlier one are orphaned at once. PostgreSQL may serve several. */
const takenOver = { sqlite: true, postgres: false } as const

describe.each(dialects)("creates whose answer or server was lost, over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let desk: TestApp
  const others: TestApp[] = []
  beforeEach(async () => {
    const { databaseUrl } = await createDatabase()
    const environment: Record<string, string> = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }
    desk = await startTestApp({ environment })
    await startLooking(desk)
  })
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close()
    await desk.close()
  })

  async function startLooking({ services }: TestApp): Promise<void> {
    if (services.sharing !== null) await resumePolling(services)
    services.changeLookUps.start()
  }

  async function openAnother(): Promise<TestApp> {
    const other = await startTestApp({ beside: desk })
    others.push(other)
    return other
  }

  /** Lets another process over the same data take the lead over. */
  async function startAnother(opened?: TestApp): Promise<TestApp> {
    const other = opened ?? (await openAnother())
    for (const { services } of [desk, ...others].filter((one) => one !== other)) {
      services.changeLookUps.stop()
      await services.sharing?.stop()
    }
    await startLooking(other)
    return other
  }

  const posts = () => desk.asked("POST", "/peers")
  const find = () => desk.services.changeRows.findByKey(projectId, key)
  const failingLists = { match: { method: "GET", path: "/peers" }, fault: { status: 500 } }

  async function list(at = desk): Promise<PeeringList> {
    return PeeringList.parse((await at.call("GET", apiUrls.peerings(projectId))).json())
  }

  /**
   * Sends a create whose answer is lost, and returns what the person gets.
   * @param next a fault from the moment when Atlas has the request; what the desk reads before it must not fail
   */
  async function loseOne(fault: object, next?: object): Promise<Answer> {
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault, times: 1, next })
    const before = posts()
    const answer = desk.create(projectId, requests.GCP)
    await expect.poll(posts).toBe(before + 1)
    return await passLookUps(desk, answer)
  }

  /** Lets seconds pass, in each of which open creates may be looked up. */
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await Promise.race([desk.clock.untilWaiting(lookEveryMs), desk.clock.untilWaiting(slowAfterMs)])
      desk.clock.advance(1_000)
      for (const { services } of [desk, ...others]) await services.sharing?.renew()
      // Requests to Atlas take real time.
      for (let request = 0; request < 3; request += 1) await desk.call("GET", "/healthz")
    }
  }

  /** Lets seconds pass until the create is settled in this state, a minute at most. */
  async function untilSettled(state: ChangeState): Promise<void> {
    for (let second = 0; second < 60 && (await find())?.state !== state; second += 1) await pass(1)
    expect((await find())?.state).toBe(state)
  }

  /** Leaves behind what a process does that is killed before it sends, or after. */
  async function leaveBehind(sent: boolean, ofKey = key, ofProject = projectId): Promise<void> {
    const { changes } = desk.services
    const request = requests.GCP
    const bodyHash = toContentHash({ request, reason: "Orders move to Atlas" })
    const plan = { request, replaces: null, bodyHash }
    const before = { replaced: null, known: 0, container: null }
    const kind = desk.services.kinds["peering-create"]
    const create = {
      id: toChangeId({ kind: kind.action, projectId: ofProject, subject: ofKey }),
      kind: kind.action,
      projectId: ofProject,
      subject: ofKey,
      plan,
      before,
      userKey: await ownKey(),
      held: null,
    }
    const actor = { issuer: "", subject: "", name: "", email: null }
    const left = await (sent
      ? changes.claimSent(kind, create, { actor, address: null, reason: null })
      : claim(desk.services, create))
    if (left === null) throw new Error("the key is taken")
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
    const next = await startTestApp({ beside: desk })
    others.push(next)
    const answer = next.create(projectId, requests.GCP)
    return await (takenOver[dialect] ? passLookUps(desk, answer) : answer)
  }

  test(`POST /peerings after a kill ${takenOver[dialect] ? "takes the create over at once" : "returns 409 while another process may be sending it"}`, async () => {
    expect(readVerdict(await sendAfterKill())).toBe(
      takenOver[dialect] ? "504 outcome_unknown" : "409 still_running",
    )
    expect((await find())?.state).toBe(takenOver[dialect] ? "failed" : "ready")
    expect(posts()).toBe(0)
    expect((await desk.create(projectId, requests.GCP)).status).toBe(takenOver[dialect] ? 201 : 409)
  })

  test("shows a create whose request was lost as being checked for 25 s, then as not created", async () => {
    const begun = desk.clock.now()
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    const at = expect.any(String) as string
    const open = { key, request: requests.GCP, state: "being-checked", at }
    expect((await list()).creates).toEqual([open])
    const stream = await desk.stream([projectId])
    expect((await stream.next("snapshot")).creates).toEqual([open])

    while (desk.clock.now() < begun + 23_000) await pass(1)
    expect((await find())?.state).toBe("unknown")
    await untilSettled("failed")
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
    await untilSettled("failed")
  })

  test("settles a create whose answer was lost while another answer is lost every three seconds", async () => {
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    for (let second = 0; second < 60; second += 3) {
      await leaveBehind(true, `a-key-made-for-form-${second}`)
      await pass(3)
    }
    expect((await find())?.state).toBe("failed")
  })

  test("settles a create within a minute while Atlas answers nothing about another project", async () => {
    await loseOne({ cut: "before" })
    await leaveBehind(true, "another-key", seededIds.payments)
    const isSlow = { match: { method: "GET", path: seededIds.payments }, fault: { delayMs: 600_000 } }
    desk.simulator.addFault(isSlow)
    await untilSettled("failed")
    expect(await readOutcomes()).toEqual([null, "unknown", null, "failed"])
  })

  test("settles what a killed process had sent when the clock is set back an hour", async () => {
    await leaveBehind(true)
    desk.clock.step(-3_600_000)
    await startAnother()
    await untilSettled("failed")
    expect(posts()).toBe(0)
  })

  test("finds a create whose answer was lost as soon as Atlas lists it, without a person", async () => {
    await list()
    expect(readVerdict(await loseOne({ cut: "after" }, failingLists))).toBe("504 outcome_unknown")
    await pass(60)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("done")
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
    await untilSettled("failed")
    expect((await find())?.peeringId).toBeNull()
    expect(await readOutcomes()).toEqual([null, "unknown", null, "done", "failed"])
  })

  test("calls nothing not created while Atlas's list fails", async () => {
    await list()
    await loseOne({ cut: "before" }, failingLists)
    await pass(300)
    expect((await find())?.state).toBe("unknown")
    desk.simulator.clearFaults()
    await untilSettled("failed")
  })

  test("POST /peerings finds a request that reached Atlas after it was given up, and sends nothing", async () => {
    await loseOne({ cut: "before" })
    await untilSettled("failed")
    const lateId = await arrive()
    desk.clock.advance(2_000)
    const again = await desk.create(projectId, requests.GCP)
    expect(Peering.parse(again.json()).id).toBe(lateId)
    expect(posts()).toBe(2)
    expect((await find())?.state).toBe("done")
  })

  test("POST /peerings returns the late peering when Atlas refuses the second request as its duplicate", async () => {
    await loseOne({ cut: "before" })
    await untilSettled("failed")
    // No list is under way that could show what arrives.
    await desk.services.pollers.of(projectId, "GCP").poll(0)
    const lateId = await arrive()
    // The clock does not move, so the last list without the peering is fresh and the request is sent.
    const again = await desk.create(projectId, requests.GCP)
    expect(Peering.parse(again.json()).id).toBe(lateId)
    expect(posts()).toBe(3)
    expect(await find()).toMatchObject({ state: "done", peeringId: lateId })
    expect(await readOutcomes()).toEqual([null, "unknown", "failed", null, "refused", "done"])
  })

  test("finds within a minute what a killed process had sent", async () => {
    await leaveBehind(true)
    const madeId = await arrive()
    const next = await openAnother()
    expect(readVerdict(await next.create(projectId, requests.GCP))).toBe("409 still_running")
    await startAnother(next)
    await untilSettled("done")
    expect((await find())?.peeringId).toBe(madeId)
    expect((await next.create(projectId, requests.GCP)).status).toBe(201)
    expect(posts()).toBe(1)
  })

  test("settles as not created within a minute what a killed process had sent in vain", async () => {
    desk.services.changeLookUps.stop()
    await leaveBehind(true)
    const next = await openAnother()
    const stream = await next.stream([projectId])
    await stream.next("snapshot")
    await startAnother(next)
    await untilSettled("failed")
    for (const state of ["being-checked", "not-created"])
      await stream.next("creates", ({ creates }) => creates[0]?.state === state)
    expect(await readOutcomes()).toEqual([null, "failed"])
    expect((await next.create(projectId, requests.GCP)).status).toBe(201)
  })

  test("goes on with the proof that the leader before has begun", async () => {
    await list()
    await loseOne({ cut: "before" }, failingLists)
    // Long enough for the proof, and without the lists that it needs.
    await pass(30)
    await startAnother()
    expect((await find())?.state).toBe("unknown")
    const startedAt = desk.clock.elapsed()
    desk.simulator.clearFaults()
    await untilSettled("failed")
    expect(desk.clock.elapsed() - startedAt).toBeLessThan(usualTiming.certainAfterMs)
    expect(await readOutcomes()).toEqual([null, "unknown", "failed"])
  })

  test("settles as not created at the first poll what a killed process had not sent", async () => {
    await leaveBehind(false)
    await startAnother()
    await pass(25)
    await untilSettled("failed")
    expect(posts()).toBe(0)
  })

  test("settles and audits each open create once, although several processes share the work", async () => {
    await leaveBehind(true)
    await arrive()
    const processes = [await startAnother(), await startAnother(), await startAnother()]
    await pass(40)
    await untilSettled("done")
    expect((await readOutcomes()).filter((outcome) => outcome === "done")).toHaveLength(1)
    for (const process of processes) {
      // Over SQLite, which serves one process, no notice comes.
      await process.services.pollers.catchUp()
      expect((await list(process)).creates).toBeUndefined()
    }
  })

  test("settles a create although a person keeps asking about it at every process in turn", async () => {
    const other = await startAnother()
    expect(readVerdict(await loseOne({ cut: "before" }))).toBe("504 outcome_unknown")
    for (let asked = 0; asked < 12 && (await find())?.state === "unknown"; asked += 1) {
      let isAnswered = false
      const answer = (asked % 2 === 0 ? other : desk).create(projectId, requests.GCP)
      void answer.finally(() => (isAnswered = true))
      while (!isAnswered) await pass(1)
    }
    // Whoever asks after that sends it again.
    expect((await readOutcomes()).slice(0, 3)).toEqual([null, "unknown", "failed"])
  })

  test("completes the attempt that made the peering, not the one that a lookup had read of", async () => {
    await startAnother()
    await loseOne({ cut: "before" })
    const before = await find()
    await untilSettled("failed")
    await loseOne({ cut: "after" }, failingLists)
    desk.simulator.clearFaults()
    const elsewhere = await startTestApp({ beside: desk })
    others.push(elsewhere)
    const [made] = await desk.services.atlas.listPeers(projectId, "GCP")
    if (before === null || made === undefined) throw new Error("there is no create")
    const stale = toCreate(before)
    const found = { id: String(made["id"]), raw: made, since: null }
    const kind = elsewhere.services.kinds["peering-create"]
    expect(await settleFound(elsewhere.services, stale, toDone(kind, stale, found))).toBe(false)
    await untilSettled("done")
    const rows = (await readRows(desk.services.store)).filter(({ action }) => action === "peering-create")
    const attempts = rows.filter(({ kind }) => kind === "attempt").map(({ sequence }) => sequence)
    const done = rows.filter(({ outcome }) => outcome === "done").map((row) => row.attemptSequence)
    expect(done).toEqual([attempts.at(-1)])
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
    const { changeRows } = desk.services
    const move = changeRows.move.bind(changeRows)
    changeRows.move = (transaction, change, how, ...more) =>
      how.to === "done"
        ? Promise.reject(new Error("the disk is full"))
        : move(transaction, change, how, ...more)
    expect((await desk.create(projectId, requests.GCP)).status).toBe(201)
    changeRows.move = move
    await untilSettled("done")
    expect(posts()).toBe(1)
  })
})
