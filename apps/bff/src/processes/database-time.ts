import { sql } from "kysely"
import type { Store } from "#store/store.ts"

/** The time of the database in milliseconds since 1970: the one clock that all processes share. */
export const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Reads the time of PostgreSQL. */
export async function readDatabaseTime({ db }: Pick<Store, "db">): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${databaseNow} as now`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error("The database did not answer what time it has")
  return row.now
}
