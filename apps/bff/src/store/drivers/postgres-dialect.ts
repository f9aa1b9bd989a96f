import { PostgresDialect, type Dialect, type PostgresPool, type PostgresPoolClient } from "kysely"
import pg from "pg"
import type { Logger } from "#base/logger.ts"
import { reportOutages } from "./outage-driver.ts"

const bigintType = 20
const connectWithinMs = 5_000

interface PostgresOptions {
  /** Called for each new connection, since its password may have been replaced. */
  readUrl: () => string
  logger: Logger
  /** A server that hangs must not hang us. */
  answerWithinMs?: number
  /** Called with each failure of the database itself. */
  onOutage?: (thrown: unknown) => void
}

/** PostgreSQL through a pool of connections. Numbers of ours stay below 2^53, so bigint is read as a number. */
export function createPostgresDialect({
  readUrl,
  logger,
  answerWithinMs = 15_000,
  onOutage,
}: PostgresOptions): Dialect {
  class CurrentClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: readUrl() })
    }
  }
  const pool = new pg.Pool({
    Client: CurrentClient,
    application_name: "peering-desk",
    max: 10,
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === bigintType && format !== "binary" ? Number : pg.types.getTypeParser(type, format),
    },
  })
  // Without a listener, a server that drops an idle connection would end this process.
  pool.on("error", (error) => logger.warn({ err: error }, "An idle database connection was lost"))
  // A connection in use: its pending query reports the error.
  pool.on("connect", (client) => void client.on("error", () => undefined))
  const dialect = new PostgresDialect({ pool: dropUseless(pool) })
  return {
    createDriver: () => reportOutages(dialect.createDriver(), isOutage, onOutage),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

/**
 * Closes a connection on release when it must not be used again: it can only read, because its server was demoted or its settings are
 * old; or it did not answer in time, so its statement may still run and its transaction would stay open for the next caller.
 */
function dropUseless(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      let isUseless = false
      const send = async (text: string, values: unknown[]) =>
        await client.query(text, values).catch((thrown: unknown) => {
          isUseless ||= isReadOnly(thrown) || isLate(thrown)
          throw thrown
        })
      let begin = ""
      /** Sends the beginning of a transaction with its first statement where that has no values: one way to the server instead of two. */
      const query = async (text: string, values: unknown[]) => {
        if (text.startsWith("start transaction")) {
          begin = `${text}; `
          return { command: "BEGIN", rowCount: null, rows: [] }
        }
        const isFirst = begin !== ""
        if (isFirst && values.length > 0) await send(begin, [])
        const sent = isFirst && values.length === 0 ? `${begin}${text}` : text
        begin = ""
        const results: unknown = await send(sent, values)
        return Array.isArray(results) ? (results as unknown[]).at(-1) : results
      }
      // Without a cursor class in the configuration nothing else is asked of a client.
      return { query, release: () => client.release(isUseless) } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

const isReadOnly = (thrown: unknown) => thrown instanceof pg.DatabaseError && thrown.code === readOnlyState
/** The driver's own message. */
const isLate = (thrown: unknown) => thrown instanceof Error && thrown.message === "Query read timeout"

/** PostgreSQL, Appendix A: `read_only_sql_transaction`. */
const readOnlyState = "25006"
/**
 * PostgreSQL, Appendix A: lost connections (08), a full disk, too little memory or too many connections (53), a server that stops or
 * starts (57P0…), I/O errors (58), a standby that can't be written (25006), and a lock that this process or another one held for too
 * long (25P03, 55P03).
 */
const outageStates = new RegExp(`^(08|53|57P0|58|${readOnlyState}|25P03|55P03)`)
/** The driver's own messages for a lost connection. */
const lostConnection =
  /^(Connection terminated|Query read timeout|Client (has encountered a connection error|was closed)|Postgres connection has been discarded)/

function isOutage(thrown: unknown): boolean {
  if (thrown instanceof pg.DatabaseError) return outageStates.test(thrown.code ?? "")
  if (!(thrown instanceof Error)) return false
  return lostConnection.test(thrown.message) || ("syscall" in thrown && "code" in thrown)
}
