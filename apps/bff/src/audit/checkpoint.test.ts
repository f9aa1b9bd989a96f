import { beforeEach, describe, expect, test } from "vitest"
import { sql } from "kysely"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { createLogger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { useDatabases } from "#test/support/database.ts"
import { AuditLog } from "./audit-log.ts"
import { CheckpointEmitter } from "./checkpoint-emitter.ts"
import { CheckpointSigner } from "./checkpoint.ts"
import { fillTrail, readEnd, signIn } from "#test/support/audit-log.ts"

const head = { sequence: 120, hash: "ab".repeat(32), at: 1_768_478_400_000 }
const signer = new CheckpointSigner(["a-secret"])

describe("a signed head", () => {
  test("is read as it was signed", () => {
    const text = signer.sign(head)
    expect(text).toMatch(/^audit-head-1\.120\.1768478400000\.(ab){32}\.[\w-]{43}$/)
    expect(signer.read(` ${text}\n`)).toEqual({ head, ours: true })
  })

  test("is ours as long as its secret is among ours", () => {
    const text = signer.sign(head)
    expect(new CheckpointSigner(["a-newer-secret", "a-secret"]).read(text)?.ours).toBe(true)
    expect(new CheckpointSigner(["a-newer-secret"]).read(text)?.ours).toBe(false)
    expect(new CheckpointSigner(["a-newer-secret", "a-secret"]).sign(head)).not.toBe(text)
  })

  test("is not ours with any character changed", () => {
    const text = signer.sign(head)
    for (let at = 0; at < text.length - 1; at += 1) {
      const other = text[at] === "1" ? "2" : "1"
      expect(signer.read(`${text.slice(0, at)}${other}${text.slice(at + 1)}`)?.ours ?? false).toBe(false)
    }
  })

  test.each([
    "",
    "audit-head-1",
    "audit-head-2.1.1.a.b",
    `${signer.sign(head)}x`,
    signer.sign(head).slice(0, -1),
  ])("is nothing else: %j", (text) => {
    expect(signer.read(text)).toBeNull()
  })
})

describe("the emitter of heads", () => {
  const createDatabase = useDatabases("sqlite")
  let store: Store
  let clock: TestingClock
  let trail: AuditLog
  let emitter: CheckpointEmitter
  let lines: { msg: string; auditHead?: string; flaw?: { sequence: number; kind: string } }[]

  beforeEach(async () => {
    const database = await createDatabase()
    clock = createTestingClock()
    store = await database.open()
    trail = new AuditLog({ store, clock })
    lines = []
    const logger = createLogger("info", {
      write: (line) => lines.push(JSON.parse(line) as (typeof lines)[0]),
    })
    emitter = new CheckpointEmitter({ store, signer, clock, logger })
    await sql`drop trigger audit_row_no_update`.execute(store.db)
    await sql`drop trigger audit_row_no_delete`.execute(store.db)
  })

  const readHeads = () => lines.map(({ auditHead = "" }) => signer.read(auditHead)?.head)

  test("signs nothing as long as there is nothing", async () => {
    await emitter.emit()
    expect(emitter.newest).toBeNull()
    expect(lines).toEqual([])
  })

  test("writes the signed end of the trail to the log", async () => {
    await fillTrail(trail, 3)
    await emitter.emit()
    await emitter.emit()
    clock.advance(60_000)
    await fillTrail(trail, 3)
    await emitter.emit()
    expect(readHeads().map((one) => one?.sequence)).toEqual([12, 12, 24])
    expect(readHeads().at(-1)).toEqual({ ...(await readEnd(store)), at: clock.now() })
    expect(emitter.newest).toEqual(readHeads().at(-1))
  })

  test("does so each minute, until it is stopped", async () => {
    await trail.record(signIn)
    const emitted = async (count: number) => {
      while (lines.length < count) await new Promise((resolve) => setImmediate(resolve))
      // The next timer is set when the emitting is over.
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
    ["rows were taken from the end", sql`delete from audit_row where sequence > 10`, 11, "truncated"],
    ["all rows were taken", sql`delete from audit_row`, 1, "truncated"],
    ["the signed row was changed", sql`update audit_row set reason = 'x' where sequence = 12`, 12, "changed"],
    [
      "a row was put in since",
      sql`insert into audit_row (sequence, at, kind, action, previous_hash, hash) values (13, 1, 'event', 'sign-in', '', '')`,
      13,
      "changed",
    ],
  ])("says so and signs no more when %s", async (_, tamper, sequence, kind) => {
    await fillTrail(trail, 3)
    await emitter.emit()
    const { newest } = emitter
    await tamper.execute(store.db)
    await emitter.emit()
    await trail.record(signIn)
    await emitter.emit()
    expect(emitter.newest).toEqual(newest)
    expect(lines[1]).toMatchObject({
      msg: "the audit trail is not as it was written",
      flaw: { kind, sequence },
    })
    expect(lines[2]).toMatchObject({ msg: "the audit trail is not as it was written" })
    expect(lines.filter(({ auditHead }) => auditHead !== undefined)).toHaveLength(1)
  })

  test("a database that fails is logged, and the next minute is another try", async () => {
    await trail.record(signIn)
    await sql`alter table audit_row rename to hidden`.execute(store.db)
    await emitter.emit()
    expect(lines).toEqual([
      expect.objectContaining({ msg: "the end of the audit trail could not be signed" }),
    ])
    await sql`alter table hidden rename to audit_row`.execute(store.db)
    await emitter.emit()
    expect(readHeads().at(-1)?.sequence).toBe(1)
  })
})
