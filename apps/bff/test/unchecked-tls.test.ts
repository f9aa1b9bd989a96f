import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { startServerProcess } from "#test/support/server-process.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"

let main: string
let desk: TestingDesk
let directory: string
beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "unchecked-tls-test")
  desk = await openTestingDesk({ persona: null })
  directory = mkdtempSync(join(tmpdir(), "unchecked-tls-"))
}, 60_000)
afterAll(async () => {
  await desk.close()
  rmSync(directory, { recursive: true })
})

test.each([
  ["0", 1],
  ["1", 0],
])("NODE_TLS_REJECT_UNAUTHORIZED=%s is warned of %i times at start", async (value, times) => {
  const server = await startServerProcess(main, {
    ...desk.environment,
    PUBLIC_URL: "http://127.0.0.1:1",
    DATA_DIR: join(directory, value),
    NODE_TLS_REJECT_UNAUTHORIZED: value,
  })
  server.signal("SIGINT")
  await server.gone
  const lines = server
    .log()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.includes("NODE_TLS_REJECT_UNAUTHORIZED"))
  expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual(Array(times).fill(40))
})
