import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls, SessionInfo, type SessionInfo as Session } from "@peering-desk/shared-schemas"
import type { TestingBrowser } from "@peering-desk/demo-identity-provider"

/** The client as it is registered at each provider: its id and secret have what providers stumble over. */
export const client = { id: "peering-desk", secret: "a-se_c+r/et==" }
const projectId = "64b1f0a27c3d5e4f8a9b0c1d"

/** The product as a process, set up by its environment alone. */
export interface RealDesk {
  origin: string
  log: () => string
  /** The person whose browser it is; null when nobody is signed in. */
  readSession: (browser: TestingBrowser) => Promise<Session | null>
  /** Opens the event stream and resolves, once it is open, with a promise of everything that came by its end. */
  openStream: (browser: TestingBrowser) => Promise<{ ended: Promise<string> }>
  stop: () => Promise<void>
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Waits until a server answers at all. Throws when its process ends before. */
export async function waitForServer(child: ChildProcess, url: string, log: () => string): Promise<void> {
  for (let left = 300; left > 0; left -= 1) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${log().slice(-2_000)}`)
    const answer = await fetch(url).catch(() => null)
    if (answer !== null) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`it does not answer at ${url}: ${log().slice(-2_000)}`)
}

interface StartedProgram {
  child: ChildProcess
  log: () => string
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts a program and collects what it writes. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
): StartedProgram {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let log = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (log += part.toString()))
  return {
    child,
    log: () => log,
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, "exit")
    },
  }
}

const fromSource = [
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("../../../apps/bff/src/main.ts", import.meta.url)),
]

/**
 * Starts the product at a port. No Atlas answers it: sign-in needs none.
 * @param program what Node.js runs
 */
export async function startDesk(
  work: string,
  port: number,
  environment: Record<string, string>,
  program = fromSource,
): Promise<RealDesk> {
  const origin = `http://127.0.0.1:${port}`
  const rules = join(work, "access-rules.json")
  writeFileSync(
    rules,
    JSON.stringify({
      rules: [
        { claim: "groups", equals: "peering-admins", role: "administrator", projects: "*" },
        { claim: "groups", equals: "payments-team", role: "requester", projects: [projectId] },
      ],
    }),
  )
  const started = startProgram(
    process.execPath,
    program,
    {
      PORT: String(port),
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      ACCESS_RULES_FILE: rules,
      SESSION_SECRET: "a session secret of a conformance run",
      DATA_DIR: join(work, "data"),
      ATLAS_BASE_URL: "http://127.0.0.1:1",
      ATLAS_PUBLIC_KEY: "abcdefgh",
      ATLAS_PRIVATE_KEY: "00000000-0000-4000-8000-000000000000",
      ...environment,
    },
    work,
  )
  await waitForServer(started.child, `${origin}${apiUrls.health()}`, started.log)
  const cookieOf = (browser: TestingBrowser) =>
    browser.cookies
      .filter(({ name }) => name === "peering-desk-session")
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ")

  return {
    origin,
    log: started.log,
    stop: started.stop,
    async readSession(browser) {
      const answer = await fetch(`${origin}${apiUrls.session()}`, { headers: { cookie: cookieOf(browser) } })
      return answer.status === 200 ? SessionInfo.parse(await answer.json()) : null
    },
    async openStream(browser) {
      const answer = await fetch(`${origin}${apiUrls.events({ projects: projectId })}`, {
        headers: { cookie: cookieOf(browser) },
      })
      if (answer.status !== 200) throw new Error(`the stream was answered ${answer.status}`)
      return { ended: answer.text() }
    },
  }
}
