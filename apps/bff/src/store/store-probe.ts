import type { Store } from "./store.ts"

/**
 * Makes the function that tries whether the store can be read and written. It returns the version of the tables, or rejects with why
 * not. Simultaneous callers share one try.
 */
export function createStoreProbe({ db }: Pick<Store, "db">): () => Promise<number> {
  let asking: Promise<number> | null = null
  return () => {
    // In SQLite a transaction begins as a writer, so a lock that somebody else keeps is met too.
    asking ??= db
      .transaction()
      .execute(async (transaction) => {
        const { newest } = await transaction
          .selectFrom("migration")
          .select(({ fn }) => fn.max("number").as("newest"))
          .executeTakeFirstOrThrow()
        return newest ?? 0
      })
      .finally(() => {
        asking = null
      })
    return asking
  }
}
