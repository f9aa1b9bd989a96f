import { sql } from "kysely"

/** The time of the database in milliseconds since 1970: the one clock that all processes share. */
export const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
