import { accessSync, closeSync, constants, existsSync, openSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Kysely } from "kysely"
import { systemClock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { getLockFile } from "./data-directory-lock.ts"
import { OtherTablesError, refuseFormerFile } from "./former-tables.ts"
import { newestVersion, readVersion } from "./migrate.ts"
import { describeOpening, type StoreOptions } from "./open-store.ts"
import { createPostgresDialect } from "#store/drivers/postgres-dialect.ts"
import { createSqliteDialect, getDatabaseFile, makeFolder } from "#store/drivers/sqlite-dialect.ts"
import { createStoreProbe } from "./store-probe.ts"
import type { Tables } from "./tables.ts"

export type StorePlace = Pick<StoreOptions, "databaseUrl" | "dataDirectory">

/**
 * Tries what a start does, leaves the database as it is, and returns in one sentence what the server will find.
 * @param inspectRows also called where the tables are up to date
 * @throws OtherTablesError
 * @throws Error in words for the person who runs the server, without the URL
 */
export async function inspectStore(
  { databaseUrl, dataDirectory }: StorePlace,
  logger: Logger,
  inspectRows: (db: Kysely<Tables>) => Promise<void>,
): Promise<string> {
  if (databaseUrl === undefined) {
    const file = getDatabaseFile(dataDirectory)
    // A file made now would be this user's, who may not be the server's.
    if (!existsSync(file)) return describeMissing(dataDirectory)
    accessSync(file, constants.R_OK | constants.W_OK)
    // A start as another user leaves one that this user can't open.
    const lock = getLockFile(dataDirectory)
    if (existsSync(lock)) closeSync(openSync(lock, "a"))
    refuseFormerFile(dataDirectory)
  }
  const dialect = databaseUrl === undefined ? "sqlite" : "postgres"
  const db = new Kysely<Tables>({
    dialect:
      databaseUrl === undefined
        ? createSqliteDialect(dataDirectory)
        : createPostgresDialect({ readUrl: () => databaseUrl, logger }),
  })
  try {
    const version = await readVersion({ db, dialect })
    if (version === 0) {
      await tryToCreateTable(db)
      return "it is empty; the server makes its tables at start."
    }
    if (version === newestVersion) {
      await createStoreProbe({ db, dialect, countFullDisks: () => 0 }, systemClock)()
      await inspectRows(db)
      return `it can be read and written, and its tables have version ${version}.`
    }
    await tryToCreateTable(db)
    return `it can be read; the server brings its tables from version ${version} to ${newestVersion} at start.`
  } catch (error) {
    if (error instanceof OtherTablesError) throw error
    throw new Error(describeOpening(error), { cause: error })
  } finally {
    await db.destroy()
  }
}

/** Creates a table as a migration would, and takes it back. */
async function tryToCreateTable(db: Kysely<Tables>): Promise<void> {
  const undo = new Error("taken back")
  const attempt = db.transaction().execute(async (transaction) => {
    await transaction.schema.createTable("doctor_attempt").addColumn("id", "integer").execute()
    throw undo
  })
  await attempt.catch((thrown: unknown) => {
    if (thrown !== undo) throw thrown
  })
}

/** Makes the folder and a file as a start would, and removes what it made: they would be this user's, who may not be the server's. */
function describeMissing(directory: string): string {
  const firstMade = makeFolder(directory)
  const attempt = join(directory, "doctor-attempt")
  try {
    closeSync(openSync(attempt, "wx", 0o600))
  } finally {
    rmSync(firstMade ?? attempt, { recursive: true, force: true })
  }
  return "there is none yet; the server makes it at start."
}
