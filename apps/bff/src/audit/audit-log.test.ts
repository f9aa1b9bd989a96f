import { sql } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import { toInstant } from "#base/clock.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import type { AuditLog } from "./audit-log.ts"
import { verifyAudit } from "./audit-verify.ts"
import {
  fillAuditLog,
  olivia,
  openAuditLog,
  peeringCreate,
  projectId,
  readRows,
  signIn,
  verifyStore,
} from "#test/support/audit-log.ts"

const atlasPeer = {
  id: "5fbcdf7ad0cdd06f36a1d670",
  statusName: "AVAILABLE",
  containerId: null,
  accessToken: "a-canary-token",
  nested: { vpcId: "vpc-1", secret: "a-canary-secret" },
  tags: ["a-canary-tag"],
}

const kept = { id: "5fbcdf7ad0cdd06f36a1d670", statusName: "AVAILABLE", containerId: null }

describe.each(dialects)("AuditLog over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let audit: AuditLog

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
    audit = openAuditLog(store, database.clock)
  })

  test("writes an event as one row", async () => {
    await audit.record(signIn)
    const digits = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(await readRows(store)).toEqual([
      {
        sequence: 1,
        at: toInstant(database.clock.now()),
        version: 1,
        kind: "event",
        action: "sign-in",
        actor: olivia,
        address: "192.0.2.7",
        projectId: null,
        providerName: null,
        peeringId: null,
        status: null,
        afterAt: null,
        notification: null,
        reason: null,
        requestHash: null,
        outcome: null,
        answerCode: null,
        detail: { session: "a-listed-id" },
        before: null,
        after: null,
        attemptSequence: null,
        once: null,
        salt: expect.stringMatching(/^[\w-]{16}$/) as string,
        digest: digits,
        previousHash: "0".repeat(64),
        hash: digits,
      },
    ])
  })

  test("writes rows of one step with its version, and each with another salt", async () => {
    await audit.record(signIn)
    await audit.recordChanges(() => Promise.resolve([signIn, signIn]))
    const rows = await readRows(store)
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 2])
    expect(new Set(rows.map(({ salt }) => salt)).size).toBe(3)
    expect(new Set(rows.map(({ digest }) => digest)).size).toBe(3)
  })

  test("keeps its verdict when the data of rows is dropped, and reads them without it", async () => {
    await fillAuditLog(audit, 2)
    await sql`update event set salt = null, data = null where number <= 5`.execute(store.db)
    expect((await verifyAudit({ store, clock: database.clock, audit }, [])).verdict).toBe("verified")
    const rows = await readRows(store)
    expect(
      rows.slice(3, 6).map(({ action, reason, after, salt }) => [action, reason, after, salt === null]),
    ).toEqual([
      ["peering-create", null, null, true],
      ["sign-in", null, null, true],
      ["peering-create", "round 1", null, false],
    ])
    await expect(
      sql`update event set salt = 'x', data = '{}' where number = 5`.execute(store.db),
    ).rejects.toThrow("events are never changed or removed")
  })

  test("writes an attempt before its outcome, which points at it", async () => {
    await audit.record(signIn)
    const attempt = await audit.attempt({ ...peeringCreate, before: atlasPeer })
    const elsewhere = await database.open()
    expect((await readRows(elsewhere)).at(-1)).toMatchObject({
      sequence: attempt,
      kind: "attempt",
      action: "peering-create",
      projectId,
      reason: peeringCreate.reason,
      requestHash: toContentHash(peeringCreate.request),
      outcome: null,
      before: kept,
    })
    database.clock.advance(1_000)
    await audit.complete(attempt, { outcome: "done", answerCode: "201", peeringId: "p", after: atlasPeer })
    expect((await readRows(elsewhere)).at(-1)).toMatchObject({
      sequence: 3,
      at: toInstant(database.clock.now()),
      kind: "outcome",
      action: "peering-create",
      actor: olivia,
      projectId,
      peeringId: "p",
      reason: peeringCreate.reason,
      outcome: "done",
      answerCode: "201",
      after: kept,
      attemptSequence: attempt,
    })
  })

  test("keeps the allowed fields of a request in its attempt, and doesn't repeat them in the outcome", async () => {
    const attempt = await audit.attempt({ ...peeringCreate, request: atlasPeer })
    await audit.complete(attempt, { outcome: "refused", answerCode: "409 PEER_ALREADY_EXISTS", after: null })
    const [asked, ended] = await readRows(store)
    expect(asked?.detail).toEqual(kept)
    expect(ended?.detail).toBeNull()
  })

  test("completes an attempt of a process that is gone", async () => {
    const sequence = await audit.attempt(peeringCreate)
    const later = openAuditLog(await database.open(), database.clock)
    await later.complete(sequence, {
      outcome: "failed",
      answerCode: null,
      after: null,
      detail: { why: "not found" },
    })
    expect((await readRows(store)).at(-1)).toMatchObject({
      attemptSequence: sequence,
      detail: { why: "not found" },
    })
    const done = { outcome: "done", answerCode: null, after: null } as const
    await expect(later.complete(2, done)).rejects.toThrow("Audit row 2 is not an attempt")
    await expect(later.complete(99, done)).rejects.toThrow("Audit row 99 is not an attempt")
    expect(await readRows(store)).toHaveLength(2)
  })

  test("stores only allowed fields of Atlas's answer", async () => {
    const attempt = await audit.attempt({ ...peeringCreate, before: atlasPeer, request: atlasPeer })
    await audit.complete(attempt, { outcome: "done", answerCode: null, after: atlasPeer })
    expect(JSON.stringify(await readRows(store))).not.toContain("canary")
  })

  test("keeps the chain intact with odd characters", async () => {
    for (const name of [
      "a\0b",
      "\uD83D",
      "\uDE80\uD83D",
      "🚀",
      "\uFFFD",
      "x".repeat(5_000),
      "🚀".repeat(999),
      "\u2028\r\n\"'\\",
    ])
      await audit.record({
        action: "access-denied",
        actor: { ...olivia, name },
        address: name,
        projectId: name,
        detail: { method: name, path: name, needs: name },
      })
    expect(await verifyStore(store)).toMatchObject({ rowCount: 8, flaw: null })
    const names = (await readRows(store)).map(({ actor }) => actor?.name)
    expect(names.slice(0, 5)).toEqual(["a?b", "?", "??", "🚀", "?"])
    expect(names.map((name) => name?.length)).toEqual([3, 1, 2, 2, 1, 1_000, 1_000, 6])
  })

  test("keeps one intact chain with many writers in several processes", async () => {
    const others = openAuditLog(await database.open(), database.clock)
    await Promise.all([
      fillAuditLog(audit, 10),
      fillAuditLog(others, 10),
      fillAuditLog(audit, 10),
      fillAuditLog(others, 10),
    ])
    expect(await verifyStore(store)).toMatchObject({ rowCount: 160, flaw: null })
    const rows = await readRows(store)
    for (const row of rows.filter(({ kind }) => kind === "outcome")) {
      const attempt = rows[Number(row.attemptSequence) - 1]
      expect(attempt).toMatchObject({ kind: "attempt", reason: row.reason, actor: row.actor })
    }
  })

  test("rejects when a row can't be written, and leaves no gap", async () => {
    await audit.record(signIn)
    await sql`alter table event rename to hidden`.execute(store.db)
    await expect(audit.record(signIn)).rejects.toThrow(/no such table|does not exist/)
    await expect(audit.attempt(peeringCreate)).rejects.toThrow(/no such table|does not exist/)
    await sql`alter table hidden rename to event`.execute(store.db)
    await audit.record(signIn)
    expect(await verifyStore(store)).toMatchObject({ rowCount: 2, flaw: null })
  })

  test("is read completely, page by page", async () => {
    await audit.record(signIn)
    await sql`
      insert into event (number, at, version, phase, kind, digest, previous_hash, hash)
      with recursive number (n) as (select 2 union all select n + 1 from number where n < 2500)
      select n, 1, 1, 'event', 'sign-in', '', '', '' from number`.execute(store.db)
    const rows = await readRows(store)
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => index + 1),
    )
    expect((await verifyStore(store)).flaw).toMatchObject({ sequence: 2, kind: "changed" })
  })
})
