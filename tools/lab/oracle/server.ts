import { openFaultProxy } from "#bff/test/support/fault-proxy.ts"
import type { Desk } from "#tools/lab/desk.ts"
import { shiftDate } from "#tools/lab/chaos/shifted-date.ts"
import { startServer, type PostgresDatabase } from "#tools/lab/chaos/world.ts"
import { pause } from "#tools/lab/chaos/client.ts"
import type { RecordedAtlas } from "./atlas-record.ts"

/** Something that happened to a server, by `performance.now()`; `until` is infinite while it goes on. */
export interface Trouble {
  kind: "killed" | "stopped"
  server: number
  from: number
  until: number
}

/** A server as a separate process, with its own clock and its own way to Atlas and to the database. */
export interface Server {
  number: number
  origin: string
  desk: () => Desk
  /** False while it is stopped, or killed and not ready again. */
  isUp: () => boolean
  troubles: readonly Trouble[]
  /** Kills it, and starts it again. */
  kill: () => Promise<void>
  /** Stops the process where it is, and lets it go on later. */
  stop: (ms: number) => Promise<void>
  /**
   * Strikes when the next change leaves for Atlas, before a byte of it gets there.
   * @param ms how long the process is stopped then; null to kill it
   */
  setTrap: (ms: number | null) => void
  /** Waits until the server is up. */
  settle: () => Promise<void>
  close: () => Promise<void>
}

interface ServerOptions {
  number: number
  work: string
  atlas: RecordedAtlas
  /** Null for SQLite. */
  postgres: PostgresDatabase | null
  aheadMs: number
  atlasDelayMs: number
  databaseDelayMs: number
  environment: Record<string, string>
}

export async function openServer(options: ServerOptions): Promise<Server> {
  const { number, work, atlas, postgres, aheadMs, atlasDelayMs, databaseDelayMs } = options
  const troubles: Trouble[] = []
  let trap: { ms: number | null } | null = null
  let busy: Promise<void> = Promise.resolve()
  const atlasProxy = await openFaultProxy({
    target: atlas.origin,
    draw(bytes) {
      if (trap === null || !isSignedChange(bytes)) return { kind: "latency", ms: atlasDelayMs }
      const { ms } = trap
      trap = null
      // A killed server's request gets to Atlas half the time, as if it had been on its way.
      if (ms === null) {
        void kill()
        return { kind: "latency", ms: atlasDelayMs }
      }
      return { kind: "hold", until: stop(ms) }
    },
  })
  const databaseProxy =
    postgres === null
      ? null
      : await openFaultProxy({
          target: { path: postgres.socket },
          draw: () => ({ kind: "latency", ms: databaseDelayMs }),
        })
  const environment = {
    ...options.environment,
    ...shiftDate(aheadMs),
    LOG_LEVEL: "warn",
    ...(postgres !== null &&
      databaseProxy !== null && {
        DATABASE_URL: `postgres://desk@127.0.0.1:${databaseProxy.port}/${postgres.database}`,
      }),
  }
  const start = () => startServer(work, atlas, atlasProxy.origin, environment)
  let desk = await start()
  const { origin } = desk

  /** Only one thing happens to a server at a time; a second one is left out. */
  function suffer(kind: Trouble["kind"], work_: () => Promise<void>): Promise<void> {
    if (!isUp()) return busy
    const trouble: Trouble = { kind, server: number, from: performance.now(), until: Infinity }
    troubles.push(trouble)
    busy = work_().finally(() => (trouble.until = performance.now()))
    return busy
  }
  const isUp = () => troubles.every(({ until }) => until < Infinity)
  const kill = () =>
    suffer("killed", async () => {
      await desk.stop("SIGKILL")
      desk = await start()
    })
  const stop = (ms: number) =>
    suffer("stopped", async () => {
      process.kill(desk.pid, "SIGSTOP")
      await pause(ms)
      process.kill(desk.pid, "SIGCONT")
    })

  return {
    number,
    origin,
    desk: () => desk,
    isUp,
    troubles,
    kill,
    stop,
    setTrap: (ms) => (trap = { ms }),
    settle: () => busy,
    async close() {
      trap = null
      await busy.catch(() => undefined)
      await desk.stop("SIGKILL")
      await atlasProxy.close()
      await databaseProxy?.close()
    },
  }
}

/** A signed request, and not the unsigned one before it that only gets a challenge. */
function isSignedChange(bytes: Buffer): boolean {
  const head = bytes.toString("latin1")
  return /^(POST|PATCH|DELETE) \S*\/peers/.test(head) && /^authorization: digest/im.test(head)
}
