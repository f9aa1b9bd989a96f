import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs"
import { join } from "node:path"
import Database from "libsql"
import { formerPostgres } from "#test/former-tables/postgres.ts"
import { formerSqlite } from "#test/former-tables/sqlite.ts"
import { queryDatabase } from "./postgres.ts"

/**
 * Makes the folder and the file that such a server left, and returns the file's path.
 * @param isKilled whether the last rows are still in the write-ahead log beside it
 */
export function writeFormerFile(dataDirectory: string, { isKilled = false } = {}): string {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const path = join(dataDirectory, "peering-desk.sqlite")
  const made = isKilled ? join(mkdtempSync(join(dataDirectory, "made-")), "file") : path
  const database = new Database(made)
  database.exec("PRAGMA journal_mode = WAL")
  database.exec(formerSqlite)
  // A copy of both files of an open database is what a kill leaves.
  if (isKilled) for (const end of ["", "-wal"]) copyFileSync(`${made}${end}`, `${path}${end}`)
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
  database.close()
  return path
}

/** Fills an empty PostgreSQL database as such a server did. */
export async function fillFormerDatabase(databaseUrl: string): Promise<void> {
  await queryDatabase(databaseUrl, formerPostgres)
}
