import type { DatabaseConnection, Driver } from "kysely"
import { AppError } from "#base/app-error.ts"

/** When to retry, in seconds: a restarting database is back within seconds. */
const retryAfterSeconds = 5

/**
 * Wraps a driver whose failures then say whether the database can be used at the moment: `store_unavailable` when it can't.
 * @param isOutage whether a failed statement failed by the database's being away, full or locked, and not by what it says
 * @param onOutage called with each such failure
 */
export function reportOutages(
  driver: Driver,
  isOutage: (thrown: unknown) => boolean,
  onOutage: (thrown: unknown) => void = () => {},
): Driver {
  const inside = new WeakMap<DatabaseConnection, DatabaseConnection>()
  /** A driver knows its connections by more than their methods. */
  const insideOf = (connection: DatabaseConnection) => inside.get(connection) ?? connection

  async function tell<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown
      onOutage(thrown)
      throw toStoreUnavailable(thrown)
    }
  }

  return {
    init: () => driver.init(),
    async acquireConnection() {
      const own = await driver.acquireConnection().catch((thrown: unknown) => {
        // Any error of connecting, including a changed password or too many connections.
        throw toStoreUnavailable(thrown)
      })
      const outside: DatabaseConnection = {
        executeQuery: (query) => tell(() => own.executeQuery(query)),
        streamQuery: (query, chunkSize) => own.streamQuery(query, chunkSize),
      }
      inside.set(outside, own)
      return outside
    },
    beginTransaction: (connection, settings) =>
      tell(() => driver.beginTransaction(insideOf(connection), settings)),
    commitTransaction: (connection) => tell(() => driver.commitTransaction(insideOf(connection))),
    rollbackTransaction: (connection) => tell(() => driver.rollbackTransaction(insideOf(connection))),
    releaseConnection: (connection) => driver.releaseConnection(insideOf(connection)),
    destroy: () => driver.destroy(),
  }
}

/** The database's own words stay in the log: they can name hosts, files and users. */
export function toStoreUnavailable(cause: unknown): AppError {
  const full = isFullDisk(cause) && {
    detail: "Its disk is full. Ask your Peering Desk administrator for room.",
  }
  return new AppError("store_unavailable", { retryAfterSeconds, cause, ...full })
}

/** Returns true for the codes of SQLite and PostgreSQL of a full disk. */
export function isFullDisk(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && /^(SQLITE_FULL|53100)/.test(String(thrown.code))
}
