import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runProgram } from "#tools/lab/programs.ts"
import { apiUrls } from "@peering-desk/shared-schemas"
import { ask, askDuring, createNow, openStream, pause, secondsUntil, toP99, type Client } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, type Figure } from "#tools/lab/figure.ts"
import { azure, createNumbered, openPostgres, projectId, startAlone, type Atlas } from "./world.ts"

const outageMs = 60_000

let asked = 0
const createAnother = (client: Client) => createNumbered(client, (asked += 1))

interface Trouble {
  name: string
  begin: () => Promise<void> | void
  end: () => Promise<void> | void
  /** The longest that a read may take meanwhile; null where reads are refused. */
  readMs: number | null
  /** Some writes still find room: PostgreSQL fills the log file that it has. What they store counts. */
  leavesRoom?: true
}

/** The database stops, freezes or is full, and comes back. */
async function outlast(
  { atlas, client }: { atlas: Atlas; client: Client },
  trouble: Trouble,
): Promise<Figure[]> {
  const { name, begin, end, readMs } = trouble
  const stream = await openStream(client, [projectId])
  let isEnded = false
  void stream.ended.catch(() => undefined).finally(() => (isEnded = true))
  const read = () => ask(client, "GET", apiUrls.peerings(projectId))
  await read()
  await begin()
  await pause(500)
  const over = pause(outageMs)
  const posts = atlas.count("POST", "/peers")
  const [creates, reads, readiness] = await Promise.all([
    askDuring(over, () => createAnother(client), 500),
    askDuring(over, read, 200),
    askDuring(over, () => ask(client, "GET", apiUrls.readiness()), 1_000),
  ])
  const acknowledged = creates.filter(({ status }) => status === 201).length
  const sent = atlas.count("POST", "/peers") - posts - acknowledged
  await end()
  const back = await secondsUntil(async () => (await createAnother(client)).status === 201, 30)
  const figures = [
    none(`${name}: creates sent that could not be stored`, sent),
    trouble.leavesRoom === true
      ? shown(`${name}: creates that still found room`, acknowledged)
      : none(`${name}: creates that succeeded meanwhile`, acknowledged),
    holds(`${name}: /readyz refuses`, readiness.at(-1)?.status === 503),
    none(`${name}: streams that ended`, isEnded ? 1 : 0),
    atMost(`${name}: until the next create succeeds`, back, "s", 2),
  ]
  if (readMs !== null) {
    figures.push(
      none(`${name}: reads that failed`, reads.filter(({ status }) => status !== 200).length),
      atMost(`${name}: a read meanwhile, p99`, toP99(reads), "ms", readMs),
    )
  }
  stream.close()
  return figures
}

/** Other sessions keep the settings that they began with. */
const endSessions =
  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"

export async function breakPostgres(task: Task): Promise<Figure[]> {
  // PostgreSQL runs as another user.
  chmodSync(task.work, 0o755)
  const small = task.keep(await mountSmall(join(task.work, "postgres"), 160))
  const postgres = task.keep(await openPostgres(small.path))
  const { run, figures } = await openTroubles(task, { DATABASE_URL: postgres.url })
  await run({ name: "killed", begin: postgres.takeAway, end: postgres.bringBack, readMs: null })
  await run({
    name: "frozen (SIGSTOP)",
    begin: () => postgres.freeze(true),
    end: () => postgres.freeze(false),
    readMs: null,
  })
  const setting = `alter database ${postgres.database} set default_transaction_read_only`
  await run({
    name: "read-only, as after a failover",
    async begin() {
      await postgres.readRows(`${setting} = on`)
      await postgres.readRows(endSessions)
    },
    async end() {
      await postgres.readRows(`begin read write; ${setting} = off; commit`)
    },
    readMs: null,
  })
  if (small.isSmall) await run({ name: "disk full", ...small.filling, readMs: 1_000, leavesRoom: true })
  return figures
}

export async function breakSqlite(task: Task): Promise<Figure[]> {
  const small = task.keep(await mountSmall(join(task.work, "server", "data"), 8))
  const file = join(small.path, "peering-desk.sqlite")
  const { run, figures, desk } = await openTroubles(task)
  await run({ name: "locked by another process", ...createLocker(file), readMs: 1_000 })
  if (small.isSmall) await run({ name: "disk full", ...small.filling, readMs: 1_000 })
  await desk.stop()
  const { stdout } = await runProgram("sqlite3", [file, "pragma integrity_check"])
  return [...figures, holds("its integrity check after all that", stdout.trim() === "ok")]
}

/** Starts a server with a connection, which then outlasts one trouble after another. */
async function openTroubles(task: Task, environment: Record<string, string> = {}) {
  const { atlas, desk, client } = await startAlone(task, environment)
  await createNow(client, projectId, azure, "a-key-before-the-outage")
  const figures: Figure[] = []
  const run = async (trouble: Trouble) => {
    task.note(trouble.name)
    figures.push(...(await outlast({ atlas, client }, trouble)))
  }
  return { run, figures, desk }
}

/** Takes SQLite's write lock, as a backup program may. */
function createLocker(path: string) {
  let locker: ReturnType<typeof spawn> | null = null
  return {
    async begin() {
      const shell = spawn("sqlite3", [path], { stdio: ["pipe", "pipe", "inherit"] })
      locker = shell
      shell.stdin.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'locked';\n")
      await new Promise((resolve) => shell.stdout.once("data", resolve))
    },
    end() {
      locker?.kill()
    },
  }
}

/** A separate file system of few megabytes, where this user may mount one. */
async function mountSmall(path: string, megabytes: number) {
  mkdirSync(path, { recursive: true, mode: 0o755 })
  const size = `size=${megabytes}m,mode=0777`
  const isSmall = (await runProgram("mount", ["-t", "tmpfs", "-o", size, "tmpfs", path])).code === 0
  const filler = join(path, "filler")
  const filling = {
    begin() {
      // Ever smaller pieces, until not even one byte fits.
      const parts: Buffer[] = []
      for (let bytes = megabytes * 1_048_576; bytes >= 1; bytes = Math.floor(bytes / 2))
        parts.push(Buffer.alloc(bytes))
      for (const [index, part] of parts.entries())
        try {
          writeFileSync(`${filler}-${index}`, part)
        } catch {
          // What fitted stays.
        }
    },
    end() {
      for (let index = 0; index < 40; index += 1) rmSync(`${filler}-${index}`, { force: true })
    },
  }
  return {
    path,
    isSmall,
    filling,
    async close() {
      if (isSmall) await runProgram("umount", ["-l", path])
    },
  }
}
