import { PostgresAdapter, type Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Limiter } from "#base/limiter.ts"
import type { EventLog } from "./event-log.ts"
import type { Tables } from "./tables.ts"

/** A read that notes something on its way waits for that note no longer than this, in milliseconds. The database may be locked. */
export const patienceMs = 250

/** An open database: SQLite in one file, or PostgreSQL. */
export interface Store {
  db: Kysely<Tables>
  dialect: "sqlite" | "postgres"
  /** The time of an SQLite file; PostgreSQL has its own. */
  clock: Clock
  /** Adds events in steps; null until the audit log is open. */
  log: EventLog | null
  /** Takes what steps wrote up to a version into the live view of this process; null without one. */
  show: ((version: number) => Promise<void>) | null
  /** Queues the steps of this process where each would hold a connection while it waits for the head. */
  limitSteps: Limiter
  /** Counts the statements that failed for want of room on the disk. */
  countFullDisks: () => number
  /** The URL for a new connection to PostgreSQL; empty for SQLite. */
  readUrl: () => string
  /** Connects with another user or password from the next connection on. Only for PostgreSQL, and the same database. */
  replaceUrl: (databaseUrl: string) => void
  close: () => Promise<void>
}

export function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
