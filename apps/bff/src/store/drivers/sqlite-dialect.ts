import { closeSync, existsSync, mkdirSync, openSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect } from "kysely"
import Database from "libsql"
import { reportOutages } from "./outage-driver.ts"
import { PatientSqliteDriver, waitToWriteMs } from "./sqlite-driver.ts"

const settings = {
  // Only the change to WAL waits within SQLite and holds up this process: it happens once, at the start.
  write: [
    `busy_timeout = ${waitToWriteMs}`,
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 0",
  ],
  read: ["busy_timeout = 0", "query_only = ON"],
}

export function getDatabaseFile(dataDirectory: string): string {
  return join(dataDirectory, "peering-desk.sqlite")
}

/**
 * Makes a folder of this user alone, with those above it, and returns the first that it made. Node's `recursive` never ends where a
 * folder is there and answers as if it were not, as `/proc` does.
 */
export function makeFolder(path: string): string | undefined {
  if (existsSync(path)) return undefined
  const first = makeFolder(dirname(resolve(path)))
  mkdirSync(path, { mode: 0o700 })
  return first ?? path
}

/** One SQLite file, `peering-desk.sqlite`, that only this server's user can read; every commit is on the disk before it returns. */
export function createSqliteDialect(dataDirectory: string, onOutage?: (thrown: unknown) => void): Dialect {
  makeFolder(dataDirectory)
  const path = getDatabaseFile(dataDirectory)
  // SQLite gives its journal files the mode of the file they belong to.
  closeSync(openSync(path, "a", 0o600))
  const openFile = (purpose: "write" | "read") => {
    const database = new Database(path)
    for (const setting of settings[purpose]) database.exec(`PRAGMA ${setting}`)
    return database
  }
  return {
    createDriver: () => reportOutages(new PatientSqliteDriver(openFile), isOutage, onOutage),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Locked by somebody else for too long, full, unreadable, or not a database any more (SQLite: Result and Error Codes). */
const outageCodes = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM|CORRUPT|NOTADB)/

function isOutage(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && outageCodes.test(String(thrown.code))
}
