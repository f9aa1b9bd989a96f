import { closeSync, openSync } from "node:fs"
import { join } from "node:path"
import Database from "libsql"
import { makeFolder } from "#store/drivers/sqlite-dialect.ts"
import { describeOpening } from "./open-store.ts"

/** The locks of this process. What nobody refers to is closed when its memory is reclaimed. */
const locks = new Set<Database.Database>()

export function getLockFile(dataDirectory: string): string {
  return join(dataDirectory, "peering-desk.lock")
}

/**
 * Keeps a data directory for this process. The lock is the operating system's, on a separate file: it ends with the process, however
 * that ends, and backups and the doctor can read the database beside it.
 * @returns how to give it back
 * @throws Error in words for the person who starts the server: another process has it, or nothing can be written there
 */
export function lockDataDirectory(dataDirectory: string): () => void {
  try {
    makeFolder(dataDirectory)
    const path = getLockFile(dataDirectory)
    closeSync(openSync(path, "a", 0o600))
    const lock = new Database(path)
    const unlock = () => {
      locks.delete(lock)
      lock.close()
    }
    locks.add(lock)
    try {
      // A transaction that is never committed: nothing is written, and nobody else can begin one.
      lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE")
    } catch (thrown) {
      unlock()
      throw thrown
    }
    return unlock
  } catch (thrown) {
    const place = `The database in ${dataDirectory} (DATA_DIR)`
    const isTaken = thrown instanceof Error && "code" in thrown && String(thrown.code) === "SQLITE_BUSY"
    const why = isTaken
      ? "is used by another Peering Desk. SQLite serves one process: stop the other one, or set DATABASE_URL to a PostgreSQL database, which several processes may share."
      : `can't be opened: ${describeOpening(thrown)}`
    throw new Error(`${place} ${why}`, { cause: thrown })
  }
}
