import { once } from "node:events"
import { existsSync } from "node:fs"
import { createServer, get, type IncomingMessage } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { json } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { itself, type AuditEvent } from "#audit/audit-events.ts"
import { repeat, systemClock } from "#base/clock.ts"
import { followSimulatedClock, type SimulatedClock } from "#base/simulated-clock.ts"
import { createServerLogger } from "#base/logger.ts"
import { toConfigurationEvents } from "#operations/configuration-events.ts"
import { resumePolling } from "#polling/resume-polling.ts"
import { lockDataDirectory } from "#store/data-directory-lock.ts"
import { dropHistory, sweepStore } from "#store/sweep.ts"
import { loadDrawer } from "#pages/page-routes.ts"
import { createApp } from "./app.ts"
import { readConfig, readStartConfig, type Config } from "./config.ts"
import { createReloader } from "./reload.ts"
import { createServices } from "./services.ts"

/** The slowest honest answer of Atlas; after it, waiting for requests in flight makes no sense. */
const stopWithinMs = 35_000
/** The last log lines wait this long for their reader. */
const flushWithinMs = 2_000
/** Often enough to warn in time of a secret that expires. */
const testKeysEveryMs = 6 * 60 * 60_000
const sweepEveryMs = 60 * 60_000

/** Prints errors before the server runs for the person who starts it. */
function exitWith(thrown: unknown): never {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exit(1)
}

function readConfigOrExit(): Config {
  try {
    return readStartConfig(process.env)
  } catch (error) {
    return exitWith(error)
  }
}

/** Follows the simulator's clock in a demo. Sessions keep the real time, so no jump ends one. */
async function followDemo(demo: Config["demo"]): Promise<SimulatedClock | null> {
  if (demo === null) return null
  const url = new URL("/simulator/clock", demo.simulatorUrl)
  return await followSimulatedClock({
    async readTime() {
      const [answer] = (await once(get(url, { timeout: 2_000 }), "response")) as [IncomingMessage]
      const { now, speed } = (await json(answer)) as { now: string; speed: number }
      return { now: Date.parse(now), speed }
    },
    onJump: () => afterJump(),
  })
}

/** Several processes may share PostgreSQL. An SQLite file has one, which settles at start what an earlier one left. */
function refuseSecondProcess({ store }: Config): void {
  try {
    if (store.databaseUrl === undefined) lockDataDirectory(store.dataDirectory)
  } catch (error) {
    exitWith(error)
  }
}

const config = readConfigOrExit()
refuseSecondProcess(config)
let afterJump = () => {}
const { logger, flush } = createServerLogger(config.logLevel)
const simulatedClock = await followDemo(config.demo).catch(exitWith)
const services = await createServices({
  config,
  clock: simulatedClock ?? systemClock,
  machineClock: systemClock,
  readCredentials: () => readConfig(process.env).atlas.credentials,
  // On Node 20 the AWS SDK prints text on its next versions between the log's lines of JSON.
  aws: { environment: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } },
  logger,
}).catch(exitWith)
afterJump = () => services.pollers.planAgain()
// The same from src/ (development) and from dist/ (production).
const webDirectory = fileURLToPath(new URL("../../web/dist/", import.meta.url))
const drawer = loadDrawer(fileURLToPath(new URL("../../web/dist-server/draw-page.js", import.meta.url)))
const server = createServer(config.limits.connections, createApp(services, webDirectory, drawer))
const connections = new Set<Socket>()

server.on("connection", (socket) => {
  connections.add(socket)
  socket.once("close", () => connections.delete(socket))
})

server.on("error", (error: NodeJS.ErrnoException) => {
  const why =
    error.code === "EADDRINUSE"
      ? `port ${config.port} is in use; set PORT to another`
      : `${error.message}; see HOST and PORT`
  exitWith(`Peering Desk can't listen: ${why}`)
})

server.listen(config.port, config.host, () => {
  const { baseUrl } = config.atlas
  const { port } = server.address() as AddressInfo
  logger.info({ url: config.publicUrl.origin, port, atlas: baseUrl.host }, "Listening")
  if (!existsSync(`${webDirectory}index.html`))
    logger.warn({ webDirectory }, "The web app is not built: this server answers no page. Run pnpm build")
  for (const warning of config.warnings) logger.warn({ warning }, "Configuration warning")
  for (const { credential, apiVersion } of services.clients.keys()) {
    const { label, kind } = credential
    logger.info({ credential: label, kind, apiVersion }, "Atlas credential in use")
    if (apiVersion === "v1.0")
      logger.warn(
        { credential: label },
        "Atlas credential uses v1.0, which MongoDB calls deprecated, without an end date. A service account uses v2",
      )
  }
  begin()
})
const reloader = createReloader({
  services,
  config,
  read: () => readConfig(process.env),
  record: recordOurselves,
  clock: systemClock,
})
let stopRepeating: (() => void)[] = []

/** Starts the background work, once the port is open: until then another process may still run it. */
function begin(): void {
  services.changeLookUps.start()
  void resumePolling(services)
  services.checkpoints.start()
  services.notifications.sender.start()
  services.accountSchedule.start()
  const { atlas, signIn } = config
  void recordOurselves([
    { ...itself, action: "server-started", detail: { atlas: atlas.baseUrl.host } },
    ...toConfigurationEvents({ ...config, ...signIn, ...atlas }, null),
  ])
  reloader.start()
  stopRepeating = [
    repeat(systemClock, testKeysEveryMs, () => services.keyHealth.testAll(), { begin: "now" }),
    repeat(systemClock, sweepEveryMs, sweep, { begin: "now" }),
  ]
}

/** Removes expired rows, and at the leader the data of old findings. If the store can't be reached, the next sweep does it. */
async function sweep(): Promise<void> {
  const { clock, sharing, signInClock, store } = services
  const sweeps = [sweepStore(store, signInClock.now())]
  if (sharing?.leads !== false) sweeps.push(dropHistory(store, clock.now() - config.limits.historyMs))
  await Promise.all(sweeps).catch((error: unknown) => {
    logger.error({ err: error }, "Could not remove expired rows from the database")
  })
}

/** Records what the server did by itself. A failure is only logged: nobody waits for it. */
async function recordOurselves(events: readonly AuditEvent[]): Promise<void> {
  for (const event of events)
    await services.audit.record(event).catch((error: unknown) => {
      logger.error({ err: error, action: event.action }, "Could not write an event to the audit log")
    })
}

/** Serves on for a while, so that balancers see the refusal of `/readyz` before the port closes. */
function leave(): void {
  if (services.lifetime.leaving) {
    stop()
    return
  }
  services.lifetime.leaving = true
  logger.info(
    { graceMs: config.limits.stopGraceMs },
    "Leaving: requests are served until balancers have noticed",
  )
  setTimeout(stop, config.limits.stopGraceMs)
}

function stop(): void {
  if (services.lifetime.stopping) return
  services.lifetime.stopping = true
  logger.info("Stopping: streams end, requests in flight are finished")
  for (const stopOne of stopRepeating) stopOne()
  reloader.stop()
  services.checkpoints.stop()
  services.sessionWatch.stop()
  services.tokenWatch.stop()
  services.changeLookUps.stop()
  services.accountSchedule.stop()
  services.pollers.stop()
  simulatedClock?.stop()
  services.databaseClock?.stop()
  // Connections that end their last request from now on would otherwise be kept for the next one.
  server.keepAliveTimeout = 1
  for (const endStream of services.openStreams) endStream()
  server.close(() => void close().then(() => process.exit(0)))
  server.closeIdleConnections()
  // Browsers open connections ahead of need. Node counts one as busy until its first request.
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
  setTimeout(() => process.exit(1), stopWithinMs).unref()
}

async function close(): Promise<void> {
  await services.notifications.sender.stop()
  await services.cloudReader.stop()
  await services.sharing?.stop()
  await services.refusals.stop()
  await services.store.close()
  await flush(systemClock, flushWithinMs)
}

process.on("SIGHUP", () => void reloader.reload())
process.on("SIGTERM", leave)
process.on("SIGINT", stop)
