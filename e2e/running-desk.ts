import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { randomUUID } from "node:crypto"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const server = join(root, "apps/bff/dist/main.js")

/** The key of this installation; no answer, log line or file may ever hold its private half. */
export const canaryKey = { publicKey: "canaryke", privateKey: "5ec2e7ca-0000-4a1b-9c3d-canary7f0e11" }
export const canarySecrets = {
  clientSecret: "canary-client-secret-5ec2e7ca1111",
  sessionSecret: "canary-session-secret-5ec2e7ca2222",
}

/** The product and a simulated Atlas, each a process of its own, on ports of their own. */
export interface RunningDesk {
  url: string
  /** Where the simulated Atlas answers, and under `/simulator` its cloud console. */
  simulatorUrl: string
  /** Plays the cloud side, the clock and the faults. */
  simulator: SimulatorControl
  /** Everything the server wrote so far, at the most talkative level. */
  log: () => string
  stopServer: () => Promise<void>
  startServer: () => Promise<void>
  stop: () => Promise<void>
}

interface SimulatedPeer {
  id: string
  providerName: string
  status: string
  connectionId: string | null
}

interface SimulatorControl {
  act: (peerId: string, act: string) => Promise<void>
  advance: (seconds: number) => Promise<void>
  addFault: (rule: unknown) => Promise<void>
  clearFaults: () => Promise<void>
  peers: (projectId: string) => Promise<SimulatedPeer[]>
  calls: () => Promise<unknown>
}

/** Starts both and waits until they answer. Simulated time stands still: stories move it. */
export async function startDesk(scenario = "demo"): Promise<RunningDesk> {
  if (!existsSync(server)) throw new Error("The product is not built: run pnpm build first")
  const [simulatorPort, port, identityPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
  const url = `http://127.0.0.1:${port}`
  const written: string[] = []

  const simulatorProcess = run(join(root, "node_modules/.bin/tsx"), [
    join(root, "packages/atlas-simulator/src/main.ts"),
    `--port=${simulatorPort}`,
    `--public-key=${canaryKey.publicKey}`,
    `--private-key=${canaryKey.privateKey}`,
    `--scenario=${scenario}`,
    "--speed=0",
  ])
  const issuer = `http://127.0.0.1:${identityPort}`
  const identityProcess = run(join(root, "node_modules/.bin/tsx"), [
    join(root, "packages/demo-identity-provider/src/main.ts"),
    `--port=${identityPort}`,
    `--client-secret=${canarySecrets.clientSecret}`,
    `--redirect-uri=${url}/sign-in/callback`,
    `--post-logout-redirect-uri=${url}/`,
    `--back-channel-logout-uri=${url}/sign-in/back-channel-logout`,
  ])
  await waitUntilAnswers(`${simulatorUrl}/simulator/state`)
  await waitUntilAnswers(`${issuer}/.well-known/openid-configuration`)
  const dataDirectory = mkdtempSync(join(tmpdir(), "peering-desk-story-"))
  const databaseUrl = createDatabase()

  let serverProcess: ChildProcess | null = null
  const startServer = async () => {
    serverProcess = run(process.execPath, [server], {
      PORT: String(port),
      ATLAS_BASE_URL: simulatorUrl,
      ATLAS_PUBLIC_KEY: canaryKey.publicKey,
      ATLAS_PRIVATE_KEY: canaryKey.privateKey,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: "peering-desk",
      OIDC_CLIENT_SECRET: canarySecrets.clientSecret,
      ACCESS_RULES_FILE: join(root, "tools/demo-access-rules.json"),
      SESSION_SECRET: canarySecrets.sessionSecret,
      DATA_DIR: dataDirectory,
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
      LOG_LEVEL: "trace",
    })
    serverProcess.stdout?.on("data", (chunk: Buffer) => written.push(chunk.toString()))
    serverProcess.stderr?.on("data", (chunk: Buffer) => written.push(chunk.toString()))
    await waitUntilAnswers(`${url}/readyz`)
  }
  const stopServer = async () => {
    if (serverProcess !== null) await end(serverProcess)
    serverProcess = null
  }
  await startServer()

  return {
    url,
    simulatorUrl,
    simulator: createControl(simulatorUrl),
    log: () => written.join(""),
    startServer,
    stopServer,
    async stop() {
      await stopServer()
      await Promise.all([end(simulatorProcess), end(identityProcess)])
      rmSync(dataDirectory, { recursive: true })
    },
  }
}

/** A database of its own on the server that `E2E_POSTGRES_URL` names; null when the story runs on SQLite. */
function createDatabase(): string | null {
  const server = process.env["E2E_POSTGRES_URL"]
  if (server === undefined || server === "") return null
  const name = `story_${randomUUID().replaceAll("-", "")}`
  execFileSync("psql", [server, "-q", "-c", `create database ${name}`], {
    stdio: ["ignore", "ignore", "inherit"],
  })
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

function createControl(origin: string): SimulatorControl {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === "" ? null : JSON.parse(text)
  }
  return {
    act: async (peerId, act) => void (await call("POST", "/simulator/cloud-side", { peerId, act })),
    advance: async (advanceSeconds) => void (await call("POST", "/simulator/clock", { advanceSeconds })),
    addFault: async (rule) => void (await call("POST", "/simulator/faults", rule)),
    clearFaults: async () => void (await call("DELETE", "/simulator/faults")),
    async peers(projectId) {
      const state = (await call("GET", "/simulator/state")) as {
        projects: { id: string; peers: SimulatedPeer[] }[]
      }
      return state.projects.find(({ id }) => id === projectId)?.peers ?? []
    },
    calls: () => call("GET", "/simulator/calls"),
  }
}

function run(command: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  })
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve()
      return
    }
    child.once("exit", () => resolve())
    child.kill("SIGTERM")
  })
}

async function waitUntilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
