import { Kysely } from "kysely"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import type { Logger } from "#base/logger.ts"
import { refuseFormerFile } from "./former-tables.ts"
import { migrate } from "./migrate.ts"
import { isFullDisk } from "#store/drivers/outage-driver.ts"
import { createPostgresDialect } from "#store/drivers/postgres-dialect.ts"
import { createSqliteDialect } from "#store/drivers/sqlite-dialect.ts"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

/** One holds the head of PostgreSQL and others wait for it there; the remaining connections of the pool are for reads and signs of life. */
const stepsAtOnce = 3

export interface StoreOptions {
  /** `postgres://…`; without it the data is one SQLite file. */
  databaseUrl?: string | undefined
  /** Where that file lies; made when it is missing. */
  dataDirectory: string
  clock: Clock
  logger: Logger
}

/**
 * Opens the database and brings its tables up to date.
 * @throws Error in words for the person who starts the server: it can't be reached or written, or former or newer code made it; never the URL, which may hold a password
 */
export async function openStore({ databaseUrl, dataDirectory, clock, logger }: StoreOptions): Promise<Store> {
  const dialect = databaseUrl === undefined ? "sqlite" : "postgres"
  let url = databaseUrl
  let close = () => Promise.resolve()
  let fullDisks = 0
  const onOutage = (thrown: unknown) => {
    if (isFullDisk(thrown)) fullDisks += 1
  }
  try {
    const connecting =
      databaseUrl === undefined
        ? createSqliteDialect(dataDirectory, onOutage)
        : createPostgresDialect({ readUrl: () => url ?? databaseUrl, logger, onOutage })
    // Opening it to write may already change the file.
    if (databaseUrl === undefined) refuseFormerFile(dataDirectory)
    const db = new Kysely<Tables>({ dialect: connecting })
    close = () => db.destroy()
    const store: Store = {
      db,
      dialect,
      clock,
      log: null,
      show: null,
      limitSteps: createLimiter(dialect === "sqlite" ? Number.POSITIVE_INFINITY : stepsAtOnce),
      close,
      countFullDisks: () => fullDisks,
      readUrl: () => url ?? "",
      replaceUrl: (next) => (url = next),
    }
    const version = await migrate(store)
    logger.info({ dialect, version }, "Opened the database")
    return store
  } catch (thrown) {
    await close()
    const where = dialect === "sqlite" ? `in ${dataDirectory} (DATA_DIR)` : "that DATABASE_URL names"
    throw new Error(`The database ${where} can't be opened: ${describeOpening(thrown)}`, { cause: thrown })
  }
}

export function describeOpening(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown instanceof AppError) return describeOpening(thrown.cause)
  // Node tells of a host with several addresses by an error without words, around one for each address.
  if (thrown instanceof AggregateError) return thrown.errors.map(describeOpening).join("; ")
  return thrown.message
}
