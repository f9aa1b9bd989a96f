import type { AuditQuery, AuditRow } from "@peering-desk/shared-schemas"
import { AuditPage } from "@peering-desk/shared-schemas"
import { beforeAll, describe, expect, test } from "vitest"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import type { AuditLog } from "./audit-log.ts"
import { exportAudit } from "./audit-export.ts"
import { queryAudit, readAuditStory } from "./audit-query.ts"
import { olivia, openAuditLog, peeringCreate, projectId, signIn } from "#test/support/audit-log.ts"

const nadia = { issuer: "https://sso.example", subject: "00u-nadia", name: "Nadia 100%_sure" }
const otherProject = "5fbcdf7ad0cdd06f36a1d66f"

describe.each(dialects)("audit queries over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let store: Store
  let audit: AuditLog

  /** Returns the sequences of matching rows, newest first. */
  const find = async (query: AuditQuery) =>
    (await queryAudit(store, query)).rows.map(({ sequence }) => sequence)

  beforeAll(async () => {
    const database = await createDatabase()
    const { clock } = database
    store = await database.open()
    audit = openAuditLog(store, clock)
    const failed = { outcome: "failed", answerCode: null, after: null } as const
    await audit.record(signIn)
    clock.advance(60_000)
    const created = await audit.attempt(peeringCreate)
    await audit.attempt({ ...peeringCreate, actor: nadia, reason: "=cmd|' /C calc'!A0" })
    const unknown = await audit.attempt({
      ...peeringCreate,
      actor: nadia,
      projectId: otherProject,
      reason: null,
    })
    clock.advance(60_000)
    await audit.complete(created, { outcome: "unknown", answerCode: null, after: null })
    await audit.complete(created, {
      outcome: "done",
      answerCode: "201",
      peeringId: "p-1",
      after: { vpcId: "vpc-ÄÖ" },
    })
    await audit.complete(unknown, { outcome: "unknown", answerCode: "504", after: null })
    await audit.record({
      action: "sign-in-refused",
      actor: null,
      address: "2001:db8::1",
      detail: { why: "50% \\ _" },
    })
    const other = await audit.attempt({
      ...peeringCreate,
      action: "container-create",
      projectId: otherProject,
    })
    await audit.complete(other, failed)
  })

  test.each<[string, AuditQuery, number[]]>([
    ["everything, newest first", {}, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ["rows from a time on", { from: "2026-01-15T12:01:00Z" }, [10, 9, 8, 7, 6, 5, 4, 3, 2]],
    ["rows before a time", { until: "2026-01-15T12:02:00Z" }, [4, 3, 2, 1]],
    [
      "rows between two times",
      { from: "2026-01-15T13:00:30+01:00", until: "2026-01-15T12:01:30.5Z" },
      [4, 3, 2],
    ],
    ["a whole subject", { actor: "00u-nadia" }, [7, 4, 3]],
    ["not a part of a subject", { actor: "00u" }, []],
    ["a part of a name in any case", { actor: "oLIVIA" }, [10, 9, 6, 5, 2, 1]],
    ["letters beyond ASCII as they are", { actor: "a Ö" }, [10, 9, 6, 5, 2, 1]],
    ["a % in a name as itself", { actor: "100%_" }, [7, 4, 3]],
    ["no pattern in a name", { actor: "N%a" }, []],
    ["an action", { action: "container-create" }, [10, 9]],
    ["a project", { projectId: otherProject }, [10, 9, 7, 4]],
    ["an outcome", { outcome: "done" }, [6]],
    ["attempts without a known outcome", { outcome: "pending" }, [4, 3]],
    ["a text in the reason", { text: "NEW vpc" }, [10, 9, 6, 5, 2]],
    ["a text in the fields after a change", { text: "vpc-ÄÖ" }, [6]],
    ["a text with special characters", { text: "50% \\ _" }, [8]],
    ["an address", { text: "2001:DB8::1" }, [8]],
    ["all conditions together", { actor: "olivia", projectId, outcome: "unknown", text: "payments" }, [5]],
    ["no text that is not there", { text: "x' or '1'='1" }, []],
    ["a NUL nowhere", { text: "\0" }, []],
  ])("finds %s", async (_, query, sequences) => {
    expect(await find(query)).toEqual(sequences)
  })

  test("acts=true lists each act once, with all outcomes of its attempt", async () => {
    const { rows, outcomes = [] } = await queryAudit(store, { acts: "true" })
    expect(rows.every(({ kind }) => kind !== "outcome")).toBe(true)
    const ends = (sequence: number) =>
      outcomes.filter((row) => row.attemptSequence === sequence).map(({ outcome }) => outcome)
    expect(rows.map(({ sequence, action }) => [sequence, action, ends(sequence)])).toEqual([
      [9, "container-create", ["failed"]],
      [8, "sign-in-refused", []],
      [4, "peering-create", ["unknown"]],
      [3, "peering-create", []],
      [2, "peering-create", ["unknown", "done"]],
      [1, "sign-in", []],
    ])
  })

  test.each<[AuditQuery, number[]]>([
    [{ outcome: "done" }, [2, 1]],
    [{ outcome: "refused" }, [8]],
    [{ outcome: "failed" }, [9]],
    [{ outcome: "unknown" }, [4]],
    [{ outcome: "pending" }, [4, 3]],
    [{ text: "vpc-ÄÖ" }, [2]],
    [{ text: "vpc-ÄÖ", outcome: "failed" }, []],
  ])(
    "acts=true finds an act by its last outcome and by what any of its rows says: %j",
    async (query, found) => {
      expect(await find({ ...query, acts: "true" })).toEqual(found)
    },
  )

  test("queryAudit returns every row once over all pages", async () => {
    const seen: number[] = []
    let before: string | undefined
    do {
      const page = AuditPage.parse(await queryAudit(store, { limit: "3", ...(before && { before }) }))
      seen.push(...page.rows.map(({ sequence }) => sequence))
      before = page.nextBefore?.toString()
    } while (before !== undefined)
    expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect((await queryAudit(store, { limit: "10" })).nextBefore).toBeNull()
  })

  test.each([
    [2, [2, 5, 6]],
    [5, [2, 5, 6]],
    [6, [2, 5, 6]],
    [3, [3]],
    [1, [1]],
    [99, undefined],
  ])("readAuditStory of row %i returns rows %j", async (sequence, story) => {
    expect((await readAuditStory(store, sequence))?.rows.map((row) => row.sequence)).toEqual(story)
  })

  test("exportAudit writes one row per line as JSON Lines, oldest first", async () => {
    let text = ""
    for await (const part of exportAudit({ store, audit }, "jsonl", { actor: "Nadia" })) text += part
    const lines = text.trimEnd().split("\n")
    expect(lines.map((line) => (JSON.parse(line) as Partial<AuditRow>).sequence)).toEqual([
      3,
      4,
      7,
      undefined,
    ])
    expect(JSON.parse(lines[3]!)).toEqual({
      kind: "checkpoint",
      checkpoint: expect.stringMatching(/^audit-head-2\.10\./) as string,
      keys: await audit.keys.list(store.db),
    })
    expect(JSON.parse(lines[0]!)).toEqual((await readAuditStory(store, 3))?.rows[0])
  })

  test("exportAudit writes one row per line as CSV under the column names, and no formula", async () => {
    let text = ""
    for await (const part of exportAudit({ store, audit }, "csv", {})) text += part
    const [names, ...lines] = text.trimEnd().split("\r\n")
    expect(names).toMatch(/^\uFEFF"sequence","at","kind","action","actorIssuer"/)
    expect(lines).toHaveLength(10)
    expect(lines[2]).toContain(`,"'=cmd|' /C calc'!A0",`)
    expect(lines[5]).toContain(`,"{""vpcId"":""vpc-ÄÖ""}",`)
    expect(text).not.toMatch(/(^|,|\n)"[=+\-@\t\r\n]/)
  })

  test("exportAudit without rows writes the column names as CSV and only the checkpoint as JSON Lines", async () => {
    const read = async (format: "csv" | "jsonl") => {
      let text = ""
      for await (const part of exportAudit({ store, audit }, format, { text: "nowhere" })) text += part
      return text
    }
    expect((await read("csv")).split("\r\n")).toHaveLength(2)
    expect(await read("jsonl")).toMatch(/^\{"kind":"checkpoint".*\}\n$/)
  })

  test("readAuditStory returns the actor, or null for the server", async () => {
    expect((await readAuditStory(store, 1))?.rows[0]?.actor).toEqual(olivia)
    expect((await readAuditStory(store, 8))?.rows[0]?.actor).toBeNull()
  })

  test("acts=true finds events by the outcome that the page shows for their action", async () => {
    const database = await createDatabase()
    const there = await database.open()
    const log = openAuditLog(there, database.clock)
    const by = { actor: olivia, address: null }
    const plan = { approval: "a", act: "create", name: "vpc-1", planHash: "h" }
    const about = { projectId, providerName: "AWS", peeringId: null } as const
    const detail = { ...plan, requestedBy: "Nadia", why: "too late" }
    await log.record({ ...by, action: "approval-refused", ...about, detail })
    await log.record({ ...by, action: "audit-flaw-found", detail: { why: "changed" } })
    await log.record(signIn)
    const outcomes = ["refused", "failed", "done", "unknown"] as const
    const found = await Promise.all(outcomes.map((outcome) => queryAudit(there, { acts: "true", outcome })))
    expect(found.map(({ rows }) => rows.map(({ sequence }) => sequence))).toEqual([[1], [2], [3], []])
  })
})
