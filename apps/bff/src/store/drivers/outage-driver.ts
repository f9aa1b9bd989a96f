import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from "kysely"
import { AppError } from "#base/app-error.ts"

/** When to retry, in seconds: a restarting database is back within seconds. */
const retryAfterSeconds = 5

/** A driver whose failures say whether the database can be used at the moment: `store_unavailable` when it can't. */
export class OutageDriver implements Driver {
  readonly #driver: Driver
  readonly #isOutage: (thrown: unknown) => boolean
  readonly #onOutage: (thrown: unknown) => void
  readonly #inside = new WeakMap<DatabaseConnection, DatabaseConnection>()

  /**
   * @param isOutage whether a failed statement failed by the database's being away, full or locked, and not by what it says
   * @param onOutage called with each such failure
   */
  constructor(
    driver: Driver,
    isOutage: (thrown: unknown) => boolean,
    onOutage: (thrown: unknown) => void = () => {},
  ) {
    this.#driver = driver
    this.#isOutage = isOutage
    this.#onOutage = onOutage
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    let inside: DatabaseConnection
    try {
      inside = await this.#driver.acquireConnection()
    } catch (thrown) {
      // Any error of connecting, including a changed password or too many connections.
      throw toStoreUnavailable(thrown)
    }
    const outside: DatabaseConnection = {
      executeQuery: <Row>(query: CompiledQuery): Promise<QueryResult<Row>> =>
        this.#tell(() => inside.executeQuery<Row>(query)),
      streamQuery: (query, chunkSize) => inside.streamQuery(query, chunkSize),
    }
    this.#inside.set(outside, inside)
    return outside
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#tell(() => this.#driver.beginTransaction(this.#insideOf(connection), settings))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#tell(() => this.#driver.commitTransaction(this.#insideOf(connection)))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#tell(() => this.#driver.rollbackTransaction(this.#insideOf(connection)))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#driver.releaseConnection(this.#insideOf(connection))
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }

  /** A driver knows its connections by more than their methods. */
  #insideOf(connection: DatabaseConnection): DatabaseConnection {
    return this.#inside.get(connection) ?? connection
  }

  async #tell<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (thrown) {
      if (!this.#isOutage(thrown)) throw thrown
      this.#onOutage(thrown)
      throw toStoreUnavailable(thrown)
    }
  }
}

/** The database's own words stay in the log: they can name hosts, files and users. */
function toStoreUnavailable(cause: unknown): AppError {
  return new AppError("store_unavailable", { retryAfterSeconds, cause })
}
