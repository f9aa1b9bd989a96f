import { hash } from "node:crypto"
import { setImmediate } from "node:timers/promises"
import { sql } from "kysely"
import type { Store } from "#store/store.ts"
import {
  columnsAsJson,
  readAuditPages,
  toStoredRow,
  type AuditRowQuery,
  type StoredAuditRow,
} from "./audit-rows.ts"
import { rowMark, toRowHash } from "./row-hash.ts"

/** A row as the walk along the chain needs it. */
export interface ChainRow {
  sequence: number
  previousHash: string
  hash: string
  /** Whether it has the hash of what it says. */
  fits: boolean
  /** The whole of it. */
  read: () => StoredAuditRow
}

const rowsAtOnce = 1_000

/**
 * All rows that a query narrows down to, lowest sequence first, page by page; other work gets its turn in between. What a hash is made
 * of is the JSON that SQLite itself makes of a row, so there a page comes as one blob, and rows that are as they were written are hashed
 * without being read. All others are read and hashed as `toRowHash` says.
 */
export async function* readChainPages(
  store: Store,
  narrow: (query: AuditRowQuery) => AuditRowQuery = (query) => query,
): AsyncGenerator<ChainRow[]> {
  if (store.dialect === "postgres") {
    for await (const page of readAuditPages(store, narrow)) yield page.map(toChainRow)
    return
  }
  let after: number | null = null
  for (;;) {
    const rows: ChainRow[] = await readChainPage(store, (query) =>
      narrow(query)
        .$if(after !== null, (narrowed) => narrowed.where("sequence", ">", after ?? 0))
        .orderBy("sequence")
        .limit(rowsAtOnce),
    )
    yield rows
    after = rows.at(-1)?.sequence ?? null
    if (rows.length < rowsAtOnce || after === null) return
    await setImmediate()
  }
}

// JSON has no raw tab or line break, so they part what is hashed from the hash, and a row from the next.
const lineOfRow = sql<string>`json_array(${sql.lit(rowMark)}, ${sql.join(columnsAsJson.slice(0, -1))})
  || char(9) || json_array(${columnsAsJson.at(-1)})`

async function readChainPage(
  { db }: Store,
  narrow: (query: AuditRowQuery) => AuditRowQuery,
): Promise<ChainRow[]> {
  const { page } = await db
    .selectFrom(narrow(db.selectFrom("audit_row")).select(lineOfRow.as("line")).as("lines"))
    .select(sql<ArrayBuffer | null>`cast(group_concat(line, char(10)) as blob)`.as("page"))
    .executeTakeFirstOrThrow()
  const rows: ChainRow[] = []
  if (page === null) return rows
  const bytes = Buffer.from(page)
  // One character a byte, so that places in it are places in the bytes.
  const text = bytes.toString("latin1")
  for (let from = 0; from < text.length;) {
    const found = text.indexOf("\n", from)
    const until = found === -1 ? text.length : found
    rows.push(readIntactLine(bytes, text, from, until) ?? toChainRow(parseLine(bytes.subarray(from, until))))
    from = until + 1
  }
  return rows
}

const lineStart = `["${rowMark}",`
// What is said ends with the hash of the row before, the line with its own: ,"<64 digits>"] a tab ["<64 digits>"]
const previousHashOffset = 135
const tabOffset = 69
const hashOffset = 66
const hashLength = 64

/** Null when a row is not exactly as it was written, or when that can't be told at a glance. */
function readIntactLine(bytes: Buffer, text: string, from: number, until: number): ChainRow | null {
  const rowHash = text.slice(until - hashOffset, until - 2)
  if (hash("sha256", bytes.subarray(from, until - tabOffset)) !== rowHash) return null
  // A longer text that ends with the right hash is another one.
  if (!text.startsWith(',"', until - previousHashOffset - 2)) return null
  const previousHash = text.slice(until - previousHashOffset, until - previousHashOffset + hashLength)
  const first = from + lineStart.length
  const sequence = Number(text.slice(first, text.indexOf(",", first)))
  if (!Number.isSafeInteger(sequence)) return null
  return {
    sequence,
    previousHash,
    hash: rowHash,
    fits: true,
    read: () => parseLine(bytes.subarray(from, until)),
  }
}

function parseLine(line: Buffer): StoredAuditRow {
  const [said = "", rowHash = ""] = line.toString("utf8").split("\t")
  const [, ...values] = JSON.parse(said) as unknown[]
  return toStoredRow([...values, ...(JSON.parse(rowHash) as unknown[])])
}

function toChainRow(row: StoredAuditRow): ChainRow {
  const { sequence, previous_hash: previousHash, hash: rowHash } = row
  return { sequence, previousHash, hash: rowHash, fits: toRowHash(row) === rowHash, read: () => row }
}
