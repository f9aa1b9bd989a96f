import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { findFreePort } from "@peering-desk/test-support/programs"
import { expect, onTestFinished, test } from "vitest"
import { runProgram } from "./lab/programs.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

test("the demo refuses an unknown option and says which there are", async () => {
  const { code, stderr } = await runProgram(process.execPath, ["--import", "tsx", "tools/demo.ts", "--new"], {
    cwd: root,
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Unknown option '--new'/)
  expect(stderr).toContain("--fresh  forgets")
})

test("the demo lets its people do some work, and stops all that it started", async () => {
  const data = mkdtempSync(join(tmpdir(), "demo-test-"))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const port = async () => String(await findFreePort())
  const [PORT, SIMULATOR_PORT, IDENTITY_PORT] = [await port(), await port(), await port()]
  // Vite's port is the one after the server's.
  const [CHAT_PORT, AWS_PORT, SERVER_PORT] = [await port(), await port(), await port()]
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
  demo.kill("SIGTERM")
  await gone
  for (const port of [PORT, SIMULATOR_PORT, IDENTITY_PORT, AWS_PORT])
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed")
}, 120_000)
