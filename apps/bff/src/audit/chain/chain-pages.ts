import { hash } from "node:crypto"
import { sql } from "kysely"
import type { Store } from "#store/store.ts"
import {
  columnsAsJson,
  readAuditPages,
  readPages,
  toStoredRow,
  type NarrowRows,
  type StoredAuditRow,
} from "./audit-rows.ts"
import { rowMark, toRowHash } from "./row-hash.ts"

/** A row as the verification of the chain needs it. */
export interface ChainRow {
  sequence: number
  previousHash: string
  hash: string
  /** True if the hash fits the content. */
  fits: boolean
  /** Parses the whole row. */
  read: () => StoredAuditRow
}

/**
 * Yields all rows of a query in pages, lowest sequence first. A hash covers the JSON that SQLite itself
 * makes of a row, so SQLite returns a page as one blob and intact rows are hashed without being parsed. All others are parsed and
 * hashed by `toRowHash`.
 */
export async function* readChainPages(
  store: Store,
  narrow: NarrowRows = (query) => query,
): AsyncGenerator<ChainRow[]> {
  if (store.dialect === "sqlite") return yield* readPages(narrow, (next) => readChainPage(store, next))
  for await (const page of readAuditPages(store, narrow)) yield page.map(toChainRow)
}

// JSON has no raw tab or line break, so a tab separates the hashed content from the hash, and a line break two rows.
const lineOfRow = sql<string>`json_array(${sql.lit(rowMark)}, ${sql.join(columnsAsJson.slice(0, -1))})
  || char(9) || json_array(${columnsAsJson.at(-1)})`

async function readChainPage({ db }: Store, narrow: NarrowRows): Promise<ChainRow[]> {
  const { page } = await db
    .selectFrom(narrow(db.selectFrom("audit_row")).select(lineOfRow.as("line")).as("lines"))
    .select(sql<ArrayBuffer | null>`cast(group_concat(line, char(10)) as blob)`.as("page"))
    .executeTakeFirstOrThrow()
  const rows: ChainRow[] = []
  if (page === null) return rows
  const bytes = Buffer.from(page)
  // Latin-1 has one character per byte, so positions in the text are positions in the bytes.
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
// The content ends with the hash of the row before, the line with the row's hash: ,"<64 digits>"] a tab ["<64 digits>"]
const previousHashOffset = 135
const tabOffset = 69
const hashOffset = 66
const hashLength = 64

/** Returns null if a row is not exactly as it was written, or if that can't be seen without parsing it. */
function readIntactLine(bytes: Buffer, text: string, from: number, until: number): ChainRow | null {
  const rowHash = text.slice(until - hashOffset, until - 2)
  if (hash("sha256", bytes.subarray(from, until - tabOffset)) !== rowHash) return null
  // A longer text may end with the right hash.
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
  const [content = "", rowHash = ""] = line.toString("utf8").split("\t")
  const [, ...values] = JSON.parse(content) as unknown[]
  return toStoredRow([...values, ...(JSON.parse(rowHash) as unknown[])])
}

function toChainRow(row: StoredAuditRow): ChainRow {
  const { sequence, previous_hash: previousHash, hash: rowHash } = row
  return { sequence, previousHash, hash: rowHash, fits: toRowHash(row) === rowHash, read: () => row }
}
