import { setTimeout } from "node:timers/promises"
import {
  SelectQueryNode,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
} from "kysely"
import type Database from "libsql"

/** The time one process waits for another. */
export const busyTimeoutMs = 5_000
const longestPauseMs = 10

/**
 * Begins every write as a writer (SQLite: BEGIN IMMEDIATE): a transaction that began as a reader could not become one after another
 * process wrote, however long it waited. Waits for its turn without holding up this process, as SQLite's own waiting would.
 */
export class PatientSqliteDriver extends SqliteDriver {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    super({ database: guardParameters(database) })
    this.#database = database
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection()
    return {
      executeQuery: (query) => this.#execute(connection, query),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    }
  }

  override async beginTransaction(): Promise<void> {
    await this.#beginWriting()
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

/** libsql ends the whole process on a boolean, and reads a text only as far as its first NUL; PostgreSQL takes no NUL either. */
function guardParameters(database: Database.Database): SqliteDatabase {
  return {
    close: () => {
      database.close()
    },
    prepare(sql) {
      const statement = database.prepare(sql)
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(checked(parameters)),
        run: (parameters) => statement.run(checked(parameters)),
        iterate: (parameters) => statement.iterate(checked(parameters)),
      }
    },
  }
}

function checked(parameters: readonly unknown[]): readonly unknown[] {
  for (const value of parameters) {
    const storable =
      value === null || typeof value === "number" || (typeof value === "string" && !value.includes("\0"))
    if (!storable) throw new TypeError(`This value can't be stored: ${typeof value}`)
  }
  return parameters
}
