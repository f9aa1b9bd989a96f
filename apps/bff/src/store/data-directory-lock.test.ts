import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { systemClock } from "#base/clock.ts"
import { lockDataDirectory } from "./data-directory-lock.ts"
import { openStore } from "./open-store.ts"

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "data-directory-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, "data")
}

test("a data directory is locked once at a time, and again after it was given back", () => {
  const dataDirectory = makeFolder()
  const unlock = lockDataDirectory(dataDirectory)
  expect(() => lockDataDirectory(dataDirectory)).toThrow(
    `The database in ${dataDirectory} (DATA_DIR) is used by another Peering Desk. SQLite serves one process`,
  )
  unlock()
  lockDataDirectory(dataDirectory)()
})

test("the lock of a data directory leaves its database readable, and is this user's alone", async () => {
  const dataDirectory = makeFolder()
  onTestFinished(lockDataDirectory(dataDirectory))
  const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
  await expect(store.db.selectFrom("session").selectAll().execute()).resolves.toEqual([])
  await store.close()
  expect(statSync(join(dataDirectory, "peering-desk.lock")).mode & 0o777).toBe(0o600)
})
