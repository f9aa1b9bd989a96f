import { beforeEach, describe, expect, test } from "vitest"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { readAuditStory } from "./audit-query.ts"
import { AuditLog } from "./audit-log.ts"
import { settleOrphanedAttempts } from "./orphaned-attempts.ts"
import { peeringCreate, signIn, verifyStore } from "#test/support/audit-log.ts"

const change = { ...peeringCreate, action: "peering-change", peeringId: "p-1" } as const
const minute = 60_000

describe.each(dialects)("what a killed server was changing, over %s,", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let trail: AuditLog

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    trail = new AuditLog({ store, clock: database.clock })
  })

  const settle = () => settleOrphanedAttempts({ store, audit: trail, clock: database.clock })
  const readOutcomes = async (sequence: number) =>
    (await readAuditStory(store, sequence))?.rows.map(({ outcome }) => outcome)

  test("has an unknown end once nobody can be waiting for its answer, and one only", async () => {
    const { sequence } = await trail.attempt(change)
    expect([await settle(), await readOutcomes(sequence)]).toEqual([0, [null]])
    database.clock.advance(2 * minute)
    const counts = await Promise.all([settle(), settle(), settle()])
    expect(counts.reduce((sum, count) => sum + count)).toBe(1)
    expect(await settle()).toBe(0)
    expect(await readOutcomes(sequence)).toEqual([null, "unknown"])
    expect(await verifyStore(store)).toMatchObject({ rowCount: 2, flaw: null })
  })

  test("is told from what ended, from what is no change, and from a create, which is looked for", async () => {
    await trail.record(signIn)
    const ended = await trail.attempt(change)
    await ended.complete({ outcome: "done", answerCode: "200", after: null })
    await trail.attempt(peeringCreate)
    const left = [await trail.attempt(change), await trail.attempt({ ...change, action: "container-delete" })]
    database.clock.advance(2 * minute)
    expect(await settle()).toBe(2)
    for (const { sequence } of left) expect(await readOutcomes(sequence)).toEqual([null, "unknown"])
    expect(await readOutcomes(ended.sequence)).toEqual([null, "done"])
  })
})
