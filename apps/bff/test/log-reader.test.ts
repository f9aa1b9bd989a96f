import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { get, type IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { testingAccessRules } from "#test/support/test-app.ts"

const publicUrl = "http://127.0.0.1:1"
let main: string
let directory: string
beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "log-reader-test")
  directory = mkdtempSync(join(tmpdir(), "log-reader-"))
  writeFileSync(join(directory, "access-rules.json"), JSON.stringify(testingAccessRules))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Starts the server, with nobody at Atlas and at the identity provider, and reads its log until it listens. */
async function start(name: string) {
  const child = spawn(process.execPath, [main], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: "http://127.0.0.1:1",
      OIDC_CLIENT_ID: "peering-desk",
      OIDC_CLIENT_SECRET: "a-client-secret-that-nobody-may-see",
      ACCESS_RULES_FILE: join(directory, "access-rules.json"),
      SESSION_SECRET: "a session secret that is long enough to be one",
      DATA_DIR: join(directory, name),
      ATLAS_BASE_URL: "http://127.0.0.1:1",
      ATLAS_PUBLIC_KEY: "nobodyis",
      ATLAS_PRIVATE_KEY: "00000000-0000-4000-8000-000000000000",
    },
  })
  let output = ""
  child.stdout.on("data", (part) => (output += String(part)))
  const findPort = () => /"port":(\d+)[^\n]*"msg":"Listening"/.exec(output)?.[1]
  await vi.waitFor(() => expect(findPort()).toBeDefined(), { timeout: 20_000 })
  return { child, origin: `http://127.0.0.1:${findPort()}` }
}

/** Asks as a client of the public URL does, since other hosts are refused. */
async function ask(url: string): Promise<number | undefined> {
  const [answer] = (await once(get(url, { headers: { host: new URL(publicUrl).host } }), "response")) as [
    IncomingMessage,
  ]
  answer.resume()
  await once(answer, "end")
  return answer.statusCode
}

test.each(["pause", "destroy"] as const)(
  "the server answers and exits with 0 after the reader of its log called %s",
  { timeout: 30_000 },
  async (leave) => {
    const { child, origin } = await start(leave)
    child.stdout[leave]()
    // 400 kB of log lines: more than a pipe and its reader hold.
    const url = `${origin}/nothing/${"x".repeat(10_000)}`
    const statuses = await Promise.all(Array.from({ length: 40 }, () => ask(url)))
    expect(new Set(statuses)).toEqual(new Set([404]))
    const exit = once(child, "exit")
    child.kill("SIGTERM")
    expect(await exit).toEqual([0, null])
  },
)
