import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { fire, pace, type Call } from "./creates/load.ts"
import { startPostgres } from "#bff/test/support/postgres.ts"
import { atlasKey, probe, signPeopleIn, startAtlasStub, startProduct, startScript } from "./stand-ins.ts"
import {
  createsThroughTheProxy,
  createsThroughUs,
  readsThroughTheProxy,
  readsThroughUs,
} from "./creates/world.ts"
import { readCpuUs, readRssMb } from "./process-cost.ts"
import { compare, interleave } from "./rounds.ts"
import { findImageNode, imageMajor, ownNode, type Runtime } from "./runtimes.ts"
import { toQuantile, type Figure } from "#tools/lab/figure.ts"

const roundCount = 3
/** Another Node is beside the image's, without goals. */
const besideRoundCount = 1
const clients = 64
const counts = { warm: 300, creates: 600, bareCreates: 4_000, paced: 300, reads: 1_500, bareReads: 4_000 }
const pacePerSecond = 50
const restMs = 2_000

/** What one contestant measured in one round. Times in milliseconds, CPU in microseconds, memory in MB. */
interface Measured {
  createUs: number
  listUs: number
  createsPerSecond: number
  pacedP99: number
  longestWait: number
  rest: number
  loaded: number
}

interface Contestant {
  url: string
  pid: number
  create: () => Call
  list: () => Call
  creates: number
  reads: number
}

/** CPU, waiting and memory of creates and reads under load, beside the least that could do the same. */
export async function measureCreates({ work, keep }: Task): Promise<Figure[]> {
  const postgres = keep(await startPostgres())
  let round = 0
  const ours = async (runtime: Runtime, databaseUrl?: string) =>
    await withAtlas(async (atlas) => {
      const folder = join(work, String((round += 1)))
      // The lists grow with every create.
      const environment = { ATLAS_PEERS_PER_PROJECT: "99999", LOG_LEVEL: "info" }
      const database = databaseUrl !== undefined && { DATABASE_URL: databaseUrl }
      const desk = await startProduct(folder, atlas, { ...environment, ...database }, { runtime })
      try {
        const cookies = await signPeopleIn(clients, folder, databaseUrl)
        const [create, list] = [createsThroughUs(cookies), readsThroughUs(cookies, apiUrls.peerings)]
        return await measure({ url: desk.origin, pid: desk.pid, create, list, ...counts })
      } finally {
        await desk.stop()
      }
    })
  const bare = async (runtime: Runtime) =>
    await withAtlas(async (atlas) => {
      const access = [`--atlas=${atlas}`, `--key=${atlasKey.publicKey}`, `--secret=${atlasKey.privateKey}`]
      const proxy = await startScript("creates/bare-proxy.ts", access, { runtime })
      try {
        const [create, list] = [createsThroughTheProxy, readsThroughTheProxy()]
        const [creates, reads] = [counts.bareCreates, counts.bareReads]
        return await measure({ url: proxy.url, pid: proxy.pid, create, list, creates, reads })
      } finally {
        await proxy.stop()
      }
    })
  const listContestants = (name: string, runtime: Runtime) => ({
    [`bare ${name}`]: () => bare(runtime),
    [`SQLite ${name}`]: () => ours(runtime),
    [`PostgreSQL ${name}`]: async () => await ours(runtime, await postgres.createDatabase()),
  })
  const image = await findImageNode()
  const rounds: Record<string, Measured[]> = {}
  if (image !== null) Object.assign(rounds, await interleave(roundCount, listContestants(imageName, image)))
  if (image?.path !== ownNode.path)
    Object.assign(rounds, await interleave(besideRoundCount, listContestants(ownName, ownNode)))
  return toFigures(rounds)
}

async function withAtlas<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const atlas = await startAtlasStub()
  try {
    return await work(atlas.url)
  } finally {
    await atlas.stop()
  }
}

async function measure({ url, pid, create, list, creates, reads }: Contestant): Promise<Measured> {
  const cost = async (next: () => Call, count: number) => {
    const before = readCpuUs(pid)
    await fire(url, { clients, count, next })
    return (readCpuUs(pid) - before) / count
  }
  await fire(url, { clients: 8, count: counts.warm, next: list })
  await new Promise((resolve) => setTimeout(resolve, restMs))
  const rest = readRssMb(pid)
  await fire(url, { clients: 8, count: counts.warm, next: create })
  const listUs = await cost(list, reads)
  const waits = await probe(`${url}${apiUrls.health()}`, () =>
    fire(url, { clients, count: reads, next: list }),
  )
  const paced = await pace(url, { perSecond: pacePerSecond, count: counts.paced, next: create })
  const begun = performance.now()
  const createUs = await cost(create, creates)
  const seconds = (performance.now() - begun) / 1_000
  return {
    createUs,
    listUs,
    createsPerSecond: creates / seconds,
    pacedP99: toQuantile(paced, 0.99),
    longestWait: Math.max(...waits),
    rest,
    loaded: readRssMb(pid),
  }
}

const imageName = `Node ${imageMajor}`
const ownName = `Node ${process.versions.node.split(".")[0]}`

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

/** The goals are those of the image's Node; another one is shown beside it. */
function toFigures(rounds: Readonly<Record<string, Measured[]>>): Figure[] {
  const toEach = (
    database: string,
    node: string,
    goals: { create: number; p99: number } | null,
  ): Figure[] => {
    const toFigure = compare({
      ours: rounds[`${database} ${node}`] ?? [],
      peer: { what: "Node, undici and a digest alone", rounds: rounds[`bare ${node}`] ?? [] },
    })
    const where = `${database}, ${node}`
    return [
      toFigure(
        `CPU of a create, ${where}`,
        "µs",
        (one) => one.createUs,
        goals && { ofPeer: goals.create },
        limits.create,
      ),
      toFigure(
        `CPU of a list of 50 connections, ${where}`,
        "µs",
        (one) => one.listUs,
        goals && { ofPeer: 4 },
        limits.list,
      ),
      toFigure(`creates a second, ${clients} at a time, ${where}`, "", (one) => one.createsPerSecond),
      toFigure(
        `a create, ${pacePerSecond} a second, p99, ${where}`,
        "ms",
        (one) => one.pacedP99,
        goals && goals.p99,
        limits.wait,
      ),
      toFigure(
        `the longest wait of a new connection beside ${clients} readers, ${where}`,
        "ms",
        (one) => one.longestWait,
        goals && 100,
        limits.turns,
      ),
      toFigure(`memory at rest, ${where}`, "MB", ({ rest }) => rest, goals && 110, limits.memory),
      toFigure(`memory after load, ${where}`, "MB", ({ loaded }) => loaded, goals && 180, limits.memory),
    ]
  }
  const beside =
    ownName === imageName ? [] : [...toEach("SQLite", ownName, null), ...toEach("PostgreSQL", ownName, null)]
  return [
    ...toEach("SQLite", imageName, { create: 25, p99: 40 }),
    ...toEach("PostgreSQL", imageName, { create: 35, p99: 60 }),
    ...beside,
  ]
}
