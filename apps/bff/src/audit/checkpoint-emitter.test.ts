import { sql } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { createLogger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { useDatabases } from "#test/support/database.ts"
import { fillAuditLog, openAuditLog, readEnd, signIn } from "#test/support/audit-log.ts"
import { dropTriggers } from "#test/support/log-tampering.ts"
import { parseCheckpoint } from "#audit/signing/checkpoint.ts"
import { AuditLog } from "./audit-log.ts"
import { CheckpointEmitter } from "./checkpoint-emitter.ts"

describe("CheckpointEmitter", () => {
  const createDatabase = useDatabases("sqlite")
  let store: Store
  let clock: TestingClock
  let audit: AuditLog
  let emitter: CheckpointEmitter
  let logger: ReturnType<typeof createLogger>
  let lines: { msg: string; auditHead?: string; flaw?: { sequence: number; kind: string } }[]

  beforeEach(async () => {
    const database = await createDatabase()
    clock = createTestingClock()
    store = await database.open()
    audit = openAuditLog(store, clock)
    lines = []
    logger = createLogger("info", {
      write: (line) => lines.push(JSON.parse(line) as (typeof lines)[0]),
    })
    emitter = new CheckpointEmitter({ store, audit, clock, logger, output: logger })
    await dropTriggers(store)
  })

  const readCheckpoints = () => lines.map(({ auditHead = "" }) => parseCheckpoint(auditHead)?.checkpoint)

  test("signs nothing before the first row", async () => {
    await emitter.emit()
    expect(emitter.newest).toBeNull()
    expect(lines).toEqual([])
  })

  test("writes the signed end of the audit log to the server log", async () => {
    await fillAuditLog(audit, 3)
    await emitter.emit()
    await emitter.emit()
    clock.advance(60_000)
    await fillAuditLog(audit, 3)
    await emitter.emit()
    expect(readCheckpoints().map((one) => one?.sequence)).toEqual([12, 12, 24])
    expect(readCheckpoints().at(-1)).toEqual({ ...(await readEnd(store)), at: clock.now(), since: 1 })
    expect(emitter.newest).toEqual(readCheckpoints().at(-1))
  })

  test("signs each minute until it is stopped", async () => {
    await audit.record(signIn)
    const emitted = async (count: number) => {
      while (lines.length < count) await new Promise((resolve) => setImmediate(resolve))
      // The next timer starts when a checkpoint is written.
      await new Promise((resolve) => setImmediate(resolve))
    }
    emitter.start()
    await emitted(1)
    clock.advance(59_999)
    await emitted(1)
    expect(lines).toHaveLength(1)
    clock.advance(1)
    await emitted(2)
    emitter.stop()
    clock.advance(60_000)
    await emitted(2)
    expect(lines).toHaveLength(2)
  })

  test.each([
    ["rows are removed from the end", sql`delete from event where number > 10`, 11, "truncated"],
    ["all rows are removed", sql`delete from event`, 1, "truncated"],
    ["the signed row is changed", sql`update event set data = 'x' where number = 12`, 12, "changed"],
    [
      "a row was put in since",
      sql`insert into event (number, at, version, phase, kind, digest, previous_hash, hash) values (13, 1, 1, 'event', 'sign-in', '', '', '')`,
      13,
      "changed",
    ],
  ])(
    "logs the flaw each minute and signs what follows as a new segment when %s",
    async (_, tamper, sequence, kind) => {
      await fillAuditLog(audit, 3)
      await emitter.emit()
      await tamper.execute(store.db)
      await emitter.emit()
      await audit.record(signIn)
      await emitter.emit()
      const flawed = { level: 50, msg: "The audit log does not verify", flaw: { kind, sequence } }
      expect([lines[1], lines[3]]).toMatchObject([flawed, flawed])
      const found = kind === "changed" && sequence === 13 ? 14 : 13
      expect(readCheckpoints().map((one) => one && [one.sequence, one.since])).toEqual([
        [12, 1],
        undefined,
        [found, found],
        undefined,
        [found + 1, found],
      ])
      expect(emitter.openFlaws).toBe(1)
    },
  )

  test("records at once that the signed end is gone", async () => {
    await fillAuditLog(audit, 3)
    await emitter.emit()
    await sql`delete from head`.execute(store.db)
    await emitter.emit()
    expect(lines[1]).toMatchObject({
      msg: "The audit log does not verify",
      flaw: {
        sequence: 13,
        kind: "unsigned",
        sentence:
          "The signed end of the audit log was missing, or not signed by its key. A server with another SESSION_SECRET does that too.",
      },
    })
    expect(readCheckpoints().map((one) => one?.sequence)).toEqual([12, undefined, 13])
  })

  test("verifies the end of the log at the start, and all of it a minute later", async () => {
    await fillAuditLog(audit, 3)
    await sql`update event set data = 'x' where number = 5`.execute(store.db)
    const later = new AuditLog({ store, clock, secrets: ["a-secret"] })
    await later.end.read()
    emitter = new CheckpointEmitter({ store, audit: later, clock, logger, output: logger })
    await emitter.emit()
    expect([emitter.openFlaws, emitter.newest?.sequence]).toEqual([null, 12])
    await emitter.emit()
    expect([emitter.openFlaws, emitter.newest?.sequence]).toEqual([1, 13])
    expect(lines[1]?.flaw).toMatchObject({ sequence: 5, kind: "changed" })
  })

  test("logs a failure of the database and tries again after a minute", async () => {
    await audit.record(signIn)
    await sql`alter table event rename to hidden`.execute(store.db)
    await emitter.emit()
    expect(lines).toEqual([expect.objectContaining({ msg: "Could not sign the end of the audit log" })])
    await sql`alter table hidden rename to event`.execute(store.db)
    await emitter.emit()
    expect(readCheckpoints().at(-1)?.sequence).toBe(1)
  })
})
