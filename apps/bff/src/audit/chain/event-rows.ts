import { setImmediate } from "node:timers/promises"
import { sql, type Kysely, type Selectable, type SelectQueryBuilder } from "kysely"
import { isPostgres, type Store } from "#store/store.ts"
import type { EventTable } from "#store/audit-tables.ts"
import type { Tables } from "#store/tables.ts"

export type StoredEvent = Selectable<EventTable>
type EventQuery = SelectQueryBuilder<Tables, "event", object>
export type NarrowRows = (query: EventQuery) => EventQuery

const numberColumns = ["number", "at", "version", "after_at", "attempt"] as const
/** The columns in the order in which a row's hash takes them. */
export const hashedColumns = [
  "number",
  "at",
  "version",
  "phase",
  "kind",
  "actor_issuer",
  "actor_subject",
  "actor_name",
  "project_id",
  "provider_name",
  "peering_id",
  "status",
  "after_at",
  "notification",
  "outcome",
  "attempt",
  "once",
  "digest",
  "previous_hash",
] as const satisfies (keyof EventTable)[]
export const eventColumns = [...hashedColumns, "salt", "data", "hash"] as const satisfies (keyof EventTable)[]
type EventColumn = (typeof eventColumns)[number]

const rowsAtOnce = 1_000

/**
 * Reads rows, or some columns of them, even if somebody tampered with them. SQLite returns each as one blob: libsql crashes the process on
 * a text that is not UTF-8, and anybody who can write to the file could store one.
 */
export async function readEvents<Column extends EventColumn = EventColumn>(
  db: Kysely<Tables>,
  narrow: NarrowRows,
  columns: readonly Column[] = eventColumns as readonly EventColumn[] as readonly Column[],
): Promise<Pick<StoredEvent, Column>[]> {
  const query = narrow(db.selectFrom("event"))
  if (isPostgres(db)) {
    const rows: unknown[] = await query.select(columns).execute()
    return rows as Pick<StoredEvent, Column>[]
  }
  const values = sql.join(columns.map(toJsonValue))
  const rows = await query.select(sql<ArrayBuffer>`cast(json_array(${values}) as blob)`.as("row")).execute()
  return rows.map(({ row }) =>
    toStoredRow(JSON.parse(Buffer.from(row).toString("utf8")) as unknown[], columns),
  )
}

/** Builds a row from its values in the order of the columns. */
export function toStoredRow<Column extends EventColumn = EventColumn>(
  values: readonly unknown[],
  columns: readonly Column[] = eventColumns as readonly EventColumn[] as readonly Column[],
): Pick<StoredEvent, Column> {
  const read: Partial<Record<Column, unknown>> = {}
  for (const [index, column] of columns.entries()) read[column] = values[index]
  return read as Pick<StoredEvent, Column>
}

/** Returns a column in a form that SQLite can put into JSON, even if it was tampered with. */
export function toJsonValue(column: EventColumn) {
  const value = `"event"."${column}"`
  return sql.raw(
    numberColumns.some((name) => name === column)
      ? `case typeof(${value}) when 'blob' then hex(${value}) else ${value} end`
      : `cast(${value} as text)`,
  )
}

/** Yields all rows of a query in pages, lowest number first. */
export function readEventPages(store: Store, narrow: NarrowRows = (query) => query) {
  return readPages(narrow, (next) => readEvents(store.db, next))
}

/** Yields pages of rows, lowest number first. Other work runs between pages. */
export async function* readPages<Row extends { number: number }>(
  narrow: NarrowRows,
  readPage: (narrow: NarrowRows) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let after: number | null = null
  for (;;) {
    const rows: Row[] = await readPage((query) =>
      narrow(query)
        .$if(after !== null, (narrowed) => narrowed.where("number", ">", after ?? 0))
        .orderBy("number")
        .limit(rowsAtOnce),
    )
    yield rows
    after = rows.at(-1)?.number ?? null
    if (rows.length < rowsAtOnce || after === null) return
    await setImmediate()
  }
}

export async function readEvent(db: Kysely<Tables>, number: number): Promise<StoredEvent | null> {
  const [row] = await readEvents(db, (query) => query.where("number", "=", number))
  return row ?? null
}
