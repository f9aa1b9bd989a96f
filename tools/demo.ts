import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer as createHttpServer } from "node:http"
import { createServer } from "node:net"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { awsServerCredentials } from "@peering-desk/atlas-simulator"
import { createDemoFront } from "@peering-desk/demo-director"
import { moveOlderData } from "./demo-data.ts"
import { seedDemo } from "./demo-seed.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const dataDirectory = process.env["DEMO_DATA_DIR"] ?? join(root, ".data/demo")
const help = `Starts Peering Desk, a simulated Atlas and AWS, and an identity provider to sign in with, on this machine.

  --fresh   forget what earlier demos left in .data/demo
  --watch   reload on change (pnpm dev)
  --help

PORT (8080), SIMULATOR_PORT (8081), IDENTITY_PORT (8082), CHAT_PORT, AWS_PORT and SERVER_PORT (the next three) choose
other ports, DEMO_DATA_DIR another folder.
`

const { values: flags } = parseArgs({
  options: { fresh: { type: "boolean" }, watch: { type: "boolean" }, help: { type: "boolean" } },
})
if (flags.help === true) {
  process.stdout.write(help)
  process.exit(0)
}

const port = readPort("PORT", 8080)
const simulatorPort = readPort("SIMULATOR_PORT", 8081)
const identityPort = readPort("IDENTITY_PORT", 8082)
/** Takes the notifications of the demo. */
const chatPort = readPort("CHAT_PORT", identityPort + 1)
/** EC2 and STS, in the process of the simulated Atlas. */
const awsPort = readPort("AWS_PORT", chatPort + 1)
/** The server is behind the demo's front; in watch mode behind Vite, which the front is before. */
const serverPort = readPort("SERVER_PORT", awsPort + 1)
const vitePort = serverPort + 1
const url = `http://127.0.0.1:${port}`
const issuer = `http://127.0.0.1:${identityPort}`
const key = { public: "demokeys", private: "00000000-demo-demo-demo-000000000000" }
const children: ChildProcess[] = []
let stopping = false
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stopAll(0))
process.on("uncaughtException", (error) => {
  if (!stopping) process.stderr.write(`${error.stack}\n`)
  stopAll(1)
})

const ports = [port, simulatorPort, awsPort, identityPort, serverPort, vitePort]
for (const taken of ports) await refuseIfTaken(taken)
if (flags.fresh === true) rmSync(dataDirectory, { recursive: true, force: true })
const olderData = moveOlderData(dataDirectory)
if (olderData !== null) say(`Older demo data moved to ${relative(process.cwd(), olderData)}`)
mkdirSync(dataDirectory, { recursive: true })

if (flags.watch !== true) {
  say("building the web app and the server")
  const { status } = spawnSync("pnpm", ["build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  if (status !== 0) stopAll(status ?? 1)
}

say("starting the simulated Atlas")
start("simulated Atlas", "tsx", [
  join(root, "packages/atlas-simulator/src/main.ts"),
  `--port=${simulatorPort}`,
  `--aws-port=${awsPort}`,
  `--public-key=${key.public}`,
  `--private-key=${key.private}`,
  `--data-file=${join(dataDirectory, "atlas.json")}`,
  "--pace=6",
  "--scenario=stage",
])
await waitFor(`http://127.0.0.1:${simulatorPort}/simulator/state`)

say("starting the identity provider")
start("identity provider", "tsx", [
  join(root, "packages/demo-identity-provider/src/main.ts"),
  `--port=${identityPort}`,
  `--redirect-uri=${url}/sign-in/callback`,
  `--post-logout-redirect-uri=${url}/`,
  `--back-channel-logout-uri=${url}/sign-in/back-channel-logout`,
  `--keys-file=${join(dataDirectory, "identity-keys.json")}`,
])
await waitFor(`${issuer}/.well-known/openid-configuration`)

const chatUrl = `http://127.0.0.1:${chatPort}/chat`
createHttpServer((request, response) => {
  request.resume()
  response.end("ok")
})
  .on("error", () => say(`nothing takes notifications: port ${chatPort} is in use`))
  .listen(chatPort, "127.0.0.1")

say("starting Peering Desk")
const serverEnvironment = {
  HOST: "127.0.0.1",
  PORT: String(serverPort),
  PUBLIC_URL: url,
  ATLAS_BASE_URL: `http://127.0.0.1:${simulatorPort}`,
  ATLAS_PUBLIC_KEY: key.public,
  ATLAS_PRIVATE_KEY: key.private,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: "peering-desk",
  OIDC_CLIENT_SECRET: "demo-client-secret",
  ORGANISATION_NAME: "Example Corp",
  DEMO_SIMULATOR_URL: `http://127.0.0.1:${simulatorPort}`,
  AWS_ENDPOINT_URL_EC2: `http://127.0.0.1:${awsPort}`,
  AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${awsPort}`,
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
if (flags.watch === true) {
  start(
    "server",
    "tsx",
    ["watch", "--clear-screen=false", join(root, "apps/bff/src/main.ts")],
    serverEnvironment,
  )
  await startVite()
} else {
  start("server", process.execPath, [join(root, "apps/bff/dist/main.js")], serverEnvironment)
}
await waitFor(`http://127.0.0.1:${serverPort}/readyz`)
const front = await createDemoFront({
  serverUrl: `http://127.0.0.1:${flags.watch === true ? vitePort : serverPort}`,
  publicUrl: url,
  simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
})
await front.listen(port)
const seededFile = join(dataDirectory, "seeded")
if (!existsSync(seededFile)) {
  say("letting the demo people do some work")
  await seedDemo(url, chatUrl)
  writeFileSync(seededFile, "")
}

process.stdout.write(`
  ┌──────────────────────────────────────────────────────────────────────┐
  │  Peering Desk            ${url.padEnd(44)}│
  │  Simulated Atlas         ${`http://127.0.0.1:${simulatorPort}`.padEnd(44)}│
  │  Simulated AWS           ${`http://127.0.0.1:${awsPort}`.padEnd(44)}│
  │                                                                      │
  │  Sign in as                                                          │
  │    Olivia: administrator          Nadia: requester in payments-prod  │
  │    Victor: read-only              Sam: reads the audit log only      │
  │    Greta: no access                                                  │
  │                                                                      │
  │  Atlas is simulated and works six times as fast as the real one.     │
  │  Ctrl-C stops everything; --fresh starts over.                       │
  └──────────────────────────────────────────────────────────────────────┘
`)

function start(
  name: string,
  command: string,
  args: string[],
  environment: Record<string, string> = {},
): void {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...environment } })
  children.push(child)
  child.on("exit", (code) => {
    if (stopping) return
    process.stderr.write(`The ${name} stopped (${String(code)}), so the demo stops.\n`)
    stopAll(1)
  })
}

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
      // The Host header stays as the browser sent it: the server refuses names that are not its own.
      proxy: Object.fromEntries(
        ["/api", "/sign-in", "/sign-out", "/readyz", "/healthz"].map((path) => [
          path,
          { target: `http://127.0.0.1:${serverPort}`, changeOrigin: false },
        ]),
      ),
    },
  })
  await vite.listen()
}

function stopAll(code: number): void {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill("SIGTERM")
  const running = children.filter(({ exitCode }) => exitCode === null)
  void Promise.all(running.map((child) => once(child, "exit"))).then(() => process.exit(code))
}

async function waitFor(url: string): Promise<void> {
  while ((await fetch(url).catch(() => null))?.ok !== true)
    await new Promise((resolve) => setTimeout(resolve, 100))
}

function refuseIfTaken(taken: number): Promise<void> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once("error", () => {
      process.stderr.write(
        `Port ${taken} is in use. Stop what uses it, or choose another: PORT=… SIMULATOR_PORT=… pnpm demo\n`,
      )
      process.exit(1)
    })
    probe.listen(taken, "127.0.0.1", () => probe.close(() => resolve()))
  })
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
