import { PostgresDialect } from "kysely"
import pg from "pg"
import type { Logger } from "#base/logger.ts"

const bigintType = 20
const connectWithinMs = 5_000
/** A server that hangs must not hang us. */
const answerWithinMs = 15_000

/** PostgreSQL through a pool of connections. Numbers of ours stay below 2^53, so bigint is read as a number. */
export function createPostgresDialect(databaseUrl: string, logger: Logger): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
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
  pool.on("error", (error) => logger.warn({ err: error }, "an idle database connection was lost"))
  return new PostgresDialect({ pool })
}
