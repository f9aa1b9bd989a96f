import type { Clock } from "#base/clock.ts"
import { createFirstTables } from "#store/migrations/migration-0001-first-tables.ts"
import { followConnections } from "#store/migrations/migration-0002-what-becomes-of-connections.ts"
import { createPresets } from "#store/migrations/migration-0003-presets.ts"
import { addViewsAndDeclines } from "#store/migrations/migration-0004-views-and-declines.ts"
import { addClaimChecks } from "#store/migrations/migration-0005-checks-of-claims.ts"
import { addAuditSigning } from "#store/migrations/migration-0006-audit-signing.ts"
import { createApiTokens } from "#store/migrations/migration-0007-api-tokens.ts"
import { shareBetweenProcesses } from "#store/migrations/migration-0008-several-processes.ts"
import { createApprovals } from "#store/migrations/migration-0009-approvals.ts"
import { createNotifications } from "#store/migrations/migration-0010-notifications.ts"
import { addSessionOfToken } from "#store/migrations/migration-0012-session-of-a-token.ts"
import { addPeeredBlocks } from "#store/migrations/migration-0013-peered-blocks.ts"
import { addProcessOfCreate } from "#store/migrations/migration-0011-process-of-a-create.ts"
import type { Dialect, MigrationStep } from "#store/migrations/migration-step.ts"
import type { Store } from "./store.ts"
import { takeWriteLock } from "./write-lock.ts"

type Migration = (transaction: MigrationStep, dialect: Dialect) => Promise<void>

/** In order, for good: one that was released is never changed or taken out. */
const migrations: readonly { name: string; run: Migration }[] = [
  { name: "first-tables", run: createFirstTables },
  { name: "what-becomes-of-connections", run: followConnections },
  { name: "presets", run: createPresets },
  { name: "views-and-declines", run: addViewsAndDeclines },
  { name: "checks-of-claims", run: addClaimChecks },
  { name: "audit-signing", run: addAuditSigning },
  { name: "api-tokens", run: createApiTokens },
  { name: "several-processes", run: shareBetweenProcesses },
  { name: "approvals", run: createApprovals },
  { name: "notifications", run: createNotifications },
  { name: "process-of-a-create", run: addProcessOfCreate },
  { name: "session-of-a-token", run: addSessionOfToken },
  { name: "peered-blocks", run: addPeeredBlocks },
]

/** The version of the tables that this code knows. */
export const newestVersion = migrations.length

/**
 * Runs the migrations a database has not had yet: all of them or none, and one process at a time.
 * @param upTo the version to stop at, for tests of upgrades
 * @returns how many there are in the database now
 * @throws Error when the database has had migrations that this code does not know
 */
export async function migrate(store: Store, clock: Clock, upTo = newestVersion): Promise<number> {
  return await store.db.transaction().execute(async (transaction) => {
    await takeWriteLock(store, transaction, "migration")
    await transaction.schema
      .createTable("migration")
      .ifNotExists()
      .addColumn("number", "bigint", (column) => column.primaryKey().notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .execute()
    const { newest } = await transaction
      .selectFrom("migration")
      .select(({ fn }) => fn.max("number").as("newest"))
      .executeTakeFirstOrThrow()
    const applied = newest ?? 0
    if (applied > migrations.length) {
      throw new Error(
        `The database was made by a newer Peering Desk (its tables have version ${applied}, this one knows ${migrations.length}). ` +
          "Start the newer one again, or go back to a copy of the database from before the update.",
      )
    }
    for (const [index, { name, run }] of migrations.slice(0, upTo).entries()) {
      if (index < applied) continue
      await run(transaction, store.dialect)
      await transaction
        .insertInto("migration")
        .values({ number: index + 1, name, at: clock.now() })
        .execute()
    }
    return migrations.length
  })
}
