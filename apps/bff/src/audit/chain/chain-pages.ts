import { hash } from "node:crypto"
import { sql } from "kysely"
import type { Store } from "#store/store.ts"
import {
  eventColumns,
  hashedColumns,
  readEventPages,
  readPages,
  toJsonValue,
  toStoredRow,
  type NarrowRows,
  type StoredEvent,
} from "./event-rows.ts"
import { isAsWritten, rowMark } from "./row-hash.ts"

/** A row as the verification of the chain needs it. */
export interface ChainRow {
  number: number
  previousHash: string
  hash: string
  /** True if the hash fits the content, and the digest the data, or the data was dropped. */
  fits: boolean
  /** Parses the whole row. */
  read: () => StoredEvent
}

/**
 * Yields all rows of a query in pages, lowest number first. Hash and digest cover the JSON that SQLite itself makes of a row, so SQLite
 * returns a page as one blob and intact rows are hashed without being parsed. All others are parsed and hashed by `isAsWritten`.
 */
export async function* readChainPages(
  store: Store,
  narrow: NarrowRows = (query) => query,
): AsyncGenerator<ChainRow[]> {
  if (store.dialect === "sqlite") return yield* readPages(narrow, (next) => readChainPage(store, next))
  for await (const page of readEventPages(store, narrow)) yield page.map(toChainRow)
}

const columnsAsJson = eventColumns.map(toJsonValue)
// JSON has no raw tab or line break: a tab separates the hashed content from salt and data and these from the hash, a line break two rows.
const dataAsJson = columnsAsJson.slice(hashedColumns.length, -1)
const lineOfRow = sql<string>`json_array(${sql.lit(rowMark)}, ${sql.join(columnsAsJson.slice(0, hashedColumns.length))})
  || char(9) || json_array(${sql.join(dataAsJson)}) || char(9) || json_array(${columnsAsJson.at(-1)})`

async function readChainPage({ db }: Store, narrow: NarrowRows): Promise<ChainRow[]> {
  const { page } = await db
    .selectFrom(narrow(db.selectFrom("event")).select(lineOfRow.as("line")).as("lines"))
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
// The line ends with a tab and ["<64 digits>"], the content with ,"<64 digits>","<64 digits>"] for the digest and the hash before.
const tabOffset = 69
const hashOffset = 66
const hashLength = 64
const previousHashOffset = 66
const digestOffset = 133
const droppedData = "[null,null]"

/** Returns null if a row is not exactly as it was written, or if that can't be seen without parsing it. */
function readIntactLine(bytes: Buffer, text: string, from: number, until: number): ChainRow | null {
  const rowHash = text.slice(until - hashOffset, until - 2)
  const dataEnd = until - tabOffset
  const contentEnd = text.lastIndexOf("\t", dataEnd - 1)
  if (contentEnd < from || hash("sha256", bytes.subarray(from, contentEnd)) !== rowHash) return null
  // A longer text may end with the right hash.
  const digestAt = contentEnd - digestOffset
  const previousAt = contentEnd - previousHashOffset
  if (!text.startsWith(',"', digestAt - 2) || !text.startsWith('","', previousAt - 3)) return null
  const digest = text.slice(digestAt, digestAt + hashLength)
  const isDropped = text.slice(contentEnd + 1, dataEnd) === droppedData
  if (!isDropped && hash("sha256", bytes.subarray(contentEnd + 1, dataEnd)) !== digest) return null
  const first = from + lineStart.length
  const number = Number(text.slice(first, text.indexOf(",", first)))
  if (!Number.isSafeInteger(number)) return null
  return {
    number,
    previousHash: text.slice(previousAt, previousAt + hashLength),
    hash: rowHash,
    fits: true,
    read: () => parseLine(bytes.subarray(from, until)),
  }
}

function parseLine(line: Buffer): StoredEvent {
  const parts = line.toString("utf8").split("\t")
  const [, ...values] = parts.flatMap((part) => JSON.parse(part) as unknown[])
  return toStoredRow(values)
}

function toChainRow(row: StoredEvent): ChainRow {
  const { number, previous_hash: previousHash, hash: rowHash } = row
  return { number, previousHash, hash: rowHash, fits: isAsWritten(row), read: () => row }
}
