import type { SqliteDatabase, SqliteStatement } from "kysely"
import type Database from "libsql"

/** More than this code has. Statements with lists of values differ in length. */
const keptStatements = 300

/**
 * Prepares each statement once. libsql takes longer to prepare one than to run it.
 *
 * libsql ends the whole process on a boolean, and reads a text only as far as its first NUL; PostgreSQL takes no NUL either.
 */
export function keepStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()

  function prepare(sql: string): SqliteStatement {
    const statement = database.prepare(sql)
    // One that failed may stay in progress until it is garbage collected.
    const orForget = <T>(run: () => T): T => {
      try {
        return run()
      } catch (thrown) {
        kept.delete(sql)
        throw thrown
      }
    }
    return {
      reader: statement.reader,
      all: (parameters) => orForget(() => statement.all(checked(parameters))),
      run: (parameters) => orForget(() => statement.run(checked(parameters))),
      // Not kept: another use of the same statement would end it.
      iterate: (parameters) => database.prepare(sql).iterate(checked(parameters)),
    }
  }

  return {
    close() {
      kept.clear()
      database.close()
    },
    prepare(sql) {
      const statement = kept.get(sql) ?? prepare(sql)
      kept.delete(sql)
      kept.set(sql, statement)
      const [oldest] = kept.keys()
      if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest)
      return statement
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
