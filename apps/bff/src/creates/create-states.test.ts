import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { Store } from "#store/store.ts"
import { openAuditLog, peeringCreate, readRows } from "#test/support/audit-log.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import type { CreateIntent } from "./create-intent.ts"
import { CreateIntents } from "./create-intents.ts"
import {
  abandon,
  bindContainer,
  claim,
  claimAgain,
  claimSent,
  markSent,
  settleAbsent,
  settleAnswered,
  settleFailed,
  settleFound,
  hold,
  takeOver,
  takeOverAll,
  type CreateRecords,
} from "./create-states.ts"

const body: PeeringRequest = {
  providerName: "GCP",
  containerId: "507f1f77bcf86cd799439011",
  gcpProjectId: "acme-payments-prod-417203",
  networkName: "payments-vpc",
}
const input = {
  projectId: "5fbcdf7ad0cdd06f36a1d66e",
  key: "a-key-made-once-per-form",
  userKey: "https://issuer\nnadia",
  body,
  bodyHash: toContentHash(body),
  replaces: null,
  knownBefore: ["an-older-one"],
}
const peering = { id: "p-1", raw: { id: "p-1" } }
const refusal = new AppError("atlas_refused", { atlas: { status: 409, errorCode: "X", detail: null } })
const saveNothing = () => Promise.resolve()
const failures: Record<string, AppError> = {
  refused: refusal,
  unknown: new AppError("outcome_unknown"),
  "not-created": new AppError("atlas_unreachable"),
}

/** Calls something 20 times at once and returns the results that are neither null nor an error. */
async function race<T>(call: (index: number) => Promise<T | null>): Promise<T[]> {
  const results = await Promise.all(Array.from({ length: 20 }, (_, index) => call(index).catch(() => null)))
  return results.flatMap((result) => result ?? [])
}

describe.each(dialects)("create states over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let records: CreateRecords
  /** A second process over the same database. */
  let others: CreateRecords

  const openRecords = (opened: Store): CreateRecords => ({
    audit: openAuditLog(opened, database.clock),
    intents: new CreateIntents({ store: opened, clock: database.clock }),
  })
  const alternate = (index: number) => (index % 2 === 0 ? records : others)
  const find = () => records.intents.find(input)
  const settleAs = (intent: CreateIntent, state: string) =>
    state === "created"
      ? settleAnswered(records, intent, peering, saveNothing)
      : settleFailed(records, intent, failures[state] ?? refusal)

  async function claimNew(key = input.key): Promise<CreateIntent> {
    const claimed = await claim(records, { ...input, key })
    if (claimed === null) throw new Error("The key was claimed before")
    return claimed
  }
  const readOutcomes = async () => (await readRows(store)).map(({ kind, outcome }) => outcome ?? kind)

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    records = openRecords(store)
    others = openRecords(await database.open())
  })

  test("claim lets one of 50 callers win", async () => {
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) => claim(alternate(index), { ...input, userKey: String(index) })),
    )
    const winners = claims.filter((claimed) => claimed !== null)
    expect(winners).toEqual([await find()])
  })

  test("claimSent lets one of many callers win, with the only audit row", async () => {
    const callers = Array.from({ length: 20 }, (_, index) =>
      claimSent(alternate(index), input, peeringCreate),
    )
    const winners = (await Promise.all(callers)).filter((claimed) => claimed !== null)
    expect(winners).toEqual([await find()])
    expect(winners).toEqual([expect.objectContaining({ state: "sending", attemptSequence: 1 })])
    expect(await readOutcomes()).toEqual(["attempt"])
    expect(await claimSent(records, input, peeringCreate)).toBeNull()
    expect(await readOutcomes()).toEqual(["attempt"])
  })

  test("claimSent claims nothing when the audit row can't be written", async () => {
    const unwritable = { ...peeringCreate, action: null as never }
    await expect(claimSent(records, input, unwritable)).rejects.toThrow(/not.null/i)
    expect(await find()).toBeNull()
    expect(await readOutcomes()).toEqual([])
  })

  test("claim stores the intent as it was sent", async () => {
    await claim(records, input)
    expect(await others.intents.find(input)).toEqual({
      ...input,
      providerName: "GCP",
      state: "sending",
      peeringId: null,
      problem: null,
      attemptSequence: null,
      createdAt: database.clock.now(),
      updatedAt: database.clock.now(),
    })
    expect(await records.intents.find({ ...input, key: "another-key-altogether" })).toBeNull()
  })

  test("claim accepts the same key in another project", async () => {
    await claim(records, input)
    expect(await claim(records, { ...input, projectId: "5fbcdf7ad0cdd06f36a1d66f" })).not.toBeNull()
  })

  test.each([
    [["created"], true],
    [["refused"], true],
    [["not-created"], true],
    [["unknown", "created"], true],
    [["unknown", "not-created"], true],
    [["unknown", "refused"], true],
    [["unknown", "unknown"], false],
    [["created", "not-created"], false],
    [["created", "created"], false],
    [["refused", "created"], false],
    [["not-created", "refused"], false],
    [["not-created", "created"], false],
  ])("settling as %j has the last step possible: %s", async (states, possible) => {
    const intent = await claimNew()
    const settled = []
    for (const state of states) settled.push(await settleAs(intent, state))
    expect(settled.at(-1) !== null).toBe(possible)
    const last = (possible ? states.at(-1) : states.at(-2)) ?? ""
    expect(await find()).toMatchObject({
      state: last,
      peeringId: last === "created" ? "p-1" : null,
      problem: last === "created" ? null : { code: failures[last]?.code },
    })
  })

  test("settleAnswered succeeds for one of many callers", async () => {
    const intent = await claimNew()
    expect(
      await race((index) => settleAnswered(alternate(index), intent, peering, saveNothing)),
    ).toHaveLength(1)
  })

  test.each(["not-created", "refused"])(
    "claimAgain of a %s create succeeds for one caller",
    async (state) => {
      const intent = await claimNew()
      await expect(claimAgain(records, intent)).rejects.toMatchObject({ code: "still_running" })
      await settleAs(intent, state)
      const claims = await race(() => claimAgain(records, intent))
      expect(claims).toEqual([expect.objectContaining({ state: "sending", problem: null })])
    },
  )

  test("takeOverAll gives each of many creates to one of several processes, and none that was touched", async () => {
    const orphaned = await Promise.all(
      Array.from({ length: 60 }, (_, index) => claimNew(`key-${index}-of-many`)),
    )
    const [touched] = orphaned
    if (touched === undefined) throw new Error("nothing was claimed")
    await hold(records, touched)
    const taken = await race((index) => takeOverAll(alternate(index), orphaned))
    const keys = taken.flat().map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    const left = orphaned.filter(({ key }) => key !== touched.key).map(({ key }) => key)
    expect(keys.toSorted()).toEqual(left.toSorted())
    expect(
      taken.flat().every(({ state, updatedAt }) => state === "unknown" && updatedAt > touched.updatedAt),
    ).toBe(true)
  })

  test("takeOver succeeds for one of many processes, even within a millisecond", async () => {
    await claimNew()
    database.clock.advance(60_000)
    const [orphan] = await records.intents.listUnsettled()
    if (orphan === undefined) throw new Error("There is no unsettled intent")
    const taken = await race((index) => takeOver(alternate(index), orphan))
    expect(taken).toEqual([expect.objectContaining({ state: "unknown" })])
    const [again] = await records.intents.listUnsettled({ projectId: input.projectId })
    if (again === undefined) throw new Error("There is no unsettled intent")
    expect(again.updatedAt).toBeGreaterThan(orphan.updatedAt)
    expect(await race(() => takeOver(records, again))).toHaveLength(1)
    expect(await records.intents.listUnsettled({ projectId: "5fbcdf7ad0cdd06f36a1d66f" })).toEqual([])
  })

  test("settleFound gives one peering to one of several creates", async () => {
    const intents: CreateIntent[] = []
    for (let number = 0; number < 10; number += 1) intents.push(await claimNew(`form-${number}`))
    const settled = []
    for (const intent of intents) settled.push(await settleFound(records, intent, peering, "found"))
    expect(settled.filter((one) => one !== null)).toHaveLength(1)
    const [first, second] = intents
    if (first === undefined || second === undefined) throw new Error("There are 10 intents")
    expect(await records.intents.listClaimedByOthers(first, ["p-1"])).toEqual([])
    expect(await records.intents.listClaimedByOthers(second, ["p-1"])).toEqual(["p-1"])
  })

  test("settleFound writes no audit row for a peering that another create has", async () => {
    await settleFound(records, await claimNew("form-0"), peering, "found")
    const sent = await markSent(records, await claimNew(), peeringCreate)
    expect(await settleFound(records, sent, peering, "found")).toBeNull()
    expect(await readOutcomes()).toEqual(["attempt"])
  })

  test("settleFound for an earlier sending completes that sending's audit row", async () => {
    const earlier = await markSent(records, await claimNew(), peeringCreate)
    await settleAbsent(records, earlier)
    const again = await claimAgain(records, earlier)
    expect(again.attemptSequence).toBeNull()
    await settleFound(records, again, peering, "late", earlier.attemptSequence)
    expect(await find()).toMatchObject({ state: "created", peeringId: "p-1" })
    expect(await readOutcomes()).toEqual(["attempt", "failed", "done"])
  })

  test("settleAnswered writes Atlas's answer to the audit log after another process settled the create", async () => {
    const sent = await markSent(records, await claimNew(), peeringCreate)
    const taken = await takeOver(others, sent)
    if (taken === null) throw new Error("The intent was not taken over")
    await settleAbsent(others, taken)
    expect(await settleAnswered(records, sent, peering, saveNothing)).toBeNull()
    expect(await readOutcomes()).toEqual(["attempt", "failed", "done"])
  })

  test("settleAnswered writes nothing when the peering can't be stored", async () => {
    const sent = await markSent(records, await claimNew(), peeringCreate)
    const failing = settleAnswered(records, sent, peering, () =>
      Promise.reject(new Error("the disk is full")),
    )
    await expect(failing).rejects.toThrow("the disk is full")
    expect(await find()).toMatchObject({ state: "sending", peeringId: null })
    expect(await readOutcomes()).toEqual(["attempt"])
    expect(await settleAnswered(records, sent, peering, saveNothing)).toMatchObject({ state: "created" })
  })

  test("settleAbsent writes no audit row after Atlas's answer settled the create", async () => {
    const sent = await markSent(records, await claimNew(), peeringCreate)
    await settleAnswered(records, sent, peering, saveNothing)
    expect(await settleAbsent(others, sent)).toBeNull()
    expect(await readOutcomes()).toEqual(["attempt", "done"])
  })

  test("markSent succeeds once, and never after a takeover", async () => {
    const intent = await claimNew()
    expect(await race(() => markSent(records, intent, peeringCreate))).toHaveLength(1)
    expect(await readOutcomes()).toEqual(["attempt"])
    const other = await claimNew("another-key-altogether")
    await takeOver(others, other)
    await expect(markSent(records, other, peeringCreate)).rejects.toMatchObject({ code: "still_running" })
    expect(await readOutcomes()).toEqual(["attempt"])
    expect(await records.intents.find(other)).toMatchObject({ state: "unknown", attemptSequence: null })
  })

  test("bindContainer stores the container's id, and fails after a takeover", async () => {
    const containerId = "64b1f0a27c3d5e4f8a9b0d00"
    const intent = await claimNew()
    const bound = await bindContainer(records, intent, containerId)
    expect(bound.body).toEqual({ ...body, containerId })
    await takeOver(others, bound)
    await expect(bindContainer(records, bound, "x")).rejects.toMatchObject({ code: "still_running" })
  })

  test("listUnsettled leaves out a create that is settled or abandoned", async () => {
    const sent = await markSent(records, await claimNew(), peeringCreate)
    expect(await records.intents.listUnsettled()).toEqual([
      expect.objectContaining({ attemptSequence: sent.attemptSequence }),
    ])
    await settleAnswered(records, sent, peering, saveNothing)
    await abandon(records, await claimNew("another-key-altogether"), refusal)
    expect(await records.intents.listUnsettled()).toEqual([])
  })
})
