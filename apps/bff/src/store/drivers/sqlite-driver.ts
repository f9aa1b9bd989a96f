import { setTimeout } from "node:timers/promises"
import {
  SelectQueryNode,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from "kysely"
import type Database from "libsql"
import { keepStatements } from "./statement-cache.ts"
import { Turns } from "./turns.ts"

/** The time for which one process waits to write while another one does. */
export const waitToWriteMs = 5_000
const longestPauseMs = 10

interface OpenFile {
  database: Database.Database
  connection: DatabaseConnection
}

/**
 * SQLite through two connections: one writes, one reads. In WAL mode a read needs no lock, so it never waits for a writer, neither
 * another process nor this one. Each has one caller at a time.
 *
 * Every write begins as a writer (SQLite: BEGIN IMMEDIATE): a transaction that began as a reader could not become one after another
 * process wrote, however long it waited. It waits for its turn without holding up this process, as SQLite's own waiting would.
 */
export class PatientSqliteDriver implements Driver {
  readonly #openFile: (purpose: "write" | "read") => Database.Database
  readonly #writerTurns = new Turns()
  readonly #readerTurns = new Turns()
  /** Those in a transaction. */
  readonly #writing = new WeakSet<DatabaseConnection>()
  #writer: OpenFile | null = null
  #reader: OpenFile | null = null
  #users = 0
  #isClosed = false
  #onUnused = () => {}

  constructor(openFile: (purpose: "write" | "read") => Database.Database) {
    this.#openFile = openFile
  }

  async init(): Promise<void> {
    this.#writer = await open(this.#openFile("write"))
  }

  acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isClosed) return Promise.reject(new Error("The database is closed"))
    this.#users += 1
    const connection: DatabaseConnection = {
      executeQuery: async (query) => {
        if (this.#writing.has(connection)) return await this.#inWriter.connection.executeQuery(query)
        return isRead(query) ? await this.#read(query) : await this.#write(query)
      },
      streamQuery: (query, chunkSize) => this.#inWriter.connection.streamQuery(query, chunkSize),
    }
    return Promise.resolve(connection)
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (this.#writing.delete(connection)) this.#writerTurns.end()
    this.#users -= 1
    if (this.#users === 0) this.#onUnused()
    return Promise.resolve()
  }

  /**
   * Closes the file after the work of those who asked before, with all rows in it, so that a copy of it alone is whole. libsql ends the
   * whole process on a query after that.
   */
  async destroy(): Promise<void> {
    this.#isClosed = true
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#onUnused = resolve))
    this.#reader?.database.close()
    if (this.#writer === null) return
    emptyLog(this.#writer.database)
    this.#writer.database.close()
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#beginWriting()
    this.#writing.add(connection)
  }

  commitTransaction(): Promise<void> {
    this.#inWriter.database.exec("COMMIT")
    return Promise.resolve()
  }

  rollbackTransaction(): Promise<void> {
    const { database } = this.#inWriter
    // A full disk, for one, has ended it already.
    if (database.inTransaction) database.exec("ROLLBACK")
    return Promise.resolve()
  }

  get #inWriter(): OpenFile {
    if (this.#writer === null) throw new Error("The database is not open")
    return this.#writer
  }

  async #read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    await this.#readerTurns.take()
    try {
      this.#reader ??= await open(this.#openFile("read"))
      return await this.#reader.connection.executeQuery<Row>(query)
    } catch (thrown) {
      // A statement that failed may stay in progress until it is garbage collected, and would hold later reads at its moment.
      this.#reader?.database.close()
      this.#reader = null
      throw thrown
    } finally {
      this.#readerTurns.end()
    }
  }

  async #write<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    await this.#beginWriting()
    try {
      const result = await this.#inWriter.connection.executeQuery<Row>(query)
      await this.commitTransaction()
      return result
    } catch (thrown) {
      await this.rollbackTransaction()
      throw thrown
    } finally {
      this.#writerTurns.end()
    }
  }

  /**
   * Takes the turn to write; it is the caller's until `#writerTurns` ends it. This is the one statement that may meet another process's
   * lock. It goes through `exec`: a prepared statement of libsql that met one stays in progress until it is garbage collected, and until
   * then nothing can be committed.
   */
  async #beginWriting(): Promise<void> {
    // From before its turn: a crowd that waits for a locked file is told together, not one after another.
    const giveUpAt = performance.now() + waitToWriteMs
    await this.#writerTurns.take()
    for (;;) {
      try {
        this.#inWriter.database.exec("BEGIN IMMEDIATE")
        return
      } catch (thrown) {
        if (!isBusy(thrown) || performance.now() > giveUpAt) {
          this.#writerTurns.end()
          throw thrown
        }
      }
      await setTimeout(1 + Math.random() * longestPauseMs)
    }
  }
}

async function open(database: Database.Database): Promise<OpenFile> {
  const driver = new SqliteDriver({ database: keepStatements(database) })
  await driver.init()
  return { database, connection: await driver.acquireConnection() }
}

/**
 * Moves the rows of the write-ahead log into the file. SQLite does it at the last close, but libsql closes only once its statements
 * are garbage collected.
 */
function emptyLog(database: Database.Database): void {
  try {
    database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all()
  } catch {
    // Full or locked: the rows stay in the log, which the next start reads.
  }
}

function isRead({ query, sql }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) || /^\s*select\b/i.test(sql)
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("SQLITE_BUSY")
}
