import { randomBytes } from "node:crypto"
import { sql } from "kysely"
import type { Clock } from "#base/clock.ts"
import { countMigrations } from "./migrate.ts"
import type { Store } from "./store.ts"

/** Room on the disk is tried this often, and each time from a statement that found none until there is room again. */
const tryRoomEveryMs = 30_000
/** More than a create takes. */
const roomBytes = 64 * 1024
/** A session that ended in 1970 and that nobody had. The sweep removes it where a stop left it. */
const row = { id_hash: "room on the disk", created_at: 0, seen_at: 0, expires_at: 0 }

/**
 * Makes the function that tries whether the store can be read and written, and now and then whether its disk has room. It returns the
 * version of the tables, or rejects with why not. Simultaneous callers share one try.
 */
export function createStoreProbe(
  store: Pick<Store, "db" | "dialect" | "countFullDisks">,
  clock: Clock,
): () => Promise<number> {
  let asking: Promise<number> | null = null
  let roomAt = Number.NEGATIVE_INFINITY
  let fullDisks = 0
  return () => {
    asking ??= probe().finally(() => {
      asking = null
    })
    return asking
  }

  async function probe(): Promise<number> {
    const version = await readAsWriter(store)
    const found = store.countFullDisks()
    if (found === fullDisks && clock.elapsed() - roomAt < tryRoomEveryMs) return version
    await (store.dialect === "sqlite" ? tryRoomOfSqlite(store) : tryRoomOfPostgres(store))
    roomAt = clock.elapsed()
    fullDisks = found
    return version
  }
}

/** Meets a lock that somebody else keeps in SQLite, where a transaction begins as a writer, and a PostgreSQL that only reads. */
async function readAsWriter({ db }: Pick<Store, "db">): Promise<number> {
  return await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom("session").where("id_hash", "=", row.id_hash).execute()
    return await countMigrations(transaction)
  })
}

/** Writes as much as a create and removes it again. What it frees is room for any table. */
async function tryRoomOfSqlite({ db }: Pick<Store, "db">): Promise<void> {
  const data = "x".repeat(roomBytes)
  await db
    .insertInto("session")
    .values({ ...row, data })
    .execute()
  await db.deleteFrom("session").where("id_hash", "=", row.id_hash).execute()
}

/** Sorts more than fits into memory: PostgreSQL puts it into temporary files on the same disk, and writes no log for them. */
async function tryRoomOfPostgres({ db }: Pick<Store, "db">): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`set local work_mem = '64kB'`.execute(transaction)
    const filler = randomBytes(32).toString("hex")
    await sql`select count(*) from (
      select ${filler} || n as line from generate_series(1, 4000) as n order by line desc offset 0
    ) as sorted`.execute(transaction)
  })
}
