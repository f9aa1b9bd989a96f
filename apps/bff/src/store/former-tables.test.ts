import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { getDatabaseFile } from "./drivers/sqlite-dialect.ts"
import { hasFormerFile } from "./former-tables.ts"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "former-tables-"))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Holds the file's lock, as a connection does that repairs the file after a crash, and frees it a moment later. */
const holder = `
  const file = new (require("libsql"))(process.argv[1])
  file.exec("create table one (id integer); begin exclusive")
  console.log("locked")
  process.stdin.once("data", () => setTimeout(() => file.exec("commit"), 300))
`

test("a start waits while another connection repairs the SQLite file", async () => {
  const child = spawn(process.execPath, ["-e", holder, getDatabaseFile(folder)], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "pipe", "inherit"],
  })
  await once(child.stdout, "data")
  child.stdin.end("free it\n")

  expect(hasFormerFile(folder)).toBe(false)
  await once(child, "exit")
})
