import type { Store } from "./store.ts"

/**
 * Makes a question whether the store can be read and written: it resolves, or rejects with why not. However many ask at once, the
 * database is asked once.
 */
export function createStoreProbe({ db }: Pick<Store, "db">): () => Promise<void> {
  let asking: Promise<void> | null = null
  return () => {
    // In SQLite a transaction begins as a writer, so a lock that somebody else keeps is met too.
    asking ??= db
      .transaction()
      .execute(async (transaction) => {
        await transaction.selectFrom("migration").select("number").limit(1).execute()
      })
      .finally(() => {
        asking = null
      })
    return asking
  }
}
