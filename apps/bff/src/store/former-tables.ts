import { existsSync } from "node:fs"
import { pathToFileURL } from "node:url"
import Database from "libsql"
import { getDatabaseFile } from "#store/drivers/sqlite-dialect.ts"
import { waitToWriteMs } from "#store/drivers/sqlite-driver.ts"

/** A table of earlier versions that the first migration no longer makes. */
const removedTable = "observation"

/** The first versions counted the migrations in a table of ours, later ones in Kysely's. */
function areFormer(tables: readonly string[]): boolean {
  return (
    (tables.includes("migration") && !tables.includes("kysely_migration")) || tables.includes(removedTable)
  )
}

/** Another version made the tables in the database, and this one can't read them. */
export class OtherTablesError extends Error {
  readonly reason: string
  /** What to do about it. */
  readonly advice: string

  constructor(reason: string, advice: string) {
    super(`${reason}. ${advice}`)
    this.reason = reason
    this.advice = advice
  }
}

/** Explains tables of a version from before the first release. */
function toFormerError(dialect: "sqlite" | "postgres"): OtherTablesError {
  const empty = dialect === "sqlite" ? "DATA_DIR to an empty folder" : "DATABASE_URL to an empty database"
  return new OtherTablesError(
    "an early version of Peering Desk wrote it, and this version can't read its tables",
    `Export the audit log with the version that wrote it, then set ${empty}.`,
  )
}

/** @throws OtherTablesError */
export function refuseFormerFile(dataDirectory: string): void {
  if (hasFormerFile(dataDirectory)) throw toFormerError("sqlite")
}

/** @throws OtherTablesError */
export function refuseFormerTables(tables: readonly string[], dialect: "sqlite" | "postgres"): void {
  if (areFormer(tables)) throw toFormerError(dialect)
}

/** Looks into the SQLite file without changing it. Returns false where it is missing or empty. */
export function hasFormerFile(dataDirectory: string): boolean {
  const path = getDatabaseFile(dataDirectory)
  if (!existsSync(path)) return false
  // The only way that libsql takes: it ignores `readonly`.
  const file = new Database(`${pathToFileURL(path).href}?mode=ro`)
  try {
    // After a crash, the first connection repairs the file under a lock.
    file.exec(`PRAGMA busy_timeout = ${waitToWriteMs}`)
    const statement = file.prepare("select name from sqlite_master where type = 'table'")
    return areFormer((statement.all() as { name: string }[]).map(({ name }) => name))
  } finally {
    file.close()
  }
}
