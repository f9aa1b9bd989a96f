import fc from "fast-check"
import { sql, type RawBuilder } from "kysely"
import { beforeAll, describe, expect, test } from "vitest"
import type { Store } from "#store/store.ts"
import { useDatabases } from "#test/support/database.ts"
import { eventColumns, hashedColumns, type StoredEvent } from "./event-rows.ts"
import { chainStart, toRowHash, type ChainEnd } from "./row-hash.ts"
import {
  fillAuditLog,
  openAuditLog,
  peeringCreate,
  readEnd,
  readEventRows,
  signIn,
  verifyStore,
} from "#test/support/audit-log.ts"
import { dropTriggers } from "#test/support/log-tampering.ts"

const createDatabase = useDatabases("sqlite")
const last = 40
let store: Store
let written: StoredEvent[]
let checkpoint: ChainEnd

beforeAll(async () => {
  const database = await createDatabase()
  store = await database.open()
  await fillAuditLog(openAuditLog(store, database.clock), last / 4)
  written = await readEventRows(store)
  checkpoint = await readEnd(store)
  // An attacker with the file would start with this.
  await dropTriggers(store)
})

/** Tampers with the rows, verifies them, and rolls back. */
async function verifyAfter(...statements: RawBuilder<unknown>[]) {
  let verdict: Awaited<ReturnType<typeof verifyStore>> | undefined
  const undone = new Error("undone")
  await store.db
    .transaction()
    .execute(async (transaction) => {
      for (const statement of statements) await statement.execute(transaction)
      verdict = await verifyStore({ ...store, db: transaction }, [checkpoint])
      throw undone
    })
    .catch((thrown: unknown) => {
      if (thrown !== undone) throw thrown
    })
  return verdict?.flaw ?? null
}

const remove = (sequence: number) => sql`delete from event where number = ${sequence}`
const removeFrom = (sequence: number) => sql`delete from event where number >= ${sequence}`
const renumber = (from: number, to: number) => sql`update event set number = ${to} where number = ${from}`
/** Goes through negative numbers, since two rows can't have the same number at any time. */
const shift = (from: number, by: number) => [
  sql`update event set number = -number where number >= ${from}`,
  sql`update event set number = ${by} - number where number < 0`,
]
const swap = (one: number, other: number) => [renumber(one, -1), renumber(other, one), renumber(-1, other)]
const insert = (row: StoredEvent) =>
  sql`insert into event (${sql.join(eventColumns.map((column) => sql.ref(column)))})
    values (${sql.join(eventColumns.map((column) => row[column]))})`
const rewrite = (sequence: number, row: StoredEvent) => [
  remove(sequence),
  insert({ ...row, number: sequence }),
]
const rowAt = (sequence: number) => written[sequence - 1]!

function forge(sequence: number, previousHash: string): StoredEvent {
  const row = { ...rowAt(1), number: sequence, actor_name: "Mallory", previous_hash: previousHash }
  return { ...row, hash: toRowHash(row) }
}

test("verifyChain accepts an untouched log that ends at its checkpoint", async () => {
  expect(await verifyStore(store, [checkpoint])).toEqual({
    rowCount: last,
    end: checkpoint,
    flaw: null,
  })
  expect(await verifyAfter()).toBeNull()
})

test("verifyChain accepts texts that JSON writes in several ways, over several pages", async () => {
  const database = await createDatabase()
  const there = await database.open()
  const audit = openAuditLog(there, database.clock)
  const texts = [
    "\u0001\b\t\n\f\r\u001f\u007f",
    `"\\/'<&`,
    "\u2028\u2029\u0085\ufeff",
    "é🚀\u{10ffff}",
    "\\u0041",
    "",
  ]
  for (const text of texts) await audit.attempt({ ...peeringCreate, reason: text, address: text })
  for (let row = texts.length; row < 1_001; row += 1) await audit.record(signIn)
  expect(await verifyStore(there)).toMatchObject({ rowCount: 1_001, flaw: null })
}, 60_000)

test("verifyChain accepts rows whose data was dropped", async () => {
  const drop = sql`update event set salt = null, data = null where number > 30`
  expect(await verifyAfter(drop)).toBeNull()
  for (const column of ["salt", "data"])
    expect(
      await verifyAfter(sql`update event set ${sql.ref(column)} = null where number = 30`),
    ).toMatchObject({ sequence: 30, kind: "changed" })
})

test("toRowHash depends on every column", () => {
  const row = rowAt(7)
  expect(toRowHash(row)).toBe(row.hash)
  expect(row.previous_hash).toBe(rowAt(6).hash)
  expect(rowAt(1).previous_hash).toBe(chainStart.hash)
  for (const column of hashedColumns) {
    expect(toRowHash({ ...row, [column]: "x" })).not.toBe(row.hash)
    expect(toRowHash({ ...row, [column]: row[column] === null ? "" : null })).not.toBe(row.hash)
  }
  expect(toRowHash({ ...row, kind: "a", actor_issuer: "bc" })).not.toBe(
    toRowHash({ ...row, kind: "ab", actor_issuer: "c" }),
  )
})

describe("verifyChain", () => {
  test.each<[string, () => RawBuilder<unknown>[], number, string]>([
    ["a row that was changed", () => [sql`update event set data = 'x' where number = 9`], 9, "changed"],
    ["a changed row with its new hash", () => rewrite(20, forge(20, rowAt(19).hash)), 20, "changed"],
    ["a row after another row", () => rewrite(20, forge(20, rowAt(18).hash)), 20, "changed"],
    [
      // No row follows that would tell which of the two it was.
      "the last row, or the one before, when the forebear's hash is only the end of what is named",
      () => rewrite(40, forge(40, `x${rowAt(39).hash}`)),
      39,
      "changed",
    ],
    ["the first row, changed, with its new hash", () => rewrite(1, forge(1, chainStart.hash)), 1, "changed"],
    ["the first row after another row", () => rewrite(1, forge(1, rowAt(1).hash)), 1, "changed"],
    ["a removed row", () => [remove(9)], 9, "missing"],
    ["the removed first row", () => [remove(1)], 1, "missing"],
    ["several removed rows", () => [remove(9), remove(10)], 9, "missing"],
    ["a removed row with new numbers after it", () => [remove(9), ...shift(10, -1)], 9, "missing"],
    [
      "rows that were taken out, with new numbers",
      () => [remove(9), remove(10), ...shift(11, -2)],
      9,
      "missing",
    ],
    ["two swapped rows", () => swap(9, 30), 9, "swapped"],
    ["two swapped neighbours", () => swap(9, 10), 9, "swapped"],
    ["the last two rows swapped", () => swap(39, 40), 39, "swapped"],
    ["an inserted forged row", () => [...shift(9, 1), insert(forge(9, rowAt(8).hash))], 9, "inserted"],
    [
      "a clumsy row that was put in",
      () => [...shift(9, 1), insert({ ...rowAt(1), number: 9, data: "x" })],
      9,
      "inserted",
    ],
    ["a copy of an earlier row", () => [...shift(9, 1), insert({ ...rowAt(3), number: 9 })], 9, "inserted"],
    ["a copy of a later row", () => [...shift(9, 1), insert({ ...rowAt(30), number: 9 })], 9, "inserted"],
    ["a copy of the next row", () => [...shift(9, 1), insert({ ...rowAt(10), number: 9 })], 9, "inserted"],
    ["a copy at the end", () => [insert({ ...rowAt(9), number: 41 })], 41, "inserted"],
    ["a row before the first", () => [insert({ ...rowAt(9), number: 0 })], 0, "inserted"],
    ["a removed end", () => [remove(40)], 40, "truncated"],
    ["a long removed end", () => [removeFrom(10)], 10, "truncated"],
    ["the removal of everything", () => [removeFrom(1)], 1, "truncated"],
    [
      "the last row, changed, with its new hash",
      () => rewrite(40, forge(40, rowAt(39).hash)),
      40,
      "rewritten",
    ],
  ])("finds %s", async (_, tamper, sequence, kind) => {
    expect(await verifyAfter(...tamper())).toMatchObject({ sequence, kind })
  })

  test("meets no row between two numbers, which the database refuses", async () => {
    await expect(verifyAfter(insert({ ...rowAt(9), number: 9.5 }))).rejects.toThrow("datatype mismatch")
  })

  test("finds an end rewritten with valid hashes by a checkpoint", async () => {
    const statements: RawBuilder<unknown>[] = [removeFrom(30)]
    let previous = rowAt(29).hash
    for (let sequence = 30; sequence <= 40; sequence += 1) {
      const forged = forge(sequence, previous)
      statements.push(insert(forged))
      previous = forged.hash
    }
    expect(await verifyAfter(...statements)).toMatchObject({ sequence: 40, kind: "rewritten" })
  })

  test.each([
    ["bytes that are no text", sql`cast(X'41ff42' as text)`],
    ["a NUL", sql`'a' || char(0)`],
    ["a blob", sql`X'41'`],
  ])("finds %s in any column without a crash", async (_, value) => {
    for (const column of eventColumns.filter((name) => name !== "number")) {
      const tamper = sql`update event set ${sql.ref(column)} = ${value} where number = 9`
      expect({ column, flaw: await verifyAfter(tamper) }).toMatchObject({
        column,
        flaw: { sequence: 9, kind: "changed" },
      })
    }
  })
})

const place = fc.nat({ max: 1_000_000 })
const tampering = fc.oneof(
  fc.record({
    act: fc.constant("change" as const),
    row: place,
    column: place,
    byte: place,
    to: fc.nat({ max: 255 }),
  }),
  fc.record({ act: fc.constantFrom("delete" as const, "delete and renumber" as const), row: place }),
  fc.record({ act: fc.constant("swap" as const), row: place, other: place }),
  fc.record({ act: fc.constantFrom("copy" as const, "forge" as const), row: place, other: place }),
  fc.record({ act: fc.constant("truncate" as const), row: place }),
)

/** Returns statements and the number of the first row that they damage; null if they change nothing. */
function plan(what: typeof tampering extends fc.Arbitrary<infer Value> ? Value : never): {
  statements: RawBuilder<unknown>[]
  first: number
} | null {
  const sequence = (what.row % last) + 1
  switch (what.act) {
    case "change": {
      const column = eventColumns[what.column % eventColumns.length]!
      const bytes = Buffer.from(String(rowAt(sequence)[column] ?? "?"))
      const at = what.byte % bytes.length
      if (bytes[at] === what.to && rowAt(sequence)[column] !== null) return null
      bytes[at] = what.to
      const change = sql`update event set ${sql.ref(column)} = cast(X'${sql.raw(bytes.toString("hex"))}' as text)
        where number = ${sequence}`
      if (column !== "number") return { statements: [change], first: sequence }
      const to = Number(bytes.toString("latin1"))
      if (!Number.isInteger(to) || (to >= 1 && to <= last)) return null
      return { statements: [renumber(sequence, to)], first: Math.min(sequence, to) }
    }
    case "delete":
      return { statements: [remove(sequence)], first: sequence }
    case "delete and renumber":
      return { statements: [remove(sequence), ...shift(sequence + 1, -1)], first: sequence }
    case "swap": {
      const other = (what.other % last) + 1
      return other === sequence
        ? null
        : { statements: swap(sequence, other), first: Math.min(sequence, other) }
    }
    case "copy": {
      const copy = { ...rowAt((what.other % last) + 1), number: sequence }
      // The second of two equal rows is the one that is not in its place.
      const first = copy.hash === rowAt(sequence).hash ? sequence + 1 : sequence
      return { statements: [...shift(sequence, 1), insert(copy)], first }
    }
    case "forge": {
      const forged = forge(sequence, rowAt((what.other % last) + 1).hash)
      return { statements: [...shift(sequence, 1), insert(forged)], first: sequence }
    }
    case "truncate":
      return { statements: [removeFrom(sequence)], first: sequence }
  }
}

test("verifyChain finds 200 of 200 random changes of bytes, deletions, swaps, insertions and truncations", async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(tampering, async (what) => {
      const planned = plan(what)
      fc.pre(planned !== null)
      expect((await verifyAfter(...planned.statements))?.sequence).toBe(planned.first)
      found += 1
    }),
    { numRuns: 200, seed: 20_260_115 },
  )
  expect(found).toBeGreaterThanOrEqual(200)
}, 60_000)
