import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { toRequest, type EndedCreate } from "#bff/test/support/chaos-creates.ts"
import { createDatabase, queryDatabase, startPostgres } from "#bff/test/support/postgres.ts"
import {
  createSimulator,
  ownerKey,
  seededIds,
  type Simulator,
  type SimulatorOptions,
} from "@peering-desk/atlas-simulator"
import type { Task } from "#tools/lab/area.ts"
import { startDesk, type Desk } from "#tools/lab/desk.ts"
import { create, signInAt, type Client, type Reply } from "./client.ts"
import { shiftDate } from "./shifted-date.ts"

/** The project of Atlas's documentation: one container of each cloud, no connection. */
export const projectId = seededIds.documentationProject

/** Requests for two networks of that project, which no other number has. */
export const azure = toRequest(seededIds.documentationContainer, "AZURE", 65_000)
export const gcp = toRequest(seededIds.documentationContainer, "GCP", 65_000)

/** Asks for the connection with a number, which is another network on AWS for each. */
export async function createNumbered(client: Client, number: number): Promise<Reply> {
  const request = toRequest(seededIds.documentationContainer, "AWS", number)
  return await create(client, projectId, request, `the-key-of-form-${number}`)
}

/** More than any row creates: its limits are not what is tried. */
const peersPerProject = 10_000

/** The simulator at an address, whose time stands still until it is advanced. */
export interface Atlas {
  simulator: Simulator
  origin: string
  /** Counts the signed requests of one method to paths with this end. */
  count: (method: string, pathEnd: string) => number
  key: { publicKey: string; privateKey: string }
  close: () => Promise<void>
}

export async function startAtlas(options: Pick<SimulatorOptions, "onServed"> = {}): Promise<Atlas> {
  const simulator = createSimulator({
    speed: 0,
    peerLimit: peersPerProject,
    pendingLimit: peersPerProject,
    limits: { v1PerMinute: 1_000_000_000 },
    ...options,
  })
  const { origin } = await simulator.listen()
  return {
    simulator,
    origin,
    key: ownerKey,
    close: simulator.close,
    count: (method, pathEnd) =>
      simulator
        .calls()
        .rows.filter((row) => row.method === method && row.path.endsWith(pathEnd))
        .reduce((sum, { calls, cut, refused }) => sum + calls + cut + refused, 0),
  }
}

/** Starts a server at some address of Atlas, or of a proxy before it. */
export async function startServer(
  work: string,
  { key }: Pick<Atlas, "key">,
  url: string,
  environment: Record<string, string> = {},
): Promise<Desk> {
  return await startDesk(
    work,
    { url, ...key },
    { ATLAS_PEERS_PER_PROJECT: String(peersPerProject), LOG_LEVEL: "info", ...environment },
  )
}

/** A PostgreSQL with one database, reached through a socket in its folder. */
export interface Postgres {
  url: string
  socket: string
  database: string
  readRows: (sql: string) => Promise<Record<string, unknown>[]>
  /** Stops all its processes where they are, or lets them go on. */
  freeze: (isFrozen: boolean) => void
  takeAway: () => Promise<void>
  bringBack: () => Promise<void>
  stop: () => Promise<void>
}

/** @param parent where its data is; a folder for temporary files unless it is named */
export async function openPostgres(parent?: string): Promise<Postgres> {
  const server = await startPostgres(parent)
  const url = await server.createDatabase()
  const folder = new URL(url).searchParams.get("host") ?? ""
  const readPid = () => Number(readFileSync(join(folder, "../data/postmaster.pid"), "utf8").split("\n")[0])
  return {
    url,
    ...toPlace(url),
    readRows: (sql) => queryDatabase(url, sql),
    freeze(isFrozen) {
      const signal = isFrozen ? "SIGSTOP" : "SIGCONT"
      for (const pid of listFamily(readPid())) process.kill(pid, signal)
    },
    takeAway: server.takeAway,
    bringBack: server.bringBack,
    stop: server.stop,
  }
}

/** A database on a PostgreSQL that somebody else started. */
export type PostgresDatabase = Pick<Postgres, "url" | "socket" | "database" | "readRows" | "stop">

/** @param serverUrl of another database there, through a socket */
export async function createPostgresDatabase(serverUrl: string): Promise<PostgresDatabase> {
  const url = await createDatabase(serverUrl)
  return { ...toPlace(url), url, readRows: (sql) => queryDatabase(url, sql), stop: () => Promise.resolve() }
}

function toPlace(url: string): Pick<Postgres, "socket" | "database"> {
  const { searchParams, pathname } = new URL(url)
  return { socket: join(searchParams.get("host") ?? "", ".s.PGSQL.5432"), database: pathname.slice(1) }
}

/** Reads where each create ended, by its project and key with a space between them. */
export async function readEnds({ readRows }: Postgres): Promise<Map<string, EndedCreate>> {
  const rows = await readRows(
    "select project_id || ' ' || subject as name, state, peering_id from change where kind = 'peering-create'",
  )
  return new Map(
    rows.map(({ name, state, peering_id: peeringId }) => [
      String(name),
      { state: String(state), peeringId: typeof peeringId === "string" ? peeringId : null },
    ]),
  )
}

/** Returns a process and its children. */
function listFamily(pid: number): number[] {
  const isChild = (name: string) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8")
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid
    } catch {
      // It has ended meanwhile.
      return false
    }
  }
  return [
    pid,
    ...readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && isChild(name))
      .map(Number),
  ]
}

/** Returns the environment of one of several servers: its clock differs from those of the others. The first one's is right. */
function setClock(number: number): Record<string, string> {
  return shiftDate([0, 75_000, -45_000][number] ?? 0)
}

/**
 * Starts servers over one database, whose clocks differ.
 * @param ports where they listen, one for each server
 * @returns one person at all of them: the session is in the database
 */
export async function startServers(
  { work, keep }: Pick<Task, "work" | "keep">,
  ports: readonly number[],
  { key, origin }: Pick<Atlas, "key" | "origin">,
  environment: Record<string, string>,
): Promise<Client[]> {
  const clients: Client[] = []
  for (const [number, port] of ports.entries()) {
    const settings = { ...environment, ...setClock(number), PORT: String(port) }
    const desk = keep(await startServer(join(work, `server-${number}`), { key }, origin, settings))
    clients.push({ desk, cookie: clients[0]?.cookie ?? (await desk.signIn()) })
  }
  return clients
}

/** Starts a simulator, and a server with a person who is signed in. */
export async function startAlone(
  { work, keep }: Pick<Task, "work" | "keep">,
  environment: Record<string, string> = {},
): Promise<{ atlas: Atlas; desk: Desk; client: Client }> {
  const atlas = keep(await startAtlas())
  const desk = keep(await startServer(join(work, "server"), atlas, atlas.origin, environment))
  return { atlas, desk, client: await signInAt(desk) }
}
