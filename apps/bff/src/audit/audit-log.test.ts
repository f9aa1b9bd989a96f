import { sql } from "kysely"
import { beforeEach, describe, expect, test } from "vitest"
import { toContentHash } from "#base/content-hash.ts"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import type { AuditLog } from "./audit-log.ts"
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
    expect(await readRows(store)).toEqual([
      {
        sequence: 1,
        at: database.clock.now(),
        kind: "event",
        actor_issuer: olivia.issuer,
        actor_subject: olivia.subject,
        actor_name: olivia.name,
        address: "192.0.2.7",
        action: "sign-in",
        project_id: null,
        peering_id: null,
        reason: null,
        request_hash: null,
        outcome: null,
        answer_code: null,
        detail: '{"session":"a-listed-id"}',
        before: null,
        after: null,
        attempt_sequence: null,
        previous_hash: "0".repeat(64),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ])
  })

  test("writes an attempt before its outcome, which points at it", async () => {
    await audit.record(signIn)
    const attempt = await audit.attempt({ ...peeringCreate, before: atlasPeer })
    const elsewhere = await database.open()
    expect((await readRows(elsewhere)).at(-1)).toMatchObject({
      sequence: attempt.sequence,
      kind: "attempt",
      action: "peering-create",
      project_id: projectId,
      reason: peeringCreate.reason,
      request_hash: toContentHash(peeringCreate.request),
      outcome: null,
      before: '{"id":"5fbcdf7ad0cdd06f36a1d670","statusName":"AVAILABLE","containerId":null}',
    })
    database.clock.advance(1_000)
    await attempt.complete({ outcome: "done", answerCode: "201", peeringId: "p", after: atlasPeer })
    expect((await readRows(elsewhere)).at(-1)).toMatchObject({
      sequence: 3,
      at: database.clock.now(),
      kind: "outcome",
      action: "peering-create",
      actor_subject: "olivia",
      project_id: projectId,
      peering_id: "p",
      reason: peeringCreate.reason,
      outcome: "done",
      answer_code: "201",
      after: '{"id":"5fbcdf7ad0cdd06f36a1d670","statusName":"AVAILABLE","containerId":null}',
      attempt_sequence: attempt.sequence,
    })
  })

  test("completes an attempt of a process that is gone", async () => {
    const { sequence } = await audit.attempt(peeringCreate)
    const later = openAuditLog(await database.open(), database.clock)
    await later.complete(sequence, {
      outcome: "failed",
      answerCode: null,
      after: null,
      detail: { why: "not found" },
    })
    expect((await readRows(store)).at(-1)).toMatchObject({
      attempt_sequence: sequence,
      detail: '{"why":"not found"}',
    })
    const done = { outcome: "done", answerCode: null, after: null } as const
    await expect(later.complete(2, done)).rejects.toThrow("Audit row 2 is not an attempt")
    await expect(later.complete(99, done)).rejects.toThrow("Audit row 99 is not an attempt")
    expect(await readRows(store)).toHaveLength(2)
  })

  test("stores only allowed fields of Atlas's answer", async () => {
    const attempt = await audit.attempt({ ...peeringCreate, before: atlasPeer, request: atlasPeer })
    await attempt.complete({ outcome: "done", answerCode: null, after: atlasPeer })
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
    const names = (await readRows(store)).map((row) => row.actor_name)
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
      const attempt = rows[Number(row.attempt_sequence) - 1]
      expect(attempt).toMatchObject({ kind: "attempt", reason: row.reason, actor_subject: row.actor_subject })
    }
  })

  test("rejects when a row can't be written, and leaves no gap", async () => {
    await audit.record(signIn)
    await sql`alter table audit_row rename to hidden`.execute(store.db)
    await expect(audit.record(signIn)).rejects.toThrow(/no such table|does not exist/)
    await expect(audit.attempt(peeringCreate)).rejects.toThrow(/no such table|does not exist/)
    await sql`alter table hidden rename to audit_row`.execute(store.db)
    await audit.record(signIn)
    expect(await verifyStore(store)).toMatchObject({ rowCount: 2, flaw: null })
  })

  test("is read completely, page by page", async () => {
    await audit.record(signIn)
    await sql`
      insert into audit_row (sequence, at, kind, action, previous_hash, hash)
      with recursive number (n) as (select 2 union all select n + 1 from number where n < 2500)
      select n, 1, 'event', 'sign-in', '', '' from number`.execute(store.db)
    const rows = await readRows(store)
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => index + 1),
    )
    expect((await verifyStore(store)).flaw).toMatchObject({ sequence: 2, kind: "changed" })
  })
})
