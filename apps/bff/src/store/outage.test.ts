import { truncateSync } from "node:fs"
import { join } from "node:path"
import { Kysely, sql } from "kysely"
import Database from "libsql"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { createPostgresDialect } from "./drivers/postgres-dialect.ts"
import { openStore } from "./open-store.ts"
import type { Store } from "./store.ts"
import { createStoreProbe } from "./store-probe.ts"
import type { Tables } from "./tables.ts"
import { useDatabases } from "#test/support/database.ts"
import { startPostgres, type TestingPostgres } from "#test/support/postgres.ts"

const row = { issuer: "https://issuer", expires_at: 1_768_478_400_000 }

async function write({ db }: Store, jti: string): Promise<void> {
  await db
    .insertInto("logout_token")
    .values({ ...row, jti })
    .execute()
}

/** The failure of some work: the code of a problem and the seconds to wait, or the error's own name. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof AppError ? { code: thrown.code, ...thrown.shown } : thrown
}

const unavailable = { code: "store_unavailable", retryAfterSeconds: 5 }
const full = { ...unavailable, detail: "Its disk is full. Ask your Peering Desk administrator for room." }

describe("an SQLite file", () => {
  const createDatabase = useDatabases("sqlite")

  test(
    "locked by another process: is read meanwhile, and can be written once it is released",
    { timeout: 60_000 },
    async () => {
      const database = await createDatabase()
      const store = await database.open()
      const other = new Database(join(database.dataDirectory, "peering-desk.sqlite"))
      other.exec("BEGIN IMMEDIATE")
      const probe = createStoreProbe(store, systemClock)
      const ended: string[] = []
      const writing = failureOf(write(store, "a")).finally(() => ended.push("write"))
      const read = () => store.db.selectFrom("logout_token").selectAll().execute()
      expect(await read().finally(() => ended.push("read"))).toEqual([])
      expect(await writing).toEqual(unavailable)
      expect(ended).toEqual(["read", "write"])
      expect(await failureOf(probe())).toEqual(unavailable)
      other.exec("ROLLBACK")
      await probe()
      await write(store, "a")
      other.close()
    },
  )

  test("loses nothing on a full disk and writes again when there is room", async () => {
    const store = await (await createDatabase()).open()
    await sql`pragma max_page_count = 1`.execute(store.db)
    const long = "x".repeat(10_000)
    expect(await failureOf(write(store, long))).toEqual(full)
    const twice = store.db.transaction().execute(async (db) => {
      await write({ ...store, db }, "small")
      await write({ ...store, db }, long)
    })
    expect(await failureOf(twice)).toEqual(full)
    expect(await store.db.selectFrom("logout_token").selectAll().execute()).toEqual([])
    await sql`pragma max_page_count = 1000000`.execute(store.db)
    await write(store, long)
  })

  test("is tried twice a minute for room on the disk, and each time while there is none", async () => {
    const database = await createDatabase()
    const store = await database.open()
    const probe = createStoreProbe(store, database.clock)
    await probe()
    await sql`pragma max_page_count = 1`.execute(store.db)
    // Each try left as much room as it took.
    await write(store, "x".repeat(20_000))
    await probe()
    database.clock.advance(30_000)
    expect(await failureOf(probe())).toEqual(full)
    expect(await failureOf(probe())).toEqual(full)
    await sql`pragma max_page_count = 1000000`.execute(store.db)
    await probe()
    expect(await store.db.selectFrom("session").selectAll().execute()).toEqual([])
  })

  test("reports a truncated file as unreadable", async () => {
    const database = await createDatabase()
    const store = await database.open()
    for (const name of ["peering-desk.sqlite", "peering-desk.sqlite-wal"])
      truncateSync(join(database.dataDirectory, name), 0)
    await sql`pragma shrink_memory`.execute(store.db)
    expect(await failureOf(createStoreProbe(store, systemClock)())).toEqual(unavailable)
  })

  test("reports what is wrong with an invalid statement", async () => {
    const store = await (await createDatabase()).open()
    await write(store, "a")
    expect(await failureOf(write(store, "a"))).toMatchObject({ name: "SqliteError" })
  })
})

describe("a PostgreSQL server", () => {
  let postgres: TestingPostgres
  let store: Store
  let url: string
  beforeAll(async () => {
    postgres = await startPostgres()
    url = await postgres.createDatabase()
    store = await openStore({
      databaseUrl: url,
      dataDirectory: "",
      clock: systemClock,
      logger: createLogger("silent"),
    })
  }, 300_000)
  afterAll(async () => {
    await store.close()
    await postgres.stop()
  })

  /** Runs statements as somebody else. */
  async function runBeside(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }

  test("is reported as unavailable until it is back", { timeout: 60_000 }, async () => {
    await write(store, "before")
    await postgres.takeAway()
    const probe = createStoreProbe(store, systemClock)
    expect(await failureOf(write(store, "meanwhile"))).toEqual(unavailable)
    expect(await failureOf(probe())).toEqual(unavailable)
    await postgres.bringBack()
    await expect.poll(() => failureOf(probe())).toBe(null)
    await write(store, "after")
    const rows = await store.db.selectFrom("logout_token").select("jti").orderBy("jti").execute()
    expect(rows.map(({ jti }) => jti)).toEqual(["after", "before"])
  })

  test("terminates one transaction with its connection and nothing else", async () => {
    const inTheMiddle = store.db.transaction().execute(async (db) => {
      await write({ ...store, db }, "lost")
      await runBeside(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      )
      await write({ ...store, db }, "lost too")
    })
    expect(await failureOf(inTheMiddle)).toEqual(unavailable)
    await expect.poll(() => failureOf(createStoreProbe(store, systemClock)())).toBe(null)
    const rows = await store.db
      .selectFrom("logout_token")
      .select("jti")
      .where("jti", "like", "lost%")
      .execute()
    expect(rows).toEqual([])
  })

  test("commits nothing of a transaction that it answered too late", async () => {
    const hurried = { readUrl: () => url, logger: createLogger("silent"), answerWithinMs: 300 }
    const db = new Kysely<Tables>({ dialect: createPostgresDialect(hurried) })
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    await blocker.query("select pg_advisory_lock(1)")
    const late = db.transaction().execute(async (transaction) => {
      await write({ ...store, db: transaction }, "too late")
      await sql`select pg_advisory_xact_lock(1)`.execute(transaction)
    })
    expect(await failureOf(late)).toEqual(unavailable)
    await blocker.end()
    await db.transaction().execute(async (transaction) => {
      await write({ ...store, db: transaction }, "in time")
    })
    const rows = await db
      .selectFrom("logout_token")
      .select("jti")
      .where("jti", "in", ["too late", "in time"])
      .execute()
    expect(rows).toEqual([{ jti: "in time" }])
    await db.destroy()
  })

  test("is written again as soon as it may be, after connections that only read", async () => {
    // As each connection to a server that is a standby for a while.
    await sql`set session characteristics as transaction read only`.execute(store.db)
    expect(await failureOf(write(store, "while a standby"))).toEqual(unavailable)
    await sql`set session characteristics as transaction read only`.execute(store.db)
    expect(await failureOf(createStoreProbe(store, systemClock)())).toEqual(unavailable)
    await write(store, "once promoted")
  })

  test("is reported as unavailable when it accepts no more connections", async () => {
    await runBeside(
      "create role crowded login connection limit 0",
      `grant all on database ${new URL(url).pathname.slice(1)} to crowded`,
      "grant all on schema public to crowded",
    )
    const crowded = openStore({
      databaseUrl: url.replace("desk@", "crowded:a-canary-password@"),
      dataDirectory: "",
      clock: systemClock,
      logger: createLogger("silent"),
    })
    await expect(crowded).rejects.toThrow(/too many connections for role "crowded"/)
    await expect(crowded).rejects.not.toThrow(/canary/)
  })

  test("says of a statement that is wrong what is wrong with it", async () => {
    await write(store, "twice")
    expect(await failureOf(write(store, "twice"))).toMatchObject({ code: "23505" })
  })
})
