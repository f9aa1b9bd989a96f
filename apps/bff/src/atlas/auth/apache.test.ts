import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { findFreePort } from "@peering-desk/test-support/programs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemClock } from "#base/clock.ts"
import { DigestSigner } from "./digest-signer.ts"
import { sendSigned } from "./send-request.ts"
import { testingKey } from "#test/support/digest-server.ts"

const binary = "/usr/sbin/apache2"
const modules = "/usr/lib/apache2/modules"
const missing = installApache()

/** Null when Apache can be run; otherwise why not. As root on Debian it is installed first. */
function installApache(): string | null {
  if (existsSync(binary) && existsSync(`${modules}/mod_auth_digest.so`)) return null
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return "it is not installed, and only root on Debian can install it (apt-get install apache2-bin)"
  try {
    const options = { stdio: "ignore", timeout: 240_000 } as const
    execFileSync("apt-get", ["update"], options)
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "apache2-bin"], options)
  } catch {
    return "apt-get install apache2-bin failed"
  }
  return existsSync(binary) ? null : "apt-get installed no apache2"
}

if (missing !== null) process.stderr.write(`\nNOT TESTED against Apache mod_auth_digest: ${missing}\n`)

test(`Apache mod_auth_digest is ${missing === null ? "here" : `not installable here: ${missing}`}`, () => {
  expect(existsSync(binary)).toBe(missing === null)
})

describe.runIf(missing === null)("DigestSigner at Apache's mod_auth_digest", () => {
  let folder: string
  let origin: string
  let apache: ChildProcess
  const signal = new AbortController().signal

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "peering-desk-apache-"))
    const { publicKey, privateKey } = testingKey
    const secret = createHash("md5").update(`${publicKey}:MMS Public API:${privateKey}`).digest("hex")
    await writeFile(join(folder, "keys"), `${publicKey}:MMS Public API:${secret}\n`)
    await writeFile(join(folder, "index.html"), "open sesame")
    ;({ apache, origin } = await startApache(folder))
  }, 300_000)

  afterAll(async () => {
    apache.kill("SIGKILL")
    await rm(folder, { recursive: true, force: true })
  })

  test("300 signed calls succeed with one challenge", async () => {
    const digest = new DigestSigner({ ...testingKey, clock: systemClock, timeoutMs: 10_000 })
    for (let call = 0; call < 300; call += 1) {
      const response = await sendSigned(digest, `${origin}/index.html?call=${call}`, { signal })
      expect([response.status, await response.text()]).toEqual([200, "open sesame"])
    }
    // Apache writes a line after it has sent the answer.
    await expect.poll(() => readLog(folder)).toHaveLength(301)
    const log = await readLog(folder)
    expect(log.filter((line) => line.startsWith("401"))).toHaveLength(1)
  }, 60_000)

  test("a wrong key is refused after two requests", async () => {
    const before = (await readLog(folder)).length
    const digest = new DigestSigner({
      ...testingKey,
      privateKey: "wrong",
      clock: systemClock,
      timeoutMs: 10_000,
    })
    const response = await sendSigned(digest, `${origin}/index.html`, { signal })
    await response.text()
    expect(response.status).toBe(401)
    await expect.poll(() => readLog(folder)).toHaveLength(before + 2)
  })
})

function configuration(folder: string, port: number): string {
  const load = ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest"]
  return `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
Mutex posixsem
${load.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}
ErrorLog ${folder}/errors
LogFormat "%s %r" short
CustomLog "${folder}/log" short
DocumentRoot ${folder}
MaxKeepAliveRequests 0
<Directory ${folder}>
  AuthType Digest
  AuthName "MMS Public API"
  AuthDigestProvider file
  AuthUserFile ${folder}/keys
  Require valid-user
</Directory>
`
}

/** Starts Apache, which takes no port 0, on a port that was free a moment ago, and on others while somebody else was quicker. */
async function startApache(folder: string): Promise<{ apache: ChildProcess; origin: string }> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await findFreePort()
    await writeFile(join(folder, "apache.conf"), configuration(folder, port))
    const apache = spawn(binary, ["-X", "-f", join(folder, "apache.conf")], { stdio: "ignore" })
    if (await ownsItsPort(apache, folder)) return { apache, origin: `http://127.0.0.1:${port}` }
  }
  throw new Error("Apache did not start")
}

/** Apache writes its process id once it listens, and ends when it cannot. */
async function ownsItsPort(apache: ChildProcess, folder: string): Promise<boolean> {
  while (apache.exitCode === null) {
    const written = await readFile(join(folder, "pid"), "utf8").catch(() => "")
    if (Number(written) === apache.pid) return true
    await wait(10)
  }
  return false
}

async function readLog(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, "log"), "utf8")
  return text.split("\n").filter((line) => line !== "")
}
