import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, onTestFinished, test } from "vitest"
import { writeFormerFile } from "#bff/test/support/former-tables.ts"
import { hasFormerFile } from "#bff/src/store/former-tables.ts"
import { moveOlderData } from "./demo-data.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "demo-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function findFreePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}

test("the demo moves data of an early version aside, starts over, and stops all that it started", async () => {
  const folder = createFolder()
  const data = join(folder, "demo")
  const before = readFileSync(writeFormerFile(data))
  writeFileSync(join(data, "seeded"), "")
  const [PORT, SIMULATOR_PORT, IDENTITY_PORT, CHAT_PORT, AWS_PORT] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  // Vite's port is the next one.
  const SERVER_PORT = String(20_000 + (process.pid % 20_000))
  const demo = spawn(process.execPath, ["--import", "tsx", "tools/demo.ts", "--watch"], {
    cwd: root,
    env: {
      ...process.env,
      DEMO_DATA_DIR: data,
      PORT,
      SIMULATOR_PORT,
      IDENTITY_PORT,
      CHAT_PORT,
      AWS_PORT,
      SERVER_PORT,
    },
  })
  const gone = new Promise((resolve) => demo.once("exit", resolve))
  onTestFinished(() => {
    demo.kill("SIGTERM")
    return gone.then(() => undefined)
  })
  let printed = ""
  await new Promise<void>((resolve, reject) => {
    void gone.then(() => reject(new Error(printed)))
    for (const pipe of [demo.stdout, demo.stderr])
      pipe.on("data", (part) => {
        printed += String(part)
        if (printed.includes("letting the demo people do some work")) resolve()
      })
  })
  expect(printed).toContain(`Older demo data moved to ${relative(root, join(folder, "demo-before"))}\n`)
  expect(readFileSync(join(folder, "demo-before/peering-desk.sqlite"))).toEqual(before)
  expect(hasFormerFile(data)).toBe(false)
  demo.kill("SIGTERM")
  await gone
  for (const port of [PORT, SIMULATOR_PORT, IDENTITY_PORT, AWS_PORT])
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed")
}, 120_000)

test("older demo data gets the next free name", () => {
  const data = join(createFolder(), "demo")
  for (const name of ["demo-before", "demo-before-2"]) {
    const file = readFileSync(writeFormerFile(data))
    const moved = moveOlderData(data)
    expect(moved).toBe(join(data, "..", name))
    expect(readFileSync(join(moved ?? "", "peering-desk.sqlite"))).toEqual(file)
  }
})

test("the demo moves data aside whose Atlas lacks the projects of the scenes", () => {
  const data = join(createFolder(), "demo")
  mkdirSync(data)
  writeFileSync(join(data, "atlas.json"), '{"version":4,"world":{"scenario":"demo"}}')
  expect(moveOlderData(data)).toBe(`${data}-before`)
  mkdirSync(data)
  writeFileSync(join(data, "atlas.json"), '{"version":4,"world":{"scenario":"stage"}}')
  expect(moveOlderData(data)).toBeNull()
})

test("demo data of this version, and a folder without data, stay where they are", () => {
  const data = join(createFolder(), "demo")
  expect(moveOlderData(data)).toBeNull()
  mkdirSync(data)
  expect(moveOlderData(data)).toBeNull()
})
