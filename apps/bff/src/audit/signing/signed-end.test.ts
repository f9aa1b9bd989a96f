import { beforeEach, describe, expect, test } from "vitest"
import { AuditLog } from "#audit/audit-log.ts"
import { verifyAudit } from "#audit/audit-verify.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { fillAuditLog, olivia, readEnd, readRows, signIn } from "#test/support/audit-log.ts"
import { cutAfter, dropTriggers } from "#test/support/log-tampering.ts"
import { parseCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { addKey, readKeyRecords } from "./key-records.ts"
import { SigningKey } from "./signing-key.ts"

const by = { actor: olivia, address: "192.0.2.7" }

describe.each(dialects)("the signed end of the audit log over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store

  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
  })

  /** Opens the log as one more process with these secrets. */
  async function openLog(...secrets: [string, ...string[]]): Promise<AuditLog> {
    const log = new AuditLog({ store: await database.open(), clock: database.clock, secrets })
    await log.keys.reencrypt()
    return log
  }
  const verify = (audit: AuditLog, ...given: string[]) =>
    verifyAudit({ store, clock: database.clock, audit }, given)
  const listKeys = async (audit: AuditLog) => await audit.keys.list(store.db)

  async function removeAfter(sequence: number, end?: string) {
    await dropTriggers(store)
    await cutAfter(store, sequence)
    if (end !== undefined) await putBack(end)
  }
  /** Gives the head of a copy of the database from that time. */
  const putBack = async (checkpoint: string) => {
    const { sequence: number, hash } = parseCheckpoint(checkpoint)!.checkpoint
    await store.db.updateTable("head").set({ number, hash, checkpoint }).execute()
  }
  const readEndText = async () =>
    (await store.db.selectFrom("head").select("checkpoint").executeTakeFirstOrThrow()).checkpoint

  test("reaches the last row, and says since when this process watches it", async () => {
    const audit = await openLog("a")
    await audit.record(signIn)
    const startedAt = new Date(database.clock.now()).toISOString()
    database.clock.advance(60_000)
    await fillAuditLog(audit, 2)
    const [key] = await listKeys(audit)
    expect(await verify(audit)).toMatchObject({
      verdict: "verified",
      rowCount: 9,
      proof: {
        signed: { sequence: 9, at: new Date(database.clock.now()).toISOString(), key: key?.id },
        watched: { sequence: 1, since: startedAt },
        kept: null,
      },
    })
  })

  test("shows after a restart that rows are gone, and how far the proof reaches if the database is older", async () => {
    const audit = await openLog("a")
    await fillAuditLog(audit, 2)
    const older = await readEndText()
    const { head: early } = await verify(audit)
    await fillAuditLog(audit, 1)
    const { head: late } = await verify(audit)
    await removeAfter(8)
    expect(await verify(await openLog("a"))).toMatchObject({
      verdict: "flawed",
      rowCount: 8,
      firstFlaw: { sequence: 9, kind: "truncated" },
    })
    // Together with the end that was signed then: as a copy of the database from that time.
    await putBack(older)
    database.clock.advance(60_000)
    const restarted = await openLog("a")
    await restarted.record(signIn)
    const now = new Date(database.clock.now()).toISOString()
    expect(await verify(restarted, early!)).toMatchObject({
      verdict: "verified",
      rowCount: 9,
      proof: {
        signed: { sequence: 9, at: now },
        watched: { sequence: 8, since: now },
        kept: { sequence: 8 },
      },
    })
    expect(await verify(restarted, early!, late!)).toMatchObject({
      verdict: "flawed",
      firstFlaw: { sequence: 10, kind: "restored" },
      heads: [{ verdict: "agrees" }, { sequence: 12, verdict: "contradicts" }],
    })
  })

  test("records that an older copy of the database was put back, and goes on after the last row it knows", async () => {
    const audit = await openLog("a")
    await fillAuditLog(audit, 1)
    const older = await readEndText()
    await fillAuditLog(audit, 1)
    await removeAfter(4, older)
    await audit.record(signIn)
    const rows = await readRows(store)
    expect(rows.map(({ sequence, action }) => [sequence, action]).slice(4)).toEqual([
      [9, "audit-flaw-found"],
      [10, "sign-in"],
    ])
    expect(rows[4]?.detail?.["why"]).toContain("it ended at entry 4, and entry 8 was written at 2026-01-15")
    expect((await verify(await openLog("a"))).firstFlaw).toMatchObject({ sequence: 5, kind: "restored" })
  })

  test("signs every row while several processes write and keys are rotated", async () => {
    const writers = [await openLog("a"), await openLog("a")]
    const heads: string[] = []
    const [first, second] = writers as [AuditLog, AuditLog]
    await first.record(signIn)
    async function rotate(audit: AuditLog, times: number) {
      for (let time = 0; time < times; time += 1) {
        const { verdict, head } = await verify(audit)
        expect(verdict).toBe("verified")
        heads.push(head!)
        await audit.rotateKey(by)
      }
    }
    await Promise.all([
      fillAuditLog(first, 12),
      fillAuditLog(second, 12),
      rotate(first, 3),
      rotate(second, 3),
      fillAuditLog(second, 12),
    ])
    const rows = await readRows(store)
    expect(rows).toHaveLength(1 + 3 * 48 + 6)
    const last = await openLog("a")
    const verification = await verify(last, ...heads)
    expect(verification).toMatchObject({ verdict: "verified", rowCount: rows.length })
    expect(verification.heads.map(({ verdict }) => verdict)).toEqual(heads.map(() => "agrees"))
    const keys = await listKeys(last)
    expect(keys).toHaveLength(7)
    expect(keys.every(({ isConfirmed }) => isConfirmed)).toBe(true)
    const created = rows.filter(({ action }) => action === "audit-key-created")
    expect(keys.slice(1).map(({ fromSequence }) => fromSequence)).toEqual(
      created.map(({ sequence }) => sequence),
    )
    expect(keys.map(({ untilSequence }) => untilSequence)).toEqual([
      ...created.map(({ sequence }) => sequence - 1),
      null,
    ])
    const sealed = await store.db.selectFrom("audit_key").select("sealed").execute()
    expect(sealed.filter((row) => row.sealed !== "")).toHaveLength(1)
  })

  test("keeps its key while SESSION_SECRET is rotated, and old checkpoints when the secret is lost", async () => {
    const audit = await openLog("a")
    await audit.record(signIn)
    const { head } = await verify(audit)
    const [key] = await listKeys(audit)
    await (await openLog("b", "a")).record(signIn)
    const rotated = await openLog("b")
    await rotated.record(signIn)
    expect((await listKeys(rotated)).map(({ id }) => id)).toEqual([key?.id])
    expect(await readRows(store)).toHaveLength(3)
    const lost = await openLog("c")
    await lost.record(signIn)
    expect((await readRows(store)).map(({ action }) => action).slice(3)).toEqual([
      "audit-flaw-found",
      "audit-key-created",
      "sign-in",
    ])
    expect(await listKeys(lost)).toMatchObject([
      { id: key?.id, untilSequence: 3, isConfirmed: true },
      { fromSequence: 4, untilSequence: null, isConfirmed: false },
    ])
    expect(await verify(lost, head!)).toMatchObject({
      verdict: "flawed",
      firstFlaw: { sequence: 1, kind: "unsigned" },
      heads: [{ verdict: "agrees", key: key?.id }],
    })
  })

  test("is missing without a head, also once another writer put one back before the first row", async () => {
    const audit = await openLog("a")
    expect((await verify(audit)).verdict).toBe("verified")
    await store.db.deleteFrom("head").execute()
    const flawed = { verdict: "flawed", firstFlaw: { sequence: 1, kind: "unsigned" } }
    expect(await verify(audit)).toMatchObject(flawed)
    await step(store, () => Promise.resolve())
    expect(await store.db.selectFrom("head").select("number").execute()).toEqual([{ number: null }])
    expect(await verify(audit)).toMatchObject(flawed)
  })

  test("makes a new key for rows without one, and stays flawed: nothing proves them", async () => {
    const audit = await openLog("a")
    await fillAuditLog(audit, 1)
    await store.db.deleteFrom("audit_key").execute()
    await store.db.deleteFrom("head").execute()
    const keyless = await openLog("a")
    const flawed = { verdict: "flawed", firstFlaw: { sequence: 1, kind: "unsigned" } }
    expect(await verify(keyless)).toMatchObject({ ...flawed, proof: { signed: null } })
    await keyless.record(signIn)
    const [found, created] = (await readRows(store)).slice(4)
    expect(found).toMatchObject({ sequence: 5, action: "audit-flaw-found", actor: null })
    expect(found?.detail).toMatchObject({
      lastProved: 0,
      firstNotProved: 1,
      chainedUntil: 4,
    })
    expect(created).toMatchObject({ sequence: 6, action: "audit-key-created", actor: null })
    expect(created?.detail?.["why"]).toContain("Entries before this one are as they were found.")
    expect(await verify(keyless)).toMatchObject(flawed)
  })

  test("believes no key that somebody wrote into the database", async () => {
    const audit = await openLog("a")
    await fillAuditLog(audit, 1)
    const mallory = SigningKey.create()
    const [own = null] = await readKeyRecords(store.db)
    const facts = { sealed: "", createdAt: 1, fromSequence: 4, previous: own, previousKey: null }
    await store.db.transaction().execute((transaction) => addKey(transaction, { key: mallory, ...facts }))
    const forged = signCheckpoint(mallory, { ...(await readEnd(store)), at: database.clock.now() })
    expect(await verify(audit, forged)).toMatchObject({
      verdict: "not-judged",
      heads: [{ verdict: "not-judged", why: "unknown-key", key: mallory.id }],
    })
    expect(await listKeys(audit)).toHaveLength(1)
    await store.db.updateTable("head").set({ checkpoint: forged }).execute()
    expect(await verify(await openLog("a"))).toMatchObject({ verdict: "flawed", proof: { signed: null } })
  })
})
