import { createHash } from "node:crypto"
import type { PeeringRequest, Problem } from "@peering-desk/shared-schemas"
import { beforeEach, describe, expect, test } from "vitest"
import { CreateIntents, type CreateIntent, type CreateSettlement } from "./create-intents.ts"
import { toContentHash } from "#base/content-hash.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"

const body: PeeringRequest = {
  providerName: "GCP",
  containerId: "507f1f77bcf86cd799439011",
  gcpProjectId: "acme-payments-prod-417203",
  networkName: "payments-vpc",
}
const wanted = {
  projectId: "5fbcdf7ad0cdd06f36a1d66e",
  key: "a-key-made-once-per-form",
  userKey: "https://issuer\nnadia",
  body,
  bodyHash: toContentHash(body),
  knownBefore: ["an-older-one"],
}
const problem: Problem = {
  type: "urn:peering-desk:problem:atlas_refused",
  title: "Atlas refused the request",
  status: 422,
  code: "atlas_refused",
  requestId: "r",
}

describe.each(dialects)("create intents over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let intents: CreateIntents

  const openIntents = async () => new CreateIntents({ store: await database.open(), clock: database.clock })

  beforeEach(async () => {
    database = await createDatabase()
    intents = await openIntents()
  })

  test("of 50 who claim one key at once one wins, and all get the same intent", async () => {
    const others = await openIntents()
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? intents : others).claim({ ...wanted, userKey: String(index) }),
      ),
    )
    expect(claims.filter(({ won }) => won)).toHaveLength(1)
    const winner = claims.find(({ won }) => won)?.intent
    for (const { intent } of claims) expect(intent).toEqual(winner)
  })

  test("an intent is kept as it was meant", async () => {
    await intents.claim(wanted)
    expect(await (await openIntents()).find(wanted)).toEqual({
      ...wanted,
      providerName: "GCP",
      state: "sending",
      peeringId: null,
      problem: null,
      attemptSequence: null,
      createdAt: database.clock.now(),
      updatedAt: database.clock.now(),
    })
    expect(await intents.find({ ...wanted, key: "another-key-altogether" })).toBeNull()
  })

  test("the same key in another project is another intent", async () => {
    await intents.claim(wanted)
    expect((await intents.claim({ ...wanted, projectId: "5fbcdf7ad0cdd06f36a1d66f" })).won).toBe(true)
  })

  test.each<[CreateSettlement["state"][], boolean]>([
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
  ])("may settle as %j: %s", async (states, possible) => {
    const { intent } = await intents.claim(wanted)
    const settled = []
    for (const state of states)
      settled.push(
        await intents.settle(intent, state === "created" ? { state, peeringId: "p" } : { state, problem }),
      )
    expect(settled.at(-1) !== null).toBe(possible)
    const last = possible ? states.at(-1) : states.at(-2)
    expect(await intents.find(wanted)).toMatchObject({
      state: last,
      peeringId: last === "created" ? "p" : null,
      problem: last === "created" ? null : problem,
    })
  })

  test("of many who settle one at once, one does", async () => {
    const { intent } = await intents.claim(wanted)
    const others = await openIntents()
    const settled = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? intents : others).settle(intent, { state: "created", peeringId: String(index) }),
      ),
    )
    expect(settled.filter((one) => one !== null)).toHaveLength(1)
  })

  test.each(["not-created", "refused"] as const)(
    "of many who send again what was %s, one does",
    async (state) => {
      const { intent } = await intents.claim(wanted)
      expect(await intents.claimAgain(intent, [])).toBeNull()
      await intents.settle(intent, { state, problem })
      const claims = await Promise.all(Array.from({ length: 20 }, () => intents.claimAgain(intent, ["now"])))
      expect(claims.filter((one) => one !== null)).toEqual([
        expect.objectContaining({ state: "sending", knownBefore: ["now"], problem: null }),
      ])
    },
  )

  test("of many who find one left behind, one takes it over, even within a millisecond", async () => {
    await intents.claim(wanted)
    database.clock.advance(60_000)
    const [left] = await intents.listUnsettled()
    const others = await openIntents()
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? intents : others).takeOver(left!)),
    )
    expect(taken.filter((one) => one !== null)).toEqual([expect.objectContaining({ state: "unknown" })])
    const [again] = await intents.listUnsettled({ projectId: wanted.projectId })
    expect(again?.updatedAt).toBeGreaterThan(left!.updatedAt)
    expect(
      (await Promise.all([intents.takeOver(again!), intents.takeOver(again!)])).filter(Boolean),
    ).toHaveLength(1)
    expect(await intents.listUnsettled({ projectId: "5fbcdf7ad0cdd06f36a1d66f" })).toEqual([])
  })

  test("of several who find one connection in a list, one is told that it made it", async () => {
    const keys = Array.from({ length: 10 }, (_, number) => `form-${number}`)
    const found = await Promise.all(keys.map((key) => intents.claim({ ...wanted, key })))
    const settlement = { state: "created", peeringId: "5fbcdf7ad0cdd06f36a1d66f", isFound: true } as const
    const settled: (CreateIntent | null)[] = []
    for (const { intent } of found) settled.push(await intents.settle(intent, settlement))
    expect(settled.filter((one) => one !== null)).toHaveLength(1)
    expect(await intents.listMadeByOthers(found[0]!.intent, [settlement.peeringId])).toEqual([])
    expect(await intents.listMadeByOthers(found[1]!.intent, [settlement.peeringId])).toEqual([
      settlement.peeringId,
    ])
  })

  test("what was taken over is not sent any more, nor twice", async () => {
    const { intent } = await intents.claim(wanted)
    const noted = await Promise.all([intents.noteAttempt(intent, 7), intents.noteAttempt(intent, 8)])
    expect(noted.filter((one) => one !== null)).toHaveLength(1)
    const elsewhere = { ...wanted, key: "another-key-altogether" }
    const { intent: other } = await intents.claim(elsewhere)
    await intents.takeOver(other)
    expect(await intents.noteAttempt(other, 9)).toBeNull()
    expect(await intents.find(elsewhere)).toMatchObject({ state: "unknown", attemptSequence: null })
  })

  test("what is settled is listed no more", async () => {
    const { intent } = await intents.claim(wanted)
    await intents.noteAttempt(intent, 7)
    expect(await intents.listUnsettled()).toEqual([expect.objectContaining({ attemptSequence: 7 })])
    await intents.settle(intent, { state: "created", peeringId: "p" })
    expect(await intents.listUnsettled()).toEqual([])
  })
})

test("the hash of a content does not depend on the order of its fields, and on everything else", () => {
  expect(toContentHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(
    toContentHash({ b: { d: null, c: [1, 2] }, a: 1 }),
  )
  const different = [{ a: 1 }, { a: "1" }, { a: [1] }, { b: 1 }, [["a", 1]], { a: { a: 1 } }, null, [], {}]
  expect(new Set(different.map(toContentHash)).size).toBe(different.length)
  expect(toContentHash({ b: 2, a: 1 })).toBe(createHash("sha256").update('{"a":1,"b":2}').digest("hex"))
})
