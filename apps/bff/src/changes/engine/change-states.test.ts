import type { Transaction } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { PeeringWriter } from "#polling/peering-writer.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { openAuditLog, peeringCreate, readRows } from "#test/support/audit-log.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { pollPeerings } from "#test/support/store-peerings.ts"
import { storeAbsence } from "./absence.ts"
import { ChangeRows } from "./change-rows.ts"
import { abandon, claim, claimAgain, claimSent, hold, markSent, type ChangeRecords } from "./change-states.ts"
import { markUnknown, settleAnswered, settleFailed, settleFound, settleGuess } from "./settle-change.ts"
import { toChangeId, type StoredChange } from "./stored-change.ts"

const about = {
  kind: "peering-create",
  projectId: "5fbcdf7ad0cdd06f36a1d66e",
  subject: "a-key-made-once-per-form",
} as const
const change = {
  ...about,
  id: toChangeId(about),
  plan: { request: { networkName: "payments-vpc" } },
  before: null as object | null,
  userKey: "nadia",
  held: null,
} as const
const cloud = { projectId: change.projectId, providerName: "GCP" } as const
const made = { after: { id: "p-1" }, peeringId: "p-1" }
const answer = { ...made, answerCode: "201" }
const failures: Record<string, AppError> = {
  refused: new AppError("atlas_refused", { atlas: { status: 409, errorCode: "X", detail: null } }),
  unknown: new AppError("outcome_unknown"),
  failed: new AppError("atlas_unreachable"),
}

/** Calls something 20 times at once and returns the results that are neither null nor an error. */
async function race<T>(call: (index: number) => Promise<T | null>): Promise<T[]> {
  const results = await Promise.all(Array.from({ length: 20 }, (_, index) => call(index).catch(() => null)))
  return results.flatMap((result) => result ?? [])
}

describe.each(dialects)("states of a change over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let records: ChangeRecords
  /** A second process over the same database. */
  let others: ChangeRecords

  const openRecords = (opened: Store): ChangeRecords => ({
    store: opened,
    audit: openAuditLog(opened, database.clock),
    changeRows: new ChangeRows({ store: opened, clock: database.clock, processId: null }),
  })
  const alternate = (index: number) => (index % 2 === 0 ? records : others)
  const find = () => records.changeRows.find(change.id)
  const readOutcomes = async () => (await readRows(store)).map(({ kind, outcome }) => outcome ?? kind)

  async function claimNew(id: string = change.id): Promise<StoredChange> {
    const claimed = await claim(records, { ...change, id, subject: id })
    if (claimed === null) throw new Error("The id was taken before")
    return claimed
  }
  const send = async (id?: string) => await markSent(records, await claimNew(id), peeringCreate)
  const settleAs = (sent: StoredChange, state: string) =>
    state === "done"
      ? settleAnswered(records, sent, answer)
      : settleFailed(records, sent, failures[state] ?? new AppError("internal_error"))

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    records = openRecords(store)
    others = openRecords(await database.open())
  })

  test("claim lets one of 20 callers win", async () => {
    const winners = await race((index) => claim(alternate(index), change))
    expect(winners).toEqual([await records.changeRows.findByKey(change.projectId, change.subject)])
  })

  test("claimSent lets one of 20 callers win, with the only audit row", async () => {
    const winners = await race((index) => claimSent(alternate(index), change, peeringCreate))
    expect(winners).toEqual([expect.objectContaining({ state: "sent", attemptSequence: 1 })])
    expect(await readOutcomes()).toEqual(["attempt"])
  })

  test("claimSent takes no id when the audit row can't be written", async () => {
    const unwritable = { ...peeringCreate, action: null as never }
    await expect(claimSent(records, change, unwritable)).rejects.toThrow(/not.null/i)
    expect(await find()).toBeNull()
    expect(await readOutcomes()).toEqual([])
  })

  test.each([
    [["done"], true],
    [["refused"], true],
    [["failed"], true],
    [["unknown", "done"], true],
    [["unknown", "failed"], true],
    [["unknown", "refused"], true],
    [["failed", "done"], true],
    [["unknown", "unknown"], false],
    [["done", "unknown"], false],
    [["done", "failed"], false],
    [["done", "done"], false],
    [["refused", "done"], false],
    [["refused", "failed"], false],
  ])("an answer that settles a change as %j moves it with the last step: %s", async (states, moves) => {
    const sent = await send()
    const settled: boolean[] = []
    for (const state of states) settled.push(await settleAs(sent, state))
    expect(settled.at(-1)).toBe(moves)
    const last = (moves ? states.at(-1) : states.at(-2)) ?? ""
    expect(await find()).toMatchObject({
      state: last,
      peeringId: last === "done" ? "p-1" : null,
      problem: last === "done" ? null : { code: failures[last]?.code },
    })
    // The audit log gets each answer of Atlas, but a lost answer only as the first outcome.
    const written = states.filter((state, number) => state !== "unknown" || number === 0)
    expect(await readOutcomes()).toEqual(["attempt", ...written])
  })

  test.each(["refused", "failed"])("claimAgain of a %s change succeeds for one caller", async (state) => {
    const sent = await send()
    await expect(claimAgain(records, sent)).rejects.toMatchObject({ code: "still_running" })
    await settleAs(sent, state)
    const claims = await race((index) => claimAgain(alternate(index), sent))
    expect(claims).toEqual([
      expect.objectContaining({ state: "ready", problem: null, attemptSequence: null }),
    ])
  })

  test("markSent succeeds once, and never after the change was given up", async () => {
    const claimed = await claimNew()
    expect(await race((index) => markSent(alternate(index), claimed, peeringCreate))).toHaveLength(1)
    expect(await readOutcomes()).toEqual(["attempt"])
    const other = await claimNew("another")
    await abandon(others, other, new AppError("outcome_unknown"))
    await expect(markSent(records, other, peeringCreate)).rejects.toMatchObject({ code: "still_running" })
    await expect(hold(records, other)).rejects.toMatchObject({ code: "still_running" })
    expect(await readOutcomes()).toEqual(["attempt"])
  })

  test("hold stores what is known by now of the thing before", async () => {
    const before = { container: { id: "64b1f0a27c3d5e4f8a9b0d00" } }
    await hold(records, await claimNew(), { before })
    expect((await find())?.before).toEqual(before)
  })

  test("settleFound gives one connection to one of several changes", async () => {
    const sent: StoredChange[] = []
    for (let number = 0; number < 5; number += 1) sent.push(await send(`form-${number}`))
    const settled = []
    await pollPeerings(store, { ...cloud, id: "p-1", at: 1, afterAt: null, raw: { id: "p-1" } })
    const writer = new PeeringWriter(store, { readLastPoll: () => Promise.resolve(null) })
    const writeWith = async (transaction: Transaction<Tables>) => {
      await writer.storeCreator(transaction, cloud, "p-1", "nadia")
      return false
    }
    for (const one of sent) settled.push(await settleFound(records, one, { ...made, writeWith }))
    expect(settled).toEqual([true, false, false, false, false])
    expect((await readOutcomes()).filter((outcome) => outcome === "done")).toHaveLength(1)
  })

  test("settleAnswered calls a create failed that a look matched to the connection of this one", async () => {
    const [asked, matched] = [await send("asked"), await send("matched")]
    await markUnknown(records, [asked, matched])
    await pollPeerings(store, { ...cloud, id: "p-1", at: 1, afterAt: null, raw: { id: "p-1" } })
    const writer = new PeeringWriter(store, { readLastPoll: () => Promise.resolve(null) })
    await settleFound(others, matched, {
      ...made,
      async writeWith(transaction) {
        await writer.storeCreator(transaction, cloud, "p-1", "the person of the matched one")
        return false
      },
    })
    const ours = { cloud, raw: { id: "p-1" }, since: 0, at: 2, createdBy: "nadia" }
    const writeWith = (transaction: Transaction<Tables>) => writer.storeAnswer(transaction, ours)
    expect(await settleAnswered(records, asked, { ...answer, writeWith })).toBe(true)
    expect(await records.changeRows.find("asked")).toMatchObject({ state: "done", peeringId: "p-1" })
    expect(await records.changeRows.find("matched")).toMatchObject({ state: "failed", peeringId: null })
    expect(await readOutcomes()).toEqual(["attempt", "attempt", "done", "done", "failed"])
    const row = await store.db.selectFrom("peering").select("created_by").executeTakeFirstOrThrow()
    expect(row.created_by).toBe("nadia")
  })

  test("settleFound for an earlier attempt completes that attempt's audit row", async () => {
    const earlier = await send()
    await markUnknown(records, [earlier])
    await settleGuess(records, earlier, "failed")
    const again = await claimAgain(records, earlier)
    await settleFound(records, again, made, { attempt: earlier.attemptSequence })
    expect(await find()).toMatchObject({ state: "done", peeringId: "p-1" })
    expect(await readOutcomes()).toEqual(["attempt", "failed", "done"])
  })

  test("settleFound and settleGuess change nothing once the change was sent again", async () => {
    const earlier = await send()
    await settleAs(earlier, "failed")
    const again = await markSent(records, await claimAgain(records, earlier), peeringCreate)
    await markUnknown(records, [again])
    expect(await settleFound(others, earlier, made)).toBe(false)
    expect(await settleGuess(others, earlier, "failed")).toBe(false)
    expect((await find())?.state).toBe("unknown")
  })

  test("settleAnswered writes nothing when what the change made can't be stored", async () => {
    const sent = await send()
    const writeWith = () => Promise.reject<boolean>(new Error("the disk is full"))
    await expect(settleAnswered(records, sent, { ...answer, writeWith })).rejects.toThrow("the disk is full")
    expect(await find()).toMatchObject({ state: "sent", peeringId: null })
    expect(await readOutcomes()).toEqual(["attempt"])
    expect(await settleAnswered(records, sent, answer)).toBe(true)
  })

  test("markUnknown gives up what was not sent, and leaves alone what has an outcome", async () => {
    const [unsent, sent, done] = [await claimNew("unsent"), await send("sent"), await send("done")]
    await settleAs(done, "done")
    const marked = await markUnknown(records, [unsent, sent, done])
    expect(marked.map(({ id, state }) => [id, state])).toEqual([
      ["unsent", "failed"],
      ["sent", "unknown"],
    ])
    expect((await records.changeRows.listOpen()).map(({ id }) => id)).toEqual(["sent"])
  })

  test("storeAbsence counts a time once when two processes counted it, and a new attempt begins at nothing", async () => {
    const sent = await send()
    await markUnknown(records, [sent])
    const readOpen = async () => {
      const [open] = await records.changeRows.listOpen()
      if (open === undefined) throw new Error("No change is open")
      return open
    }
    const read = await readOpen()
    const absence = { ms: 4_000, looks: 1, isMixed: false }
    const store20 = (at: typeof read) =>
      race(async (index) => {
        const isStored = await step(alternate(index).store, ({ transaction }) =>
          storeAbsence(transaction, at, { ...absence, ms: at.absence === null ? 4_000 : 8_000 }),
        )
        return isStored ? true : null
      })
    expect(await store20(read)).toHaveLength(1)
    expect((await readOpen()).absence).toEqual(absence)
    expect(await store20(read)).toHaveLength(0)
    expect(await store20(await readOpen())).toHaveLength(1)
    await settleGuess(records, sent, "failed")
    const again = await markSent(records, await claimAgain(records, sent), peeringCreate)
    await markUnknown(records, [again])
    expect((await readOpen()).absence).toBeNull()
  })
})
