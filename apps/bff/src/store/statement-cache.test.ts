import { join } from "node:path"
import { sql } from "kysely"
import Database from "libsql"
import { expect, test } from "vitest"
import { useDatabases } from "#test/support/database.ts"

const createDatabase = useDatabases("sqlite")
const row = { issuer: "https://issuer", jti: "a-token", expires_at: 1 }

test("a kept statement sees what was written since, and a column that was added", async () => {
  const { db } = await (await createDatabase()).open()
  const read = () => db.selectFrom("logout_token").selectAll().execute()
  expect(await read()).toEqual([])
  await db.insertInto("logout_token").values(row).execute()
  expect(await read()).toEqual([row])
  await sql`alter table logout_token add column note text`.execute(db)
  expect(await read()).toEqual([{ ...row, note: null }])
})

test("a kept statement that failed works again", async () => {
  const { db } = await (await createDatabase()).open()
  const write = (jti: string) =>
    db
      .insertInto("logout_token")
      .values({ ...row, jti })
      .execute()
  await write("one")
  await expect(write("one")).rejects.toThrow(/unique/i)
  await write("two")
  expect(await db.selectFrom("logout_token").select("jti").execute()).toHaveLength(2)
})

test("a kept read holds nothing that keeps another process from writing, or the log from being folded in", async () => {
  const database = await createDatabase()
  const [one, other] = [await database.open(), await database.open()]
  const read = () => one.db.selectFrom("logout_token").select("jti").execute()
  await read()
  for (const jti of ["one", "two", "three"]) {
    await other.db
      .insertInto("logout_token")
      .values({ ...row, jti })
      .execute()
    expect(await read()).toContainEqual({ jti })
  }
  const folder = new Database(join(database.dataDirectory, "peering-desk.sqlite"))
  expect(folder.pragma("wal_checkpoint(truncate)")).toEqual([{ busy: 0, log: 0, checkpointed: 0 }])
  folder.close()
})
