import { sql } from "kysely"
import { expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { useDatabases } from "#test/support/database.ts"
import { inspectStore } from "./inspect-store.ts"

const createDatabase = useDatabases("postgres")

test("inspectStore refuses a database that can only be read, as a start does", async () => {
  const database = await createDatabase()
  const { db } = await database.open()
  const look = () => inspectStore(database, createLogger("silent"), () => Promise.resolve())
  expect(await look()).toBe("it can be read and written, and its tables have version 1.")
  const name = new URL(database.databaseUrl ?? "").pathname.slice(1)
  await sql.raw(`alter database ${name} set default_transaction_read_only = on`).execute(db)
  await expect(look()).rejects.toThrow("cannot execute DELETE in a read-only transaction")
  expect(await db.selectFrom("session").selectAll().execute()).toEqual([])
})
