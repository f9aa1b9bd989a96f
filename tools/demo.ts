import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import {
  awsServerCredentials,
  createDemoKeys,
  createSimulator,
  divideDurations,
} from "@peering-desk/atlas-simulator"
import { createDemoFront } from "@peering-desk/demo-director"
import {
  createDemoIdentityProvider,
  loadSigningKeys,
  toDemoClient,
} from "@peering-desk/demo-identity-provider"
import { seedDemo } from "./demo-seed.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const dataDirectory = process.env["DEMO_DATA_DIR"] ?? join(root, ".data/demo")
const help = `Starts Peering Desk with a simulated Atlas, AWS and identity provider.

  --fresh  forgets what earlier demos left
  --watch  reloads on change
  --help

DEMO_DATA_DIR, PORT, SIMULATOR_PORT, IDENTITY_PORT, CHAT_PORT, AWS_PORT and SERVER_PORT choose its folder and ports.
`
const flags = readFlags()

const port = readPort("PORT", 8080)
const simulatorPort = readPort("SIMULATOR_PORT", 8081)
const identityPort = readPort("IDENTITY_PORT", 8082)
/** Takes the notifications of the demo. */
const chatPort = readPort("CHAT_PORT", identityPort + 1)
const awsPort = readPort("AWS_PORT", chatPort + 1)
/** The server is behind the demo's front; in watch mode behind Vite, which the front is before. */
const serverPort = readPort("SERVER_PORT", awsPort + 1)
const vitePort = serverPort + 1
const toUrl = (one: number) => `http://127.0.0.1:${one}`
const url = toUrl(port)
const client = toDemoClient(url, "demo-client-secret")
const key = { publicKey: "demokeys", privateKey: "00000000-demo-demo-demo-000000000000" }
let server: ChildProcess | null = null
let stop: () => unknown = () => {}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stopAll(0))
process.on("uncaughtException", (error: Error & { code?: string; port?: number }) => {
  const isTaken = error.code === "EADDRINUSE"
  const hint = `Port ${error.port} is in use. Stop what uses it, or choose another: PORT=… SIMULATOR_PORT=… pnpm demo`
  process.stderr.write(`${isTaken ? hint : error.stack}\n`)
  void stopAll(1)
})

if (flags.fresh === true) rmSync(dataDirectory, { recursive: true, force: true })
mkdirSync(dataDirectory, { recursive: true })

say("starting the simulated Atlas and the identity provider")
const simulator = createSimulator({
  scenario: "stage",
  dataFile: join(dataDirectory, "atlas.json"),
  keys: createDemoKeys(key, "stage"),
  durations: divideDurations(6),
})
const { origin: simulatorUrl, awsUrl } = await simulator.listen({ port: simulatorPort, awsPort })
stop = simulator.close
const provider = createDemoIdentityProvider({
  client,
  keys: await loadSigningKeys(join(dataDirectory, "identity-keys.json")),
  refreshTokens: true,
})
const { issuer } = await provider.listen({ port: identityPort })
createServer((request, response) => request.resume() && response.end("ok"))
  .on("error", () => say(`nothing takes notifications: port ${chatPort} is in use`))
  .listen(chatPort, "127.0.0.1")
const front = await createDemoFront({
  serverUrl: toUrl(flags.watch === true ? vitePort : serverPort),
  publicUrl: url,
  simulatorUrl,
})
await front.listen(port)

if (flags.watch !== true) {
  say("building the web app and the server")
  const { status } = spawnSync("pnpm", ["build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  if (status !== 0) await stopAll(status ?? 1)
}

say("starting the server")
const serverEnvironment = {
  HOST: "127.0.0.1",
  PORT: String(serverPort),
  PUBLIC_URL: url,
  ATLAS_BASE_URL: simulatorUrl,
  ATLAS_PUBLIC_KEY: key.publicKey,
  ATLAS_PRIVATE_KEY: key.privateKey,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
  ORGANISATION_NAME: "Example Corp",
  DEMO_SIMULATOR_URL: simulatorUrl,
  AWS_ENDPOINT_URL_EC2: awsUrl,
  AWS_ENDPOINT_URL_STS: awsUrl,
  AWS_ACCESS_KEY_ID: awsServerCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: awsServerCredentials.secretAccessKey,
  // A person's own profile and session are for the real AWS.
  AWS_PROFILE: "",
  AWS_SESSION_TOKEN: "",
  ACCESS_RULES_FILE: join(root, "tools/demo-access-rules.json"),
  APPROVAL_POLICY_FILE: join(root, "tools/demo-approval-policy.json"),
  SESSION_SECRET: keepSessionSecret(),
  DATA_DIR: dataDirectory,
  // The chat that notifications go to is this program.
  NOTIFICATION_INSIDE_HOSTS: "127.0.0.1",
  LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
  AUDIT_TO_STDOUT: process.env["AUDIT_TO_STDOUT"] ?? "off",
}
const [command, ...args] =
  flags.watch === true
    ? ["tsx", "watch", "--clear-screen=false", join(root, "apps/bff/src/main.ts")]
    : [process.execPath, join(root, "apps/bff/dist/main.js")]
server = spawn(command ?? "", args, {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, ...serverEnvironment },
})
server.on("exit", (code) => {
  if (server !== null) void stopAll(code ?? 1)
})
while ((await fetch(`${toUrl(serverPort)}/readyz`).catch(() => null))?.ok !== true)
  await new Promise((resolve) => setTimeout(resolve, 100))
if (flags.watch === true) await startVite()
const seededFile = join(dataDirectory, "seeded")
if (!existsSync(seededFile)) {
  say("letting the demo people do some work")
  await seedDemo(url, `${toUrl(chatPort)}/chat`)
  writeFileSync(seededFile, "")
}

process.stdout.write(`
  Peering Desk      ${url}
  Simulated Atlas   ${simulatorUrl}
  Simulated AWS     ${awsUrl}

  Sign in as Olivia (administrator), Nadia (requester in payments-prod), Victor (read-only),
  Sam (reads the audit log only) or Greta (no access).
  Atlas is simulated and works six times as fast as the real one. Ctrl-C stops everything; --fresh starts over.
`)

/** One for the life of the data, so that people stay signed in over a restart. */
function keepSessionSecret(): string {
  const file = join(dataDirectory, "session-secret")
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 })
  return readFileSync(file, "utf8")
}

async function startVite(): Promise<void> {
  const { createServer: createViteServer } = await import("vite")
  const vite = await createViteServer({
    root: join(root, "apps/web"),
    server: {
      host: "127.0.0.1",
      port: vitePort,
      strictPort: true,
      // The page calls it directly.
      ws: { clientPort: vitePort },
      // The Host header stays as the browser sent it: the server refuses names that are not its own.
      proxy: Object.fromEntries(
        ["/api", "/sign-in", "/sign-out", "/readyz", "/healthz"].map((path) => [
          path,
          { target: toUrl(serverPort), changeOrigin: false },
        ]),
      ),
    },
  })
  await vite.listen()
}

async function stopAll(code: number): Promise<void> {
  const running = server
  server = null
  if (running?.exitCode === null && running.kill("SIGTERM")) await once(running, "exit")
  await stop()
  process.exit(code)
}

function readPort(name: string, byDefault: number): number {
  const port = Number(process.env[name] ?? byDefault)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  process.stderr.write(`${name} must be a port number\n`)
  return process.exit(1)
}

function say(what: string): void {
  process.stdout.write(`── ${what}\n`)
}

function readFlags(): { fresh?: boolean | undefined; watch?: boolean | undefined } {
  const options = {
    fresh: { type: "boolean" },
    watch: { type: "boolean" },
    help: { type: "boolean" },
  } as const
  try {
    const { values } = parseArgs({ options })
    if (values.help !== true) return values
    process.stdout.write(help)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
    process.exit(1)
  }
  process.exit(0)
}
