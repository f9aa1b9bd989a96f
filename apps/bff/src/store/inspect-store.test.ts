import { mkdirSync, rmSync } from "node:fs"
import { sql } from "kysely"
import { expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { useDatabases, type TestingDatabase } from "#test/support/database.ts"
import { getLockFile } from "./data-directory-lock.ts"
import { inspectStore } from "./inspect-store.ts"

const createDatabase = useDatabases("postgres")
const createFile = useDatabases("sqlite")
const inspect = (database: TestingDatabase) =>
  inspectStore(database, createLogger("silent"), () => Promise.resolve())

test("inspectStore refuses a data directory whose lock can't be opened, as a start does", async () => {
  const database = await createFile()
  await (await database.open()).close()
  mkdirSync(getLockFile(database.dataDirectory))
  await expect(inspect(database)).rejects.toThrow("peering-desk.lock")
  rmSync(getLockFile(database.dataDirectory), { recursive: true })
  expect(await inspect(database)).toContain("can be read and written")
})

test("inspectStore refuses a database that can only be read, as a start does", async () => {
  const database = await createDatabase()
  const { db } = await database.open()
  expect(await inspect(database)).toBe("it can be read and written, and its tables have version 1.")
  const name = new URL(database.databaseUrl ?? "").pathname.slice(1)
  await sql.raw(`alter database ${name} set default_transaction_read_only = on`).execute(db)
  await expect(inspect(database)).rejects.toThrow("cannot execute DELETE in a read-only transaction")
  expect(await db.selectFrom("session").selectAll().execute()).toEqual([])
})
