import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { toRequest } from "#bff/test/support/chaos-creates.ts"
import { runProgram } from "#tools/lab/programs.ts"
import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls } from "@peering-desk/shared-schemas"
import {
  ask,
  askDuring,
  create,
  createNow,
  openStream,
  pause,
  secondsUntil,
  signInAt,
  type Client,
  toP99,
} from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, type Figure } from "#tools/lab/figure.ts"
import { azure, openPostgres, projectId, startAtlas, startServer, type Atlas } from "./world.ts"

const outageMs = 60_000

let asked = 0
const createAnother = (client: Client) => {
  asked += 1
  const request = toRequest(seededIds.documentationContainer, "AWS", asked)
  return create(client, projectId, request, `the-key-of-form-${asked}`)
}

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

export async function breakPostgres({ work, note }: Task): Promise<Figure[]> {
  const atlas = await startAtlas()
  // PostgreSQL runs as another user.
  chmodSync(work, 0o755)
  const small = await mountSmall(join(work, "postgres"), 160)
  const postgres = await openPostgres(small.path).catch(async (error: unknown) => {
    await small.unmount()
    throw error
  })
  const desk = await startServer(join(work, "server"), atlas, atlas.origin, { DATABASE_URL: postgres.url })
  try {
    const client = await signInAt(desk)
    await createNow(client, projectId, azure, "a-key-before-the-outage")
    const figures: Figure[] = []
    const run = async (trouble: Trouble) => {
      note(trouble.name)
      figures.push(...(await outlast({ atlas, client }, trouble)))
    }
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
    if (small.isSmall)
      await run({
        name: "disk full",
        begin: () => small.fill(),
        end: () => small.empty(),
        readMs: 1_000,
        leavesRoom: true,
      })
    return figures
  } finally {
    await desk.stop("SIGKILL")
    await atlas.simulator.close()
    await postgres.stop()
    await small.unmount()
  }
}

export async function breakSqlite({ work, note }: Task): Promise<Figure[]> {
  const atlas = await startAtlas()
  const small = await mountSmall(join(work, "server", "data"), 8)
  const desk = await startServer(join(work, "server"), atlas, atlas.origin)
  try {
    const client = await signInAt(desk)
    await createNow(client, projectId, azure, "a-key-before-the-lock")
    const figures: Figure[] = []
    note("locked")
    const locker = createLocker(join(small.path, "peering-desk.sqlite"))
    figures.push(
      ...(await outlast({ atlas, client }, { name: "locked by another process", ...locker, readMs: 1_000 })),
    )
    if (small.isSmall) {
      note("full")
      const full = { name: "disk full", begin: () => small.fill(), end: () => small.empty(), readMs: 1_000 }
      figures.push(...(await outlast({ atlas, client }, full)))
    }
    await desk.stop()
    const { stdout } = await runProgram("sqlite3", [
      join(small.path, "peering-desk.sqlite"),
      "pragma integrity_check",
    ])
    return [...figures, holds("its integrity check after all that", stdout.trim() === "ok")]
  } finally {
    await desk.stop("SIGKILL")
    await atlas.simulator.close()
    await small.unmount()
  }
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
  return {
    path,
    isSmall,
    fill() {
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
      return pause(0)
    },
    empty() {
      for (let index = 0; index < 40; index += 1) rmSync(`${filler}-${index}`, { force: true })
    },
    async unmount() {
      if (isSmall) await runProgram("umount", ["-l", path])
    },
  }
}
