import { rmSync } from "node:fs"
import { apiUrls, AuditVerification, type AuditFlawKind } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { verifyAudit } from "#audit/audit-verify.ts"
import { fillAuditLog, readRows } from "#test/support/audit-log.ts"
import {
  countFlawErrors,
  openCopiedLogs,
  verifyLogOf,
  type CopiedLogs,
  type Place,
  type StoreChange,
} from "#test/support/copied-logs.ts"
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
import type { TestApp } from "#test/support/test-app.ts"

const seed = 20_261_129
const mutations = 100

let logs: CopiedLogs

beforeAll(async () => {
  logs = await openCopiedLogs()
})
afterAll(async () => {
  await logs.close()
})

/** Starts a server, verifies its log and stops it. */
async function verifyOnce(place: Place): Promise<AuditVerification & { errors: number }> {
  const desk = await logs.start(place)
  const verification = await verifyLogOf(desk)
  await desk.close()
  return { ...verification, errors: countFlawErrors(desk) }
}

describe("the audit log of a server that was stopped", () => {
  test("is verified after each start when nobody touched it", async () => {
    const place = logs.copy()
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
        const place = logs.copy()
        await logs.change(place, (store) => tamper(store, tampering))
        await (await logs.startAlone(place)).store.close()
        const desk = await logs.start(place)
        const beside = await logs.startAlone(place)
        const verdicts = [
          await verifyLogOf(desk),
          await verifyAudit({ ...beside, clock: logs.first.clock }, []),
        ]
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(["flawed", "flawed"])
        expect(verdicts[1]?.flaws).toEqual(verdicts[0]?.flaws)
        expect([countFlawErrors(desk), countFlawErrors(beside)]).not.toContain(0)
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
  (sequence: number): StoreChange =>
  async (store) => {
    await dropTriggers(store)
    await cutAfter(store, sequence)
    await tamperWithEnd(store, "deleted")
  }

test("a flaw that a running server records is signed with a key that its next start can open", async () => {
  const place = logs.copy()
  const running = await logs.start(place)
  await logs.change(place, (store) => tamper(store, { act: "seal", row: rowCount, end: "of another row" }))
  await running.services.checkpoints.emit()
  const { flaws } = await verifyLogOf(running)
  const body = { flaws: flaws.map(({ sequence }) => sequence), reason: "Restored from a copy" }
  expect((await running.call("POST", apiUrls.acknowledgeFlaws(), { body })).status).toBe(200)
  await running.close()
  expect((await verifyOnce(place)).verdict).toBe("verified-from")
})

test("a running server finds that every signing key was deleted from its database, and so does its next start", async () => {
  const place = logs.copy()
  const running = await logs.start(place)
  await logs.change(place, (store) => tamper(store, { act: "keys", row: rowCount, end: "left" }))
  expect(await verifyLogOf(running)).toMatchObject({ verdict: "flawed", firstFlaw: { kind: "key-missing" } })
  await fillAuditLog(running.services.audit, 1)
  expect((await verifyLogOf(running)).verdict).toBe("flawed")
  await running.close()
  expect((await verifyOnce(place)).verdict).toBe("flawed")
})

describe.each(dialects)("a cut of the audit log over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("is found by a server that starts while another one runs, also when it is the only one left", async () => {
    const place: TestingDatabase = await createDatabase()
    const running = await logs.startNew(place)
    await fillAuditLog(running.services.audit, 3)
    await logs.change(place, cutEnd(9))
    const later = await logs.start(place)
    expect([(await verifyLogOf(running)).verdict, (await verifyLogOf(later)).verdict]).toEqual([
      "flawed",
      "flawed",
    ])
    await running.services.checkpoints.emit()
    expect(countFlawErrors(running)).toBeGreaterThan(0)
    await running.close()
    expect(await verifyLogOf(later)).toMatchObject({ verdict: "flawed", firstFlaw: { sequence: 1 } })
    await later.close()
    expect((await verifyOnce(place)).verdict).toBe("flawed")
  })

  test("stays flawed with an older signed end once the server that knew the newer one recorded it", async () => {
    const place: TestingDatabase = await createDatabase()
    const running = await logs.startNew(place)
    await fillAuditLog(running.services.audit, 2)
    const readEndText = () =>
      running.services.store.db.selectFrom("head").select("checkpoint").executeTakeFirstOrThrow()
    const older = await readEndText()
    const last = (await readRows(running.services.store)).length
    await fillAuditLog(running.services.audit, 1)
    await logs.change(place, async (store) => {
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
    const running = await logs.startNew(place)
    await fillAuditLog(running.services.audit, 2)
    await running.close()
    await logs.change(place, cutEnd(5))
    expect((await verifyOnce(place)).flaws).toMatchObject([{ kind: "unsigned", recordedAt: 6 }])
    // Together with what the server logged before the flaw as its signed end.
    const [kept = ""] = running.logs.flatMap((line) => /audit-head-2\.[\w.-]+/.exec(line)?.[0] ?? [])
    await logs.change(place, async (store) => {
      await cutAfter(store, 5)
      await store.db.updateTable("head").set({ checkpoint: kept }).execute()
    })
    expect((await verifyOnce(place)).verdict).toBe("flawed")
    await logs.change(place, (store) => cutAfter(store, 5))
    expect((await verifyOnce(place)).verdict).toBe("flawed")
    await logs.change(place, async (store) => {
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
  const acknowledge = (desk: TestApp, body: unknown, headers = {}) =>
    desk.call("POST", apiUrls.acknowledgeFlaws(), { body, headers })

  /** Returns a server over a log whose row 20 was changed, and which a global administrator acknowledged. */
  async function openAcknowledged(
    act: StoreChange = (store) => tamper(store, { act: "change", row: 20, end: "left" }),
    place = logs.copy(),
  ) {
    await logs.change(place, act)
    const desk = await logs.start(place)
    const { flaws } = await verifyLogOf(desk)
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
    const place = logs.copy()
    await logs.change(place, (store) => tamper(store, { act: "change", row: 20, end: "left" }))
    const desk = await logs.start(place)
    const flaws = [20]
    const answers = [
      await acknowledge(desk, { flaws, reason }, { cookie: logs.auditor }),
      await acknowledge(desk, { flaws, reason: " " }),
      await acknowledge(desk, { flaws: [19], reason }),
      await acknowledge(desk, { flaws: [20, 21], reason }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400, 400])
    expect((await verifyLogOf(desk)).verdict).toBe("flawed")
    expect((await acknowledge(desk, { flaws, reason })).status).toBe(200)
    expect((await acknowledge(desk, { flaws, reason })).status).toBe(400)
    await desk.close()
  })

  test.each<[string, AuditFlawKind, StoreChange]>([
    ["a row before the flaw", "changed", (store) => tamper(store, { act: "change", row: 5, end: "left" })],
    [
      "a row after the flaw that was never proved",
      "changed-again",
      (store) => tamper(store, { act: "change", row: 25, end: "left" }),
    ],
    ["the changed row", "changed-again", (store) => tamper(store, { act: "rewrite", row: 20, end: "left" })],
    [
      "the row that records it",
      "changed",
      (store) => tamper(store, { act: "change", row: rowCount + 2, end: "left" }),
    ],
    [
      "the row that acknowledges it",
      "changed",
      (store) => tamper(store, { act: "take out", row: rowCount + 3, end: "left" }),
    ],
    ["the signed end", "changed", (store) => tamper(store, { act: "end", row: rowCount, end: "deleted" })],
  ])("is followed by another flaw when somebody changes %s: %s", async (_, kind, act) => {
    const { place, desk } = await openAcknowledged()
    await desk.close()
    await logs.change(place, act)
    const found = [await verifyOnce(place), await verifyOnce(place)]
    expect(found.map(({ verdict }) => verdict)).toEqual(["flawed", "flawed"])
    expect(found[0]!.firstFlaw?.kind).toBe(kind)
    const last = await logs.start(place)
    const open = found[1]!.flaws.filter(({ acknowledged }) => acknowledged === null)
    const answer = await acknowledge(last, { flaws: open.map(({ sequence }) => sequence), reason: "Known" })
    expect(answer.json()).toMatchObject({ verdict: "verified-from" })
    await last.close()
    expect((await verifyOnce(place)).verdict).toBe("verified-from")
  })

  test.each<[string, string, StoreChange]>([
    ["a changed row", "contradicts", (store) => tamper(store, { act: "change", row: 20, end: "left" })],
    ["a lost signature", "agrees", (store) => tamper(store, { act: "end", row: rowCount, end: "deleted" })],
  ])("the acknowledgement of %s leaves an earlier checkpoint that %s", async (_, verdict, act) => {
    const place = logs.copy()
    const { head } = await verifyOnce(place)
    const { desk } = await openAcknowledged(act, place)
    expect(await verifyLogOf(desk, [head ?? ""])).toMatchObject({
      verdict: "verified-from",
      heads: [{ sequence: rowCount + 1, verdict }],
      proof: { kept: verdict === "agrees" ? { sequence: rowCount + 1 } : null },
    })
    await desk.close()
  })

  test("is shown by /readyz and the metrics until it is acknowledged", async () => {
    const place = logs.copy()
    await logs.change(place, cutEnd(20))
    const desk = await logs.start(place)
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
