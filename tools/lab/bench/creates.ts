import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { fire, pace, type Call } from "./creates/load.ts"
import { startPostgres } from "#bff/test/support/postgres.ts"
import { atlasKey, knock, startAtlasStub, startBareProxy } from "./stand-ins.ts"
import {
  createsThroughTheProxy,
  createsThroughUs,
  readsThroughTheProxy,
  readsThroughUs,
} from "./creates/world.ts"
import { startDesk } from "#tools/lab/desk.ts"
import { readCpuUs, readRssMb } from "./process-cost.ts"
import { interleave } from "./rounds.ts"
import { toMedian, toQuantile, type Figure } from "#tools/lab/figure.ts"

const roundCount = 3
const clients = 64
const sessionCount = 16
const counts = { warm: 400, creates: 800, paced: 400, reads: 2_000, bareCalls: 5_000 }
const pacePerSecond = 50
const restMs = 3_000

/** What one contestant measured in one round. Times in milliseconds, CPU in microseconds, memory in MB. */
interface Measured {
  createUs: number
  listUs: number
  sessionUs: number
  addressSpaceUs: number
  createsPerSecond: number
  paced: { p50: number; p99: number }
  longestWait: number
  rest: number
  loaded: number
}

interface Front {
  url: string
  pid: number
  create: () => Call
  list: () => Call
  /** Other reads; null where there are none. */
  session: (() => Call) | null
  addressSpace: (() => Call) | null
  calls: number
}

/** CPU, waiting and memory of creates and reads under load, beside the least that could do the same. */
export async function measureCreates({ work }: Task): Promise<Figure[]> {
  let round = 0
  const ours = async (databaseUrl: string | null) =>
    await withAtlas(async (atlas) => {
      round += 1
      const environment = {
        // The lists grow with every create.
        ATLAS_PEERS_PER_PROJECT: "99999",
        LOG_LEVEL: "info",
        ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
      }
      const desk = await startDesk(join(work, String(round)), { url: atlas, ...atlasKey }, environment)
      try {
        const cookies: string[] = []
        while (cookies.length < sessionCount) cookies.push(await desk.signIn())
        return await measure({
          url: desk.origin,
          pid: desk.pid,
          create: createsThroughUs(cookies),
          list: readsThroughUs(cookies, apiUrls.peerings),
          session: readsThroughUs(cookies, () => apiUrls.session()),
          addressSpace: readsThroughUs(cookies, () => apiUrls.addressSpace()),
          calls: counts.reads,
        })
      } finally {
        await desk.stop()
      }
    })
  const bare = async () =>
    await withAtlas(async (atlas) => {
      const proxy = await startBareProxy(atlas)
      try {
        return await measure({
          url: proxy.url,
          pid: proxy.pid,
          create: createsThroughTheProxy,
          list: readsThroughTheProxy(),
          session: null,
          addressSpace: null,
          calls: counts.bareCalls,
        })
      } finally {
        await proxy.stop()
      }
    })
  const onPostgres = async () => {
    const postgres = await startPostgres()
    try {
      return await ours(await postgres.createDatabase())
    } finally {
      await postgres.stop()
    }
  }
  return toFigures(await interleave(roundCount, { bare, sqlite: () => ours(null), postgres: onPostgres }))
}

async function withAtlas<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const atlas = await startAtlasStub()
  try {
    return await work(atlas.url)
  } finally {
    await atlas.stop()
  }
}

async function measure(front: Front): Promise<Measured> {
  const { url, pid, create, list, session, addressSpace, calls } = front
  const cost = async (next: () => Call, count: number) => {
    const before = readCpuUs(pid)
    await fire(url, { clients, count, next })
    return (readCpuUs(pid) - before) / count
  }
  await fire(url, { clients: 8, count: counts.warm, next: list })
  await new Promise((resolve) => setTimeout(resolve, restMs))
  const rest = readRssMb(pid)
  await fire(url, { clients: 8, count: counts.warm, next: create })
  const listUs = await cost(list, calls)
  const waits = await knock(`${url}${apiUrls.health()}`, () =>
    fire(url, { clients, count: calls, next: list }),
  )
  const sessionUs = session === null ? Number.NaN : await cost(session, calls)
  const addressSpaceUs = addressSpace === null ? Number.NaN : await cost(addressSpace, calls / 10)
  const paced = await pace(url, { perSecond: pacePerSecond, count: counts.paced, next: create })
  const begun = performance.now()
  const created = session === null ? calls : counts.creates
  const createUs = await cost(create, created)
  const seconds = (performance.now() - begun) / 1_000
  return {
    createUs,
    listUs,
    sessionUs,
    addressSpaceUs,
    createsPerSecond: created / seconds,
    paced: { p50: toQuantile(paced, 0.5), p99: toQuantile(paced, 0.99) },
    longestWait: Math.max(...waits),
    rest,
    loaded: readRssMb(pid),
  }
}

/** What was tried for goals that are hard to reach, and what limits them. */
const limits = {
  create:
    "Tried: two transactions instead of six, kept statements, sessions unsealed once in five seconds, kept address lists, an undici agent instead of fetch; also one commit for all transactions that wait, which made a tenth more creates a second but each of 50 a second 2 ms slower, and was left. What is left is spread over libsql and Kysely, Express with the session, the verdict, the signed end of the audit log and the call to Atlas.",
  list: "The bytes of the list and their ETag are made once per change. The rest is Express, the session's signature, rate limits and sending 45 KB.",
  wait: "A create waits in turn for two commits, each an fsync, behind those of all others.",
  turns:
    "A turn of the event loop accepts one connection and handles one request. Behind 64 clients that connect at once, a new one waits for 64 turns; after that for three.",
  memory:
    "About 45 MB are in use. V8 lets its old generation grow to 150 MB under load before it collects; a small young generation is set already.",
}

type Rounds = Record<"bare" | "sqlite" | "postgres", Measured[]>

function toFigures({ bare, ...ours }: Rounds): Figure[] {
  const peerOf = (read: (one: Measured) => number) => ({
    what: "Node, undici and a digest alone",
    value: toMedian(bare, read),
  })
  const cpu = (
    what: string,
    rounds: Measured[],
    read: (one: Measured) => number,
    atMost: number,
  ): Figure => ({
    what: `CPU of ${what}`,
    unit: "µs",
    seen: toMedian(rounds, read),
    peer: peerOf(read),
    goal: { atMost, of: "peer" },
    limitedBy: what.startsWith("a create") ? limits.create : limits.list,
  })
  const shown = (
    what: string,
    unit: string,
    rounds: Measured[],
    read: (one: Measured) => number,
  ): Figure => ({
    what,
    unit,
    seen: toMedian(rounds, read),
    peer: Number.isNaN(toMedian(bare, read)) ? null : peerOf(read),
    goal: null,
  })
  const limited = (figure: Figure, atMost: number, limitedBy: string): Figure => ({
    ...figure,
    goal: { atMost, of: "unit" },
    limitedBy,
  })
  const bareP50 = toMedian(bare, ({ paced }) => paced.p50)
  const each = (name: string, rounds: Measured[], createGoal: number): Figure[] => [
    cpu(`a create, ${name}`, rounds, ({ createUs }) => createUs, createGoal),
    cpu(`a list of 50 connections, ${name}`, rounds, ({ listUs }) => listUs, 4),
    shown(`creates a second, ${clients} at a time, ${name}`, "", rounds, (one) => one.createsPerSecond),
    limited(
      shown(
        `a create, ${pacePerSecond} a second, p50 over the peer's, ${name}`,
        "ms",
        rounds,
        ({ paced }) => paced.p50 - bareP50,
      ),
      8,
      limits.wait,
    ),
    limited(
      shown(`a create, ${pacePerSecond} a second, p99, ${name}`, "ms", rounds, ({ paced }) => paced.p99),
      40,
      limits.wait,
    ),
    limited(
      shown(
        `the longest wait of a new connection beside ${clients} readers, ${name}`,
        "ms",
        rounds,
        ({ longestWait }) => longestWait,
      ),
      100,
      limits.turns,
    ),
    shown(`CPU of the session, ${name}`, "µs", rounds, ({ sessionUs }) => sessionUs),
    shown(
      `CPU of the address space of 20 projects, ${name}`,
      "µs",
      rounds,
      ({ addressSpaceUs }) => addressSpaceUs,
    ),
    limited(
      shown(`memory at rest, ${name}`, "MB", rounds, ({ rest }) => rest),
      110,
      limits.memory,
    ),
    limited(
      shown(`memory under load, ${name}`, "MB", rounds, ({ loaded }) => loaded),
      180,
      limits.memory,
    ),
  ]
  return [...each("SQLite", ours.sqlite, 25), ...each("PostgreSQL", ours.postgres, 30)]
}
