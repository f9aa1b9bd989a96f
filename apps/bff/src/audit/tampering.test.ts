import fc from "fast-check"
import { sql, type RawBuilder } from "kysely"
import { beforeAll, describe, expect, test } from "vitest"
import { eventColumns, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toRowHash } from "#audit/chain/row-hash.ts"
import type { Store } from "#store/store.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { fillAuditLog, openAuditLog, readEventRows } from "#test/support/audit-log.ts"
import { dropTriggers } from "#test/support/log-tampering.ts"
import type { AuditLog } from "./audit-log.ts"
import { verifyAudit } from "./audit-verify.ts"

const last = 24
const seed = 20_261_126
/** PostgreSQL takes longer for a statement, and stores the same rows. */
const mutations = { sqlite: 1_000, postgres: 250 }

const place = fc.integer({ min: 1, max: last })
const tampering = fc.oneof(
  fc.record({ act: fc.constant("change" as const), row: place, other: fc.constantFrom(...eventColumns) }),
  fc.record({ act: fc.constantFrom("delete" as const, "delete and renumber" as const), row: place }),
  fc.record({ act: fc.constantFrom("swap" as const, "copy" as const), row: place, other: place }),
  fc.record({ act: fc.constantFrom("forge" as const, "append" as const, "truncate" as const), row: place }),
  fc.record({ act: fc.constant("put back" as const), row: fc.integer({ min: 1, max: last - 1 }) }),
)
type Tampering = typeof tampering extends fc.Arbitrary<infer Value> ? Value : never

describe.each(dialects)("verifyAudit in the process that wrote the rows, over %s,", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  let audit: AuditLog
  let written: StoredEvent[]
  /** The signed end after each row. */
  const ends: string[] = []

  beforeAll(async () => {
    database = await createDatabase()
    store = await database.open()
    audit = openAuditLog(store, database.clock)
    for (let row = 0; row < last; row += 4) await fillAuditLog(audit, 1, () => noteEnd())
    written = await readEventRows(store)
    // Somebody with the database would begin with this.
    await dropTriggers(store)
  })

  async function noteEnd() {
    ends.push((await store.db.selectFrom("head").select("checkpoint").executeTakeFirstOrThrow()).checkpoint)
  }

  /** Tampers with the rows, verifies them, and rolls back. */
  async function verifyAfter(statements: readonly RawBuilder<unknown>[]) {
    const undone = new Error("undone")
    let verification: Awaited<ReturnType<typeof verifyAudit>> | undefined
    await store.db
      .transaction()
      .execute(async (transaction) => {
        for (const statement of statements) await statement.execute(transaction)
        const deps = { store: { ...store, db: transaction }, clock: database.clock, audit }
        verification = await verifyAudit(deps, [])
        throw undone
      })
      .catch((thrown: unknown) => {
        if (thrown !== undone) throw thrown
      })
    return verification
  }

  const rowAt = (sequence: number) => written[sequence - 1]!
  const remove = (sequence: number) => sql`delete from event where number = ${sequence}`
  const removeAfter = (sequence: number) => sql`delete from event where number > ${sequence}`
  const renumber = (from: number, to: number) => sql`update event set number = ${to} where number = ${from}`
  /** Goes through negative numbers, since two rows can't have the same number at any time. */
  const shift = (from: number, by: number) => [
    sql`update event set number = -number where number >= ${from}`,
    sql`update event set number = ${by} - number where number < 0`,
  ]
  const insert = (row: StoredEvent) =>
    sql`insert into event (${sql.join(eventColumns.map((column) => sql.ref(column)))})
      values (${sql.join(eventColumns.map((column) => row[column]))})`

  function forge(sequence: number, previousHash: string): StoredEvent {
    const row = { ...rowAt(1), number: sequence, actor_name: "Mallory", previous_hash: previousHash }
    return { ...row, hash: toRowHash(row) }
  }

  /** Returns statements, and the row that is to be named. */
  function plan(what: Tampering): { statements: RawBuilder<unknown>[]; first: number } {
    const { act, row } = what
    switch (act) {
      case "change": {
        if (what.other === "number") return { statements: [renumber(row, last + row)], first: row }
        const value = rowAt(row)[what.other]
        const changed =
          typeof value === "number" ? value + 1 : value === null ? toOther(what.other) : `${value} `
        const set = sql`update event set ${sql.ref(what.other)} = ${changed} where number = ${row}`
        return { statements: [set], first: row }
      }
      case "delete":
        return { statements: [remove(row)], first: row }
      case "delete and renumber":
        return { statements: [remove(row), ...shift(row + 1, -1)], first: row }
      case "swap": {
        const other = what.other === row ? (row % last) + 1 : what.other
        const statements = [renumber(row, -1), renumber(other, row), renumber(-1, other)]
        return { statements, first: Math.min(row, other) }
      }
      case "copy": {
        const copy = { ...rowAt(what.other), number: row }
        // The second of two equal rows is the one that is not in its place.
        return { statements: [...shift(row, 1), insert(copy)], first: what.other === row ? row + 1 : row }
      }
      case "forge":
        return { statements: [...shift(row, 1), insert(forge(row, rowAt(row).previous_hash))], first: row }
      case "append":
        return { statements: [insert(forge(last + 1, rowAt(last).hash))], first: last + 1 }
      case "truncate":
        return { statements: [removeAfter(row - 1)], first: row }
      case "put back": {
        const end = sql`update head set checkpoint = ${ends[row - 1]}`
        return { statements: [removeAfter(row), end], first: row + 1 }
      }
    }
  }

  test(`finds ${mutations[dialect]} of ${mutations[dialect]} random mutations and names the row [seed ${seed}]`, async () => {
    expect((await verifyAfter([]))?.verdict).toBe("verified")
    const found = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(tampering, async (what) => {
        const { statements, first } = plan(what)
        const verification = await verifyAfter(statements)
        expect([verification?.verdict, verification?.firstFlaw?.sequence]).toEqual(["flawed", first])
        found.set(what.act, (found.get(what.act) ?? 0) + 1)
      }),
      { numRuns: mutations[dialect], seed },
    )
    expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(mutations[dialect])
    expect(found.size).toBe(9)
  }, 120_000)

  test.each([
    ["a truncated end", () => [removeAfter(20)], 21, "truncated"],
    [
      "an older copy of the database",
      () => [removeAfter(20), sql`update head set checkpoint = ${ends[19]}`],
      21,
      "restored",
    ],
    ["a row that somebody appended", () => [insert(forge(25, rowAt(24).hash))], 25, "inserted"],
    ["a last row that was rewritten", () => [remove(24), insert(forge(24, rowAt(23).hash))], 24, "rewritten"],
  ])("tells %s apart", async (_, tamper, sequence, kind) => {
    expect((await verifyAfter(tamper()))?.firstFlaw).toMatchObject({ sequence, kind })
  })

  test.each([
    ["missing", sql`delete from head`, "unsigned"],
    ["not signed", sql`update head set checkpoint = replace(checkpoint, '.24.', '.23.')`, "unsigned"],
    ["no checkpoint", sql`update head set checkpoint = 'x'`, "unsigned"],
    ["beside a head that names an earlier row", sql`update head set number = 20`, "unsigned"],
    ["beside a head with another hash", sql`update head set hash = 'x'`, "unsigned"],
    ["beside a head that names a later row", sql`update head set number = 25`, "restored"],
    ["beside a head without a number", sql`update head set number = null`, "unsigned"],
    ["behind the rows", () => sql`update head set checkpoint = ${ends[19]}`, "restored"],
  ])("calls the log flawed after its last row when the signed end is %s", async (_, statement, kind) => {
    const verification = await verifyAfter([typeof statement === "function" ? statement() : statement])
    expect(verification).toMatchObject({
      verdict: "flawed",
      firstFlaw: { kind },
      proof: { signed: null },
      head: null,
    })
  })
})

/** A value for a column that holds none. */
function toOther(column: string): string | number {
  return column === "attempt" ? 1 : "x"
}
