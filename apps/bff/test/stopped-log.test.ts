import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { apiUrls, AuditVerification } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { AuditLog } from "#audit/audit-log.ts"
import { verifyAudit } from "#audit/audit-verify.ts"
import { CheckpointEmitter } from "#audit/checkpoint-emitter.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { fillAuditLog, olivia, readRows } from "#test/support/audit-log.ts"
import { copyDatabase } from "#test/support/backup.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import {
  arbitraryTampering,
  cutAfter,
  dropTriggers,
  rewriteFrom,
  rowCount,
  tamper,
  tamperWithEnd,
} from "#test/support/log-tampering.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"

const seed = 20_261_129
const mutations = 100

let first: TestingDesk
const folder = mkdtempSync(join(tmpdir(), "stopped-log-"))
const template = join(folder, "template")
let copies = 0
let auditor: string

beforeAll(async () => {
  first = await openTestingDesk()
  const { audit, store } = first.services
  auditor = await first.signIn("sam")
  await audit.rotateKey({ actor: olivia, address: null })
  while ((await readRows(store)).length + 4 <= rowCount) await fillAuditLog(audit, 1)
  while ((await readRows(store)).length < rowCount) await recordStart(first.services)
  const from = { dataDirectory: first.environment["DATA_DIR"] ?? "", databaseUrl: undefined }
  await copyDatabase(from, { dataDirectory: template, databaseUrl: undefined })
})
afterAll(async () => {
  await first.close()
  rmSync(folder, { recursive: true })
})

async function recordStart({ audit }: { audit: AuditLog }): Promise<void> {
  const detail = { atlas: "cloud.mongodb.com" }
  await audit.record({ actor: null, address: null, action: "server-started", detail })
}

/** Copies the log of 30 rows with its two keys, and somebody's session. */
function copyLog(): string {
  const directory = join(folder, `copy-${(copies += 1)}`)
  mkdirSync(directory)
  copyFileSync(join(template, "peering-desk.sqlite"), join(directory, "peering-desk.sqlite"))
  return directory
}

type Change = (store: Store) => Promise<void>

interface Place {
  dataDirectory: string
  databaseUrl?: string | undefined
}

/** Changes the database of a server that does not run, or of one that does not notice at once. */
async function change({ dataDirectory, databaseUrl }: Place, act: Change) {
  const logger = createLogger("silent")
  const store = await openStore({ dataDirectory, databaseUrl, clock: first.clock, logger })
  await act(store)
  await store.close()
}

/** Starts a server as `main.ts` does: it records its start, verifies the end of the log, and all of it a minute later. */
async function start({ dataDirectory, databaseUrl }: Place): Promise<TestingDesk> {
  const environment = {
    DATA_DIR: dataDirectory,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  }
  const desk = await openTestingDesk({ beside: first, environment })
  await recordStart(desk.services)
  await desk.services.checkpoints.emit()
  await desk.services.checkpoints.emit()
  return desk
}

/** Starts the audit log alone, as a process does whose pages nobody reads. */
async function startLog({ dataDirectory }: Place) {
  const { clock, environment } = first
  const logs: string[] = []
  const logger = createLogger("info", { write: (line) => logs.push(line) })
  const store = await openStore({ dataDirectory, clock, logger })
  const audit = new AuditLog({ store, clock, secrets: [environment["SESSION_SECRET"] ?? ""] })
  await audit.end.read()
  await recordStart({ audit })
  const emitter = new CheckpointEmitter({ store, audit, clock, logger })
  await emitter.emit()
  await emitter.emit()
  return { store, audit, logs }
}

/** Starts a server over an empty database, in which the sessions are good too. */
async function startNew(place: Place): Promise<TestingDesk> {
  const desk = await start(place)
  const sessions = await first.services.store.db.selectFrom("session").selectAll().execute()
  await desk.services.store.db.insertInto("session").values(sessions).execute()
  return desk
}

async function verify(desk: TestingDesk): Promise<AuditVerification> {
  return AuditVerification.parse((await desk.call("GET", apiUrls.verifyAudit({ head: [] }))).json())
}

const countErrors = ({ logs }: Pick<TestingDesk, "logs">) =>
  logs.filter((line) => line.includes('"level":50') && line.includes("not as it was written")).length

/** Starts a server, verifies its log and stops it. */
async function verifyOnce(place: Place): Promise<AuditVerification & { errors: number }> {
  const desk = await start(place)
  const verification = await verify(desk)
  await desk.close()
  return { ...verification, errors: countErrors(desk) }
}

describe("the audit log of a server that was stopped", () => {
  test("is verified after each start when nobody touched it", async () => {
    const place = { dataDirectory: copyLog() }
    for (const starts of [1, 2]) {
      const { verdict, rowCount: rows, flaws, errors } = await verifyOnce(place)
      expect({ verdict, rows, flaws, errors }).toEqual({
        verdict: "verified",
        rows: rowCount + starts,
        flaws: [],
        errors: 0,
      })
    }
  })

  test(`is flawed after two starts and on a second process for ${mutations} of ${mutations} random mutations [seed ${seed}]`, async () => {
    const found = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(arbitraryTampering, async (tampering) => {
        const place = { dataDirectory: copyLog() }
        await change(place, (store) => tamper(store, tampering))
        await (await startLog(place)).store.close()
        const desk = await start(place)
        const beside = await startLog(place)
        const verdicts = [await verify(desk), await verifyAudit({ ...beside, clock: first.clock }, [])]
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(["flawed", "flawed"])
        expect(verdicts[1]?.flaws).toEqual(verdicts[0]?.flaws)
        expect([countErrors(desk), countErrors(beside)]).not.toContain(0)
        await beside.store.close()
        await desk.close()
        // A key or an end that is gone says nothing about one row.
        const namesRow =
          ["cut", "rewrite", "change", "take out"].includes(tampering.act) && tampering.end !== "left"
        // Where nothing signed is left, every row is named.
        expect(verdicts[0]?.firstFlaw?.sequence).toBeLessThanOrEqual(
          namesRow ? tampering.row + 1 : rowCount + 1,
        )
        found.set(tampering.act, (found.get(tampering.act) ?? 0) + 1)
        rmSync(place.dataDirectory, { recursive: true })
      }),
      { numRuns: mutations, seed },
    )
    expect(found.size).toBe(11)
  }, 120_000)
})

/** Takes the last rows, and the signed end with them. */
const cutEnd =
  (sequence: number): Change =>
  async (store) => {
    await dropTriggers(store)
    await cutAfter(store, sequence)
    await tamperWithEnd(store, "deleted")
  }

describe.each(dialects)("a cut of the audit log over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("is found by a server that starts while another one runs, also when it is the only one left", async () => {
    const place: TestingDatabase = await createDatabase()
    const running = await startNew(place)
    await fillAuditLog(running.services.audit, 3)
    await change(place, cutEnd(9))
    const later = await start(place)
    expect([(await verify(running)).verdict, (await verify(later)).verdict]).toEqual(["flawed", "flawed"])
    await running.services.checkpoints.emit()
    expect(countErrors(running)).toBeGreaterThan(0)
    await running.close()
    expect(await verify(later)).toMatchObject({ verdict: "flawed", firstFlaw: { sequence: 1 } })
    await later.close()
    expect((await verifyOnce(place)).verdict).toBe("flawed")
  })

  test("stays flawed with an older signed end once the server that knew the newer one recorded it", async () => {
    const place: TestingDatabase = await createDatabase()
    const running = await startNew(place)
    await fillAuditLog(running.services.audit, 2)
    const readEndText = () =>
      running.services.store.db.selectFrom("head").select("checkpoint").executeTakeFirstOrThrow()
    const older = await readEndText()
    const last = (await readRows(running.services.store)).length
    await fillAuditLog(running.services.audit, 1)
    await change(place, async (store) => {
      await dropTriggers(store)
      await cutAfter(store, last)
      await store.db.updateTable("head").set(older).execute()
    })
    await running.services.checkpoints.emit()
    await running.close()
    expect(await verifyOnce(place)).toMatchObject({
      verdict: "flawed",
      firstFlaw: { sequence: last + 1, kind: "restored" },
    })
  })

  test("is not hidden by taking away the rows that record it", async () => {
    const place: TestingDatabase = await createDatabase()
    const running = await startNew(place)
    await fillAuditLog(running.services.audit, 2)
    await running.close()
    await change(place, cutEnd(5))
    expect((await verifyOnce(place)).flaws).toMatchObject([{ kind: "unsigned", recordedAt: 6 }])
    // Together with what the server logged before the flaw as its signed end.
    const [kept = ""] = running.logs.flatMap((line) => /audit-head-2\.[\w.-]+/.exec(line)?.[0] ?? [])
    await change(place, async (store) => {
      await cutAfter(store, 5)
      await store.db.updateTable("head").set({ checkpoint: kept }).execute()
    })
    expect((await verifyOnce(place)).verdict).toBe("flawed")
    await change(place, (store) => cutAfter(store, 5))
    expect((await verifyOnce(place)).verdict).toBe("flawed")
    await change(place, async (store) => {
      await rewriteFrom(store, 6)
      await tamperWithEnd(store, "forged")
    })
    const again = await verifyOnce(place)
    expect(again.verdict).toBe("flawed")
    expect(again.flaws.every(({ acknowledged }) => acknowledged === null)).toBe(true)
  })
})

const reason = "The disk broke; restored from the copy of 28 Nov"

describe("an acknowledged flaw of the audit log", () => {
  const acknowledge = (desk: TestingDesk, body: unknown, headers = {}) =>
    desk.call("POST", apiUrls.acknowledgeFlaws(), { body, headers })

  /** Returns a server over a log whose row 20 was changed, and which a global administrator acknowledged. */
  async function openAcknowledged(
    act: Change = (store) => tamper(store, { act: "change", row: 20, end: "left" }),
  ) {
    const place = { dataDirectory: copyLog() }
    await change(place, act)
    const desk = await start(place)
    const { flaws } = await verify(desk)
    const answer = await acknowledge(desk, { flaws: flaws.map(({ sequence }) => sequence), reason })
    return { place, desk, answer }
  }

  test("makes the log verified from the next row on, with who acknowledged which row and why", async () => {
    const { place, desk, answer } = await openAcknowledged()
    expect(answer.status).toBe(200)
    const by = { by: "Olivia Marsh", reason, sequence: rowCount + 3 }
    const flaw = { sequence: 20, kind: "changed", recordedAt: rowCount + 2, acknowledged: by }
    const expected = { verdict: "verified-from", verifiedFrom: rowCount + 2, firstFlaw: null, flaws: [flaw] }
    expect(AuditVerification.parse(answer.json())).toMatchObject({ ...expected, rowCount: 2 })
    expect(desk.services.checkpoints.openFlaws).toBe(0)
    const row = (await readRows(desk.services.store)).at(-1)
    expect(row).toMatchObject({ action: "audit-flaw-acknowledged", actor: { name: "Olivia Marsh" }, reason })
    await desk.close()
    for (const rows of [3, 4]) {
      const verification = await verifyOnce(place)
      expect(verification).toMatchObject({ ...expected, rowCount: rows, errors: 0 })
      expect(verification.head).toMatch(/^audit-head-3\./)
    }
  })

  test("is refused to an auditor, without a reason, and for other flaws than the log has", async () => {
    const place = { dataDirectory: copyLog() }
    await change(place, (store) => tamper(store, { act: "change", row: 20, end: "left" }))
    const desk = await start(place)
    const flaws = [20]
    const answers = [
      await acknowledge(desk, { flaws, reason }, { cookie: auditor }),
      await acknowledge(desk, { flaws, reason: " " }),
      await acknowledge(desk, { flaws: [19], reason }),
      await acknowledge(desk, { flaws: [20, 21], reason }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400, 400])
    expect((await verify(desk)).verdict).toBe("flawed")
    expect((await acknowledge(desk, { flaws, reason })).status).toBe(200)
    expect((await acknowledge(desk, { flaws, reason })).status).toBe(400)
    await desk.close()
  })

  test.each<[string, Change]>([
    ["a row before the flaw", (store) => tamper(store, { act: "change", row: 5, end: "left" })],
    [
      "a row after the flaw that was never proved",
      (store) => tamper(store, { act: "change", row: 25, end: "left" }),
    ],
    ["the changed row", (store) => tamper(store, { act: "rewrite", row: 20, end: "left" })],
    ["the row that records it", (store) => tamper(store, { act: "change", row: rowCount + 2, end: "left" })],
    [
      "the row that acknowledges it",
      (store) => tamper(store, { act: "take out", row: rowCount + 3, end: "left" }),
    ],
    ["the signed end", (store) => tamper(store, { act: "end", row: rowCount, end: "deleted" })],
  ])("is followed by another flaw when somebody changes %s", async (_, act) => {
    const { place, desk } = await openAcknowledged()
    await desk.close()
    await change(place, act)
    const found = [await verifyOnce(place), await verifyOnce(place)]
    expect(found.map(({ verdict }) => verdict)).toEqual(["flawed", "flawed"])
    const last = await start(place)
    const open = found[1]!.flaws.filter(({ acknowledged }) => acknowledged === null)
    const answer = await acknowledge(last, { flaws: open.map(({ sequence }) => sequence), reason: "Known" })
    expect(answer.json()).toMatchObject({ verdict: "verified-from" })
    await last.close()
    expect((await verifyOnce(place)).verdict).toBe("verified-from")
  })

  test("is shown by /readyz and the metrics until it is acknowledged", async () => {
    const place = { dataDirectory: copyLog() }
    await change(place, cutEnd(20))
    const desk = await start(place)
    const readMetric = async () =>
      /^peering_desk_audit_flaws (.*)$/m.exec((await desk.call("GET", "/metrics")).text)?.[1]
    const readCheck = async () =>
      /"audit-log","state":"(\w+)"/.exec((await desk.call("GET", "/readyz")).text)?.[1]
    expect([await readMetric(), await readCheck()]).toEqual(["1", "warning"])
    expect((await acknowledge(desk, { flaws: [1], reason })).status).toBe(200)
    expect([await readMetric(), await readCheck()]).toEqual(["0", "ok"])
    await desk.close()
  })
})
