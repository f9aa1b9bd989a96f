import { sql } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import type { AuditLog } from "#audit/audit-log.ts"
import { queryAudit } from "#audit/audit-query.ts"
import { verifyAudit } from "#audit/audit-verify.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { olivia, openAuditLog, readEventRows, readNotifications, signIn } from "#test/support/audit-log.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { dropTriggers } from "#test/support/log-tampering.ts"
import { failed } from "#test/support/notifications.ts"
import { addFindings, type NewFinding } from "./findings.ts"

describe.each(dialects)("addFindings over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let audit: AuditLog
  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    audit = openAuditLog(store, database.clock)
  })

  const add = (...events: NewFinding[]) => step(store, ({ transaction }) => addFindings(transaction, events))
  const verify = () => verifyAudit({ store, clock: database.clock, audit }, [])
  const soon = (once: string) => ({ ...failed(1, database.clock.now()), once })

  test("adds events to the chain of the audit log, whose page leaves them out", async () => {
    await audit.recordChange(signIn, async (transaction) => {
      const found = [failed(1, database.clock.now()), failed(2, database.clock.now())]
      return (await addFindings(transaction, found)) === 2
    })
    await add(failed(3, database.clock.now()))
    await audit.record(signIn)
    expect(
      (await readEventRows(store)).map(({ number, version, phase }) => [number, version, phase]),
    ).toEqual([
      [1, 1, "finding"],
      [2, 1, "finding"],
      [3, 1, "event"],
      [4, 2, "finding"],
      [5, 3, "event"],
    ])
    expect(await verify()).toMatchObject({
      verdict: "verified",
      rowCount: 5,
      proof: { signed: { sequence: 5 } },
    })
    expect((await queryAudit(store, {})).rows.map(({ sequence }) => sequence)).toEqual([5, 3])
  })

  test("adds events whose change is found", async () => {
    await audit.record({ ...signIn, actor: olivia })
    await add(failed(1, database.clock.now()))
    await audit.record(signIn)
    await dropTriggers(store)
    await sql`update event set data = replace(data, 'vpc-1', 'vpc-2') where number = 2`.execute(store.db)
    expect((await verify()).firstFlaw).toMatchObject({ sequence: 2, kind: "changed" })
  })

  test("leaves out a second event with the same text, also of another process", async () => {
    const beside = dialect === "postgres" ? await database.open() : store
    const adding = [store, beside].map((one) =>
      step(one, ({ transaction }) => addFindings(transaction, [soon("a"), soon("a")])),
    )
    expect((await Promise.all(adding)).filter((count) => count > 0)).toEqual([1])
    expect(await add(soon("a"), soon("b"))).toBe(1)
    expect(await readNotifications(store)).toHaveLength(2)
  })

  test("refuses events outside a step", async () => {
    const adding = store.db
      .transaction()
      .execute((transaction) => addFindings(transaction, [failed(1, database.clock.now())]))
    await expect(adding).rejects.toThrow("The transaction belongs to no step")
  })
})
