import { beforeEach, describe, expect, test } from "vitest"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { readAuditStory } from "./audit-query.ts"
import type { AuditLog } from "./audit-log.ts"
import { settleOrphanedAttempts } from "./orphaned-attempts.ts"
import { openAuditLog, peeringCreate, signIn, verifyStore } from "#test/support/audit-log.ts"

const change = { ...peeringCreate, action: "peering-change", peeringId: "p-1" } as const
const minute = 60_000

describe.each(dialects)("settleOrphanedAttempts over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let audit: AuditLog

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    audit = openAuditLog(store, database.clock)
  })

  const settle = () => settleOrphanedAttempts({ store, audit, clock: database.clock })
  const readOutcomes = async (sequence: number) =>
    (await readAuditStory(store, sequence))?.rows.map(({ outcome }) => outcome)

  test("writes one unknown outcome when no process can be waiting for the answer any more", async () => {
    const { sequence } = await audit.attempt(change)
    expect([await settle(), await readOutcomes(sequence)]).toEqual([0, [null]])
    database.clock.advance(2 * minute)
    const counts = await Promise.all([settle(), settle(), settle()])
    expect(counts.reduce((sum, count) => sum + count)).toBe(1)
    expect(await settle()).toBe(0)
    expect(await readOutcomes(sequence)).toEqual([null, "unknown"])
    expect(await verifyStore(store)).toMatchObject({ rowCount: 2, flaw: null })
  })

  test("settles orphaned attempts only: no events, settled attempts or creates", async () => {
    await audit.record(signIn)
    const ended = await audit.attempt(change)
    await ended.complete({ outcome: "done", answerCode: "200", after: null })
    await audit.attempt(peeringCreate)
    const orphans = [
      await audit.attempt(change),
      await audit.attempt({ ...change, action: "container-delete" }),
    ]
    database.clock.advance(2 * minute)
    expect(await settle()).toBe(2)
    for (const { sequence } of orphans) expect(await readOutcomes(sequence)).toEqual([null, "unknown"])
    expect(await readOutcomes(ended.sequence)).toEqual([null, "done"])
  })
})
