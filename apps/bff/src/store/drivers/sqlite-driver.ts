import { setTimeout } from "node:timers/promises"
import {
  SelectQueryNode,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from "kysely"
import type Database from "libsql"
import { keepStatements } from "./statement-cache.ts"
import { Turns } from "./turns.ts"

/** The time one process waits for another. */
export const busyTimeoutMs = 5_000
const longestPauseMs = 10

/**
 * Begins every write as a writer (SQLite: BEGIN IMMEDIATE): a transaction that began as a reader could not become one after another
 * process wrote, however long it waited. Waits for its turn without holding up this process, as SQLite's own waiting would.
 */
export class PatientSqliteDriver extends SqliteDriver {
  readonly #database: Database.Database
  readonly #turns = new Turns()
  #isClosed = false

  constructor(database: Database.Database) {
    super({ database: keepStatements(database) })
    this.#database = database
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take()
    if (this.#isClosed) {
      this.#turns.end()
      throw new Error("The database is closed")
    }
    const connection = await super.acquireConnection()
    return {
      executeQuery: (query) => this.#execute(connection, query),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    }
  }

  override async releaseConnection(): Promise<void> {
    await super.releaseConnection()
    this.#turns.end()
  }

  /** Closes the file after the work of those who asked before. libsql ends the whole process on a query after that. */
  override async destroy(): Promise<void> {
    await this.#turns.take()
    this.#isClosed = true
    await super.destroy()
    this.#turns.end()
  }

  override async beginTransaction(): Promise<void> {
    await this.#beginWriting()
  }

  override commitTransaction(): Promise<void> {
    this.#database.exec("COMMIT")
    return Promise.resolve()
  }

  override async rollbackTransaction(): Promise<void> {
    // A full disk, for one, has ended it already.
    if (this.#database.inTransaction) this.#database.exec("ROLLBACK")
    return Promise.resolve()
  }

  async #execute<Row>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#database.inTransaction || SelectQueryNode.is(query.query)) {
      return await connection.executeQuery<Row>(query)
    }
    await this.#beginWriting()
    try {
      const result = await connection.executeQuery<Row>(query)
      this.#database.exec("COMMIT")
      return result
    } catch (thrown) {
      await this.rollbackTransaction()
      throw thrown
    }
  }

  /**
   * The one statement that may meet another process's lock. It goes through `exec`: a prepared statement of libsql that met one
   * stays in progress until it is garbage collected, and until then nothing can be committed.
   */
  async #beginWriting(): Promise<void> {
    const giveUpAt = performance.now() + busyTimeoutMs
    for (;;) {
      try {
        this.#database.exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE")
        return
      } catch (thrown) {
        if (!isBusy(thrown) || performance.now() > giveUpAt) throw thrown
      } finally {
        this.#database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
      }
      await setTimeout(1 + Math.random() * longestPauseMs)
    }
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("SQLITE_BUSY")
}
