import { sql, type Transaction } from "kysely"
import type { Store } from "./store.ts"
import type { Tables } from "./tables.ts"

/** Numbers of PostgreSQL advisory locks: any, but never changed, since two versions of the server may run side by side. */
const lockNumbers = {
  migration: 7_305_001,
  audit: 7_305_002,
  observations: 7_305_003,
  outbox: 7_305_004,
  messages: 7_305_005,
}

/**
 * Waits until no other process is in a transaction under the same lock; it ends with the transaction. In SQLite the transaction
 * itself is that lock.
 */
export async function takeWriteLock(
  { dialect }: Pick<Store, "dialect">,
  transaction: Transaction<Tables>,
  lock: keyof typeof lockNumbers,
): Promise<void> {
  if (dialect === "postgres")
    await sql`select pg_advisory_xact_lock(${sql.lit(lockNumbers[lock])})`.execute(transaction)
}
