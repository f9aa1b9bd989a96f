import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { openAuditLog } from "./audit-log.ts"
import { createTestingClock, type TestingClock } from "./test-clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { createDatabase, startPostgres, type TestingPostgres } from "./postgres.ts"

/** A PostgreSQL server that the whole test run shares; without one each file starts its server. */
const sharedServer = process.env["TEST_POSTGRES_URL"] || undefined

/** The databases that one contract holds for. */
export const dialects = ["sqlite", "postgres"] as const
type Dialect = (typeof dialects)[number]

/** An empty database that several openings share. */
export interface TestingDatabase {
  clock: TestingClock
  dataDirectory: string
  databaseUrl: string | undefined
  /** Opens it, as one more process would. */
  open: () => Promise<Store>
}

/** Provides empty databases of one kind for the tests of a `describe`; each is closed and removed after them. */
export function useDatabases(dialect: Dialect): () => Promise<TestingDatabase> {
  let postgres: TestingPostgres | undefined
  const opened: Store[] = []
  const folders: string[] = []

  beforeAll(async () => {
    if (dialect === "postgres" && sharedServer === undefined) postgres = await startPostgres()
    // Long enough to install PostgreSQL where it is missing.
  }, 300_000)

  afterAll(async () => {
    await Promise.all(opened.map((store) => store.close()))
    await postgres?.stop()
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  return async () => {
    const dataDirectory = join(mkdtempSync(join(tmpdir(), "testing-database-")), "data")
    folders.push(join(dataDirectory, ".."))
    const databaseUrl =
      dialect === "postgres" && sharedServer !== undefined
        ? await createDatabase(sharedServer)
        : await postgres?.createDatabase()
    const clock = createTestingClock()
    const logger = createLogger("silent")
    return {
      clock,
      dataDirectory,
      databaseUrl,
      async open() {
        const store = await openStore({ dataDirectory, databaseUrl, clock, logger })
        openAuditLog(store, clock)
        opened.push(store)
        return store
      },
    }
  }
}
