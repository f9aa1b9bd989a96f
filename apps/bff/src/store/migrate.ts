import {
  DummyDriver,
  Kysely,
  Migrator,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type DatabaseConnection,
  type Dialect,
  type Migration,
} from "kysely"
import { createTables } from "./first-migration.ts"
import { OtherTablesError, refuseFormerTables } from "./former-tables.ts"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

type Database = Pick<Store, "db" | "dialect">

/** In the order of their names. A released one is never changed or removed. */
const migrations: Record<string, (database: Database) => Promise<void>> = {
  "0001-first-tables": createTables,
}

/** The version of the tables that this code knows. */
export const newestVersion = Object.keys(migrations).length

/** Of a PostgreSQL advisory lock: any number, but always the same, since two versions of the server may start together. */
const lockNumber = 7_305_001

/**
 * Runs the migrations that a database lacks: all of them or none, and one process at a time.
 * @returns the version of the tables
 * @throws OtherTablesError
 */
export async function migrate({ db, dialect }: Database): Promise<number> {
  return await db.transaction().execute(async (transaction) => {
    if (dialect === "postgres")
      await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(transaction)
    await readVersion({ db: transaction, dialect })
    await transaction.getExecutor().provideConnection((connection) => runMigrator(connection, dialect))
    // A server that can only be read refuses this, also when no migration was due.
    await transaction.deleteFrom("kysely_migration").where("name", "=", "").execute()
    return newestVersion
  })
}

/**
 * Returns the version of the tables, 0 for an empty database.
 * @throws OtherTablesError
 */
export async function readVersion({ db, dialect }: Database): Promise<number> {
  const { rows } = await (
    dialect === "sqlite"
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`
  ).execute(db)
  const names = rows.map(({ name }) => name)
  refuseFormerTables(names, dialect)
  const version = names.includes("kysely_migration") ? await countMigrations(db) : 0
  if (version > newestVersion)
    throw new OtherTablesError(
      `The database was made by a newer Peering Desk (its tables have version ${version}, this one knows ${newestVersion})`,
      "Start the newer one again, or go back to a copy of the database from before the update.",
    )
  return version
}

/** Returns the version of tables that exist. */
export async function countMigrations(db: Kysely<Tables>): Promise<number> {
  const { count } = await db
    .selectFrom("kysely_migration")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Runs Kysely's Migrator over the connection of a transaction that has begun. By itself it has no transaction on SQLite, and on
 * PostgreSQL a lock of the session, which PgBouncer in transaction mode would leave on a connection of its pool.
 */
async function runMigrator(connection: DatabaseConnection, dialect: Database["dialect"]): Promise<void> {
  let failure: unknown
  // After a failure Migrator looks for its tables, and PostgreSQL answers that the transaction is aborted.
  const remembering: DatabaseConnection = {
    executeQuery: async (query) =>
      await connection.executeQuery<never>(query).catch((thrown: unknown) => {
        failure ??= thrown
        throw thrown
      }),
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  }
  const db = new Kysely<Tables>({ dialect: useTransaction(remembering, dialect) })
  const provided = Object.entries(migrations).map(([name, up]): [string, Migration] => [
    name,
    { up: () => up({ db, dialect }) },
  ])
  const schema = dialect === "postgres" ? await readSchema(db) : undefined
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(provided)) },
    ...(schema !== undefined && { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw failure ?? error
}

/** Without it, Migrator takes tables of the same name in another schema for its own. */
async function readSchema(db: Kysely<Tables>): Promise<string | undefined> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  return rows[0]?.schema
}

/** A dialect whose every statement goes through one connection, on which its caller began a transaction and will commit it. */
function useTransaction(connection: DatabaseConnection, dialect: Database["dialect"]): Dialect {
  class BegunDriver extends DummyDriver {
    override acquireConnection() {
      return Promise.resolve(connection)
    }
  }
  class UnlockedAdapter extends PostgresAdapter {
    override acquireMigrationLock() {
      return Promise.resolve()
    }
    override releaseMigrationLock() {
      return Promise.resolve()
    }
  }
  const isSqlite = dialect === "sqlite"
  return {
    createDriver: () => new BegunDriver(),
    createAdapter: () => (isSqlite ? new SqliteAdapter() : new UnlockedAdapter()),
    createIntrospector: (db) => (isSqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db)),
    createQueryCompiler: () => (isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
  }
}
