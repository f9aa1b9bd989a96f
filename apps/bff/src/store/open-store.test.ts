import { copyFileSync, readdirSync, statSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { sql } from "kysely"
import { describe, expect, test } from "vitest"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "./open-store.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { queryDatabase } from "#test/support/postgres.ts"

const row = { issuer: "https://issuer", jti: "a-token", expires_at: 1_768_478_400_000 }

describe.each(dialects)("a store over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("keeps rows over a restart", async () => {
    const database = await createDatabase()
    const first = await database.open()
    expect(first.dialect).toBe(dialect)
    await first.db.insertInto("logout_token").values(row).execute()
    await first.close()
    const second = await database.open()
    expect(await second.db.selectFrom("logout_token").selectAll().execute()).toEqual([row])
  })

  test("runs each migration once over several openings", async () => {
    const database = await createDatabase()
    for (let times = 0; times < 3; times += 1) await (await database.open()).close()
    const { db } = await database.open()
    expect(await db.selectFrom("kysely_migration").select("name").execute()).toEqual([
      { name: "0001-first-tables" },
    ])
  })

  test("can be opened by several processes at once before any table exists", async () => {
    const database = await createDatabase()
    const stores = await Promise.all(Array.from({ length: 8 }, () => database.open()))
    for (const { db } of stores)
      expect(await db.selectFrom("kysely_migration").select("name").execute()).toHaveLength(1)
  })

  test("leaves no table behind when a migration fails", async () => {
    const database = await createDatabase()
    const { db } = await database.open()
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
    for (const { name } of tables) if (name !== "inbox_reader") await db.schema.dropTable(name).execute()
    for (let times = 0; times < 2; times += 1)
      await expect(database.open()).rejects.toThrow(/can't be opened: .*already exists/)
    const left = await db.introspection.getTables({ withInternalKyselyTables: true })
    expect(left.map(({ name }) => name)).toEqual(["inbox_reader"])
  })

  test("refuses a database of a newer version", async () => {
    const database = await createDatabase()
    const store = await database.open()
    const later = { name: "9999-later", timestamp: "2026-01-15T12:00:00.000Z" }
    await store.db.insertInto("kysely_migration").values(later).execute()
    await store.close()
    await expect(database.open()).rejects.toThrow(
      /can't be opened: The database was made by a newer Peering Desk \(its tables have version 2, this one knows 1\)/,
    )
  })

  test("refuses a database of an earlier version that has a table of observations", async () => {
    const database = await createDatabase()
    const store = await database.open()
    await store.db.schema.createTable("observation").addColumn("number", "bigint").execute()
    await store.close()
    await expect(database.open()).rejects.toThrow(/an early version of Peering Desk wrote it/)
  })

  test("rolls back a failed transaction completely", async () => {
    const { db } = await (await createDatabase()).open()
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto("logout_token").values(row).execute()
      throw new Error("changed our mind")
    })
    await expect(failing).rejects.toThrow("changed our mind")
    expect(await db.selectFrom("logout_token").selectAll().execute()).toEqual([])
  })

  test("stays usable after a failed statement", async () => {
    const { db } = await (await createDatabase()).open()
    await db.insertInto("logout_token").values(row).execute()
    await expect(db.insertInto("logout_token").values(row).execute()).rejects.toThrow(/unique/i)
    expect(await db.selectFrom("logout_token").select("jti").execute()).toEqual([{ jti: "a-token" }])
  })

  test("serialises concurrent write transactions", async () => {
    const database = await createDatabase()
    const stores = [await database.open(), await database.open()]
    const writes = Array.from({ length: 40 }, async (_, index) => {
      const { db } = stores[index % 2]!
      await db.transaction().execute(async (transaction) => {
        await transaction.selectFrom("logout_token").selectAll().execute()
        await transaction
          .insertInto("logout_token")
          .values({ ...row, jti: String(index) })
          .execute()
      })
    })
    await Promise.all(writes)
    const { count } = await stores[0]!.db
      .selectFrom("logout_token")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow()
    expect(count).toBe(40)
  })

  test("refuses a text with a NUL instead of truncating it", async () => {
    const { db } = await (await createDatabase()).open()
    const insert = db.insertInto("logout_token").values({ ...row, jti: "a\0b" })
    await expect(insert.execute()).rejects.toThrow(/can't be stored|invalid byte sequence/)
    expect(await db.selectFrom("logout_token").selectAll().execute()).toEqual([])
  })

  test("refuses to change or delete an event", async () => {
    const { db } = await (await createDatabase()).open()
    await db
      .insertInto("event")
      .values({
        number: 1,
        at: 1,
        version: 1,
        phase: "event",
        kind: "sign-in",
        digest: "",
        previous_hash: "",
        hash: "",
      })
      .execute()
    const refusal = "events are never changed or removed"
    await expect(db.updateTable("event").set({ at: 2 }).execute()).rejects.toThrow(refusal)
    await expect(db.deleteFrom("event").execute()).rejects.toThrow(refusal)
    expect(await db.selectFrom("event").select("at").execute()).toEqual([{ at: 1 }])
  })
})

describe("an SQLite store", () => {
  const createDatabase = useDatabases("sqlite")

  test("gives only this server's user access to its files and folder", async () => {
    const database = await createDatabase()
    const store = await database.open()
    await store.db.insertInto("logout_token").values(row).execute()
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect(modeOf(database.dataDirectory)).toBe("700")
    expect(
      Object.fromEntries(
        readdirSync(database.dataDirectory).map((name) => [name, modeOf(join(database.dataDirectory, name))]),
      ),
    ).toEqual({
      "peering-desk.sqlite": "600",
      "peering-desk.sqlite-shm": "600",
      "peering-desk.sqlite-wal": "600",
    })
  })

  test("has everything in its one file once it is closed", async () => {
    const database = await createDatabase()
    const store = await database.open()
    await store.db.insertInto("logout_token").values(row).execute()
    await store.db.selectFrom("logout_token").selectAll().execute()
    await store.close()
    const copy = await createDatabase()
    mkdirSync(copy.dataDirectory, { recursive: true })
    const name = "peering-desk.sqlite"
    copyFileSync(join(database.dataDirectory, name), join(copy.dataDirectory, name))
    const copied = await copy.open()
    expect(await copied.db.selectFrom("logout_token").selectAll().execute()).toEqual([row])
  })

  test("syncs every commit to disk before it returns", async () => {
    const { db } = await (await createDatabase()).open()
    expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }])
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: "wal" }])
    expect((await sql`pragma foreign_keys`.execute(db)).rows).toEqual([{ foreign_keys: 1 }])
  })

  test.each([true, {}, Symbol("s")])("refuses a value that would crash the driver: %o", async (value) => {
    const { db } = await (await createDatabase()).open()
    const insert = sql`insert into logout_token (issuer, jti, expires_at) values ('i', ${value}, 1)`
    await expect(insert.execute(db)).rejects.toThrow("This value can't be stored")
  })

  test("names the folder it cannot use", async () => {
    const { dataDirectory, clock } = await createDatabase()
    mkdirSync(join(dataDirectory, ".."), { recursive: true })
    writeFileSync(dataDirectory, "a file where the folder should be")
    await expect(openStore({ dataDirectory, clock, logger: createLogger("silent") })).rejects.toThrow(
      `The database in ${dataDirectory} (DATA_DIR) can't be opened: `,
    )
  })
})

describe("a PostgreSQL store", () => {
  const createDatabase = useDatabases("postgres")

  test("keeps no lock of its session after the migrations, which a pooler would keep for others", async () => {
    const { db } = await (await createDatabase()).open()
    const locks = sql`select 1 from pg_locks where locktype = 'advisory' and database =
      (select oid from pg_database where datname = current_database())`
    expect((await locks.execute(db)).rows).toEqual([])
  })

  test("refuses a server that can only be read", async () => {
    const { databaseUrl = "", open } = await createDatabase()
    await (await open()).close()
    const name = new URL(databaseUrl).pathname.slice(1)
    await queryDatabase(databaseUrl, `alter database ${name} set default_transaction_read_only = on`)
    await expect(open()).rejects.toThrow(/can't be opened: cannot execute DELETE in a read-only transaction/)
  })

  test("ignores tables of the same names in another schema", async () => {
    const { databaseUrl = "", open } = await createDatabase()
    await queryDatabase(
      databaseUrl,
      "create schema other; create table other.migration (number bigint); create table other.kysely_migration (name text)",
    )
    const { db } = await open()
    expect(await db.selectFrom("kysely_migration").select("name").execute()).toHaveLength(1)
  })
})

test("an unreachable PostgreSQL server is reported without the password of its URL", async () => {
  const opening = openStore({
    databaseUrl: "postgres://desk:a-canary-password@127.0.0.1:1/desk",
    dataDirectory: "",
    clock: systemClock,
    logger: createLogger("silent"),
  })
  const error = await opening.then(
    () => null,
    (thrown: unknown) => thrown as Error,
  )
  expect(error?.message).toMatch(
    /^The database that DATABASE_URL names can't be opened: connect ECONNREFUSED/,
  )
  expect(error?.message).not.toContain("canary")
})
