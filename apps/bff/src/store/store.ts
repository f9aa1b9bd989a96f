import type { Kysely } from "kysely"
import type { Tables } from "./tables.ts"

/** An open database: SQLite in one file, or PostgreSQL. */
export interface Store {
  db: Kysely<Tables>
  dialect: "sqlite" | "postgres"
  close: () => Promise<void>
}
