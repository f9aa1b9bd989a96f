import { closeSync, mkdirSync, openSync } from "node:fs"
import { join } from "node:path"
import { SqliteDialect, type Driver } from "kysely"
import Database from "libsql"
import { OutageDriver } from "./outage-driver.ts"
import { busyTimeoutMs, PatientSqliteDriver } from "./sqlite-driver.ts"

/** One SQLite file, `peering-desk.sqlite`, that only this server's user can read; every commit is on the disk before it returns. */
export function createSqliteDialect(dataDirectory: string): SqliteDialect {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const path = join(dataDirectory, "peering-desk.sqlite")
  // SQLite gives its journal files the mode of the file they belong to.
  closeSync(openSync(path, "a", 0o600))
  const database = new Database(path)
  for (const setting of [
    `busy_timeout = ${busyTimeoutMs}`,
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
  ]) {
    database.exec(`PRAGMA ${setting}`)
  }
  return new PatientSqliteDialect(database)
}

class PatientSqliteDialect extends SqliteDialect {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new OutageDriver(new PatientSqliteDriver(this.#database), isOutage)
  }
}

/** Locked by somebody else for too long, full, unreadable, or not a database any more (SQLite: Result and Error Codes). */
const outageCodes = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM|CORRUPT|NOTADB)/

function isOutage(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && outageCodes.test(String(thrown.code))
}
