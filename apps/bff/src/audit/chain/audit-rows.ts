import { setImmediate } from "node:timers/promises"
import type { AuditFields, AuditRow } from "@peering-desk/shared-schemas"
import { sql, type Kysely, type Selectable, type SelectQueryBuilder } from "kysely"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { AuditRowTable } from "#store/audit-tables.ts"
import type { Tables } from "#store/tables.ts"

export type StoredAuditRow = Selectable<AuditRowTable>
type AuditRowQuery = SelectQueryBuilder<Tables, "audit_row", object>
export type NarrowRows = (query: AuditRowQuery) => AuditRowQuery

const numberColumns = ["sequence", "at", "attempt_sequence"] as const
/** The columns in the order in which a row's hash takes them. */
export const auditColumns = [
  "sequence",
  "at",
  "kind",
  "actor_issuer",
  "actor_subject",
  "actor_name",
  "address",
  "action",
  "project_id",
  "peering_id",
  "reason",
  "request_hash",
  "outcome",
  "answer_code",
  "detail",
  "before",
  "after",
  "attempt_sequence",
  "previous_hash",
  "hash",
] as const satisfies (keyof AuditRowTable)[]

const rowsAtOnce = 1_000

/**
 * Reads rows even if somebody tampered with them. SQLite returns each as one blob: libsql crashes the process on a text that is not UTF-8,
 * and anybody who can write to the file could store one.
 */
export async function readAuditRows(
  { dialect }: Pick<Store, "dialect">,
  db: Kysely<Tables>,
  narrow: NarrowRows,
): Promise<StoredAuditRow[]> {
  const query = narrow(db.selectFrom("audit_row"))
  if (dialect === "postgres") return await query.selectAll().execute()
  const rows = await query.select(sql<ArrayBuffer>`cast(${rowAsJson} as blob)`.as("row")).execute()
  return rows.map(({ row }) => toStoredRow(JSON.parse(Buffer.from(row).toString("utf8")) as unknown[]))
}

/** Builds a row from its values in the order of `auditColumns`. */
export function toStoredRow(values: readonly unknown[]): StoredAuditRow {
  const read: Partial<Record<keyof StoredAuditRow, unknown>> = {}
  for (const [index, column] of auditColumns.entries()) read[column] = values[index]
  return read as StoredAuditRow
}

/** Each of `auditColumns` in a form that SQLite can put into JSON, even if it was tampered with. */
export const columnsAsJson = auditColumns.map((column) => {
  const value = sql.ref(`audit_row.${column}`)
  return numberColumns.some((name) => name === column)
    ? sql`case typeof(${value}) when 'blob' then hex(${value}) else ${value} end`
    : sql`cast(${value} as text)`
})

const rowAsJson = sql`json_array(${sql.join(columnsAsJson)})`
const endAsJson = sql`json_array(${columnsAsJson.at(0)}, ${columnsAsJson.at(-1)})`

/** Yields all rows of a query in pages, lowest sequence first. */
export function readAuditPages(store: Store, narrow: NarrowRows = (query) => query) {
  return readPages(narrow, (next) => readAuditRows(store, store.db, next))
}

/** Yields pages of rows, lowest sequence first. Other work runs between pages. */
export async function* readPages<Row extends { sequence: number }>(
  narrow: NarrowRows,
  readPage: (narrow: NarrowRows) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after: number | null = null
  for (;;) {
    const rows: Row[] = await readPage((query) =>
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

/** Reads what the next row continues from: the number and the hash of the last one. Null while there are no rows. */
export async function readChainEnd(
  { dialect }: Pick<Store, "dialect">,
  db: Kysely<Tables>,
): Promise<Pick<StoredAuditRow, "sequence" | "hash"> | null> {
  const last = db.selectFrom("audit_row").orderBy("sequence", "desc").limit(1)
  if (dialect === "postgres") return (await last.select(["sequence", "hash"]).executeTakeFirst()) ?? null
  const row = await last.select(sql<ArrayBuffer>`cast(${endAsJson} as blob)`.as("end")).executeTakeFirst()
  if (row === undefined) return null
  const [sequence, hash] = JSON.parse(Buffer.from(row.end).toString("utf8")) as [number, string]
  return { sequence, hash }
}

export async function readAuditRow(
  store: Store,
  sequence: number,
  db: Kysely<Tables> = store.db,
): Promise<StoredAuditRow | null> {
  const [row] = await readAuditRows(store, db, (query) => query.where("sequence", "=", sequence))
  return row ?? null
}

/** Translates a row into the contract. A row that was tampered with must not keep others from being read. */
export function toAuditRow(row: StoredAuditRow): AuditRow {
  const { actor_issuer: issuer, actor_subject: subject, actor_name: name } = row
  return {
    sequence: row.sequence,
    at: Math.abs(row.at) <= 8.64e15 ? toInstant(row.at) : String(row.at),
    kind: row.kind,
    action: row.action,
    actor: issuer === null || subject === null ? null : { issuer, subject, name: name ?? "" },
    address: row.address,
    projectId: row.project_id,
    peeringId: row.peering_id,
    reason: row.reason,
    requestHash: row.request_hash,
    outcome: row.outcome,
    answerCode: row.answer_code,
    detail: readFields(row.detail),
    before: readFields(row.before),
    after: readFields(row.after),
    attemptSequence: row.attempt_sequence,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

/** Reads a stored object of fields; one that was tampered with is returned as unreadable. */
export function readFields(text: string | null): AuditFields | null {
  if (text === null) return null
  try {
    const fields: unknown = JSON.parse(text)
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields)) return fields as AuditFields
  } catch {
    // Returned as unreadable.
  }
  return { unreadable: text }
}
