import type { Task } from "#tools/lab/area.ts"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { statSync } from "node:fs"
import { join } from "node:path"
import { constants, gzipSync } from "node:zlib"
import { apiUrls, PeeringList } from "@peering-desk/shared-schemas"
import { Pool } from "undici"
import { toProjectId } from "./creates/world.ts"
import { startDesk, type Desk } from "#tools/lab/desk.ts"
import { openStreams, wait } from "./open-streams.ts"
import { measureOverview } from "./overview.ts"
import { interleave } from "./rounds.ts"
import { toMedian, toQuantile, type Figure } from "#tools/lab/figure.ts"
import { atlasKey, startAtlasStub, type AtlasStub } from "./stand-ins.ts"

const sizes = [10, 100, 1_000, 5_000] as const
type Size = (typeof sizes)[number]
const roundCount = 3
const readsPerRound = 15
const quietSeconds = 60
const changes = 10
const projects = 20
/** Asked for, accepted, set up, at work. */
const changesADay = 4

const reads = {
  list: { what: "list of a project", toPath: () => apiUrls.peerings(toProjectId(0)) },
  inventory: { what: "inventory", toPath: () => apiUrls.inventory() },
  addressSpace: { what: "address space", toPath: () => apiUrls.addressSpace() },
}
type Read = keyof typeof reads

interface Measured {
  ms: number
  /** On the wire, compressed, in KB. */
  kb: number
  plainMs: number
}

/** How reads grow with the connections of a project, and the database with time and changes. */
export async function measureGrowth({ work }: Task): Promise<Figure[]> {
  const rounds = await interleave(
    roundCount,
    Object.fromEntries(sizes.map((size) => [size, () => measureSize(work, size)])) as Record<
      `${Size}`,
      () => Promise<Record<Read, Measured>>
    >,
  )
  const figures = (Object.keys(reads) as Read[]).flatMap((name) => {
    const { what } = reads[name]
    const readRounds = (size: Size) => rounds[`${size}`].map((one) => one[name])
    const perConnection = (size: Size) => (toMedian(readRounds(size), ({ ms }) => ms) / size) * 1_000
    return [
      ...sizes.map((size): Figure => {
        const all = readRounds(size)
        const kb = Math.round(toMedian(all, (one) => one.kb))
        return {
          what: `${what}, ${size} connections, ${kb} KB on the wire`,
          unit: "ms",
          seen: toMedian(all, ({ ms }) => ms),
          peer: { what: "node:http, the same text in gzip", value: toMedian(all, (one) => one.plainMs) },
          goal: null,
        }
      }),
      {
        what: `${what}, each of 5000 connections`,
        unit: "µs",
        seen: perConnection(5_000),
        peer: { what: "each of 1000", value: perConnection(1_000) },
        goal: { atMost: 1.25, of: "peer" as const },
      },
    ]
  })
  return [...figures, ...(await measureOverview(work)), ...(await measureDatabase(work))]
}

async function measureSize(work: string, size: Size): Promise<Record<Read, Measured>> {
  const atlas = await startAtlasStub({ projects: 1, connections: size })
  const desk = await startDesk(
    join(work, `${size}-${performance.now()}`),
    { url: atlas.url, ...atlasKey },
    {
      ATLAS_PEERS_PER_PROJECT: "99999",
    },
  )
  const cookie = await desk.signIn()
  const measured = {
    list: await measureRead(desk, cookie, reads.list.toPath()),
    inventory: await measureRead(desk, cookie, reads.inventory.toPath()),
    addressSpace: await measureRead(desk, cookie, reads.addressSpace.toPath()),
  }
  await desk.stop()
  await atlas.stop()
  return measured
}

/** Reads an address once it is warm, in turn with a plain server that has the same text ready and packs it. */
async function measureRead({ origin }: Desk, cookie: string, path: string): Promise<Measured> {
  const headers = { cookie, "accept-encoding": "gzip" }
  const warm = await (await fetch(`${origin}${path}`, { headers: { cookie } })).text()
  const plain = createServer((_request, response) => {
    response.setHeader("content-encoding", "gzip")
    response.end(gzipSync(warm, { level: constants.Z_BEST_SPEED }))
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => plain.once("listening", resolve))
  const ours = new Pool(origin, { connections: 1 })
  const theirs = new Pool(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`, { connections: 1 })
  const took: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
  let bytes = 0
  const read = async (pool: Pool) => {
    const begun = performance.now()
    const { body, statusCode } = await pool.request({ method: "GET", path, headers })
    bytes = (await body.arrayBuffer()).byteLength
    if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}`)
    return performance.now() - begun
  }
  let kb = 0
  for (let turn = 0; turn < readsPerRound; turn += 1) {
    took.plain.push(await read(theirs))
    took.ours.push(await read(ours))
    kb = bytes / 1_000
  }
  await Promise.all([ours.close(), theirs.close()])
  await new Promise((resolve) => plain.close(resolve))
  return { ms: toQuantile(took.ours, 0.5), plainMs: toQuantile(took.plain, 0.5), kb }
}

/** What polls of 1,000 connections write while nothing changes, and what a change of each writes. */
async function measureDatabase(work: string): Promise<Figure[]> {
  const folder = join(work, "database")
  const atlas = await startAtlasStub({ projects, connections: 50 })
  const connections = projects * 50
  // A stop writes the log of SQLite into its file, whose size counts.
  const measure = async (during: (readStatuses: () => Promise<string[]>) => Promise<void>) => {
    const desk = await startDesk(folder, { url: atlas.url, ...atlasKey })
    const cookie = await desk.signIn()
    const readers = await openStreams(desk.origin, projects, (at) => {
      return `GET ${apiUrls.events({ projects: toProjectId(at) })} HTTP/1.1\r\nCookie: ${cookie}`
    })
    const readStatuses = () => readAllStatuses(desk, cookie)
    while ((await readStatuses()).length < connections) await wait(1)
    await wait(15)
    await during(readStatuses)
    for (const reader of readers) reader.destroy()
    await desk.stop()
    return statSync(join(folder, "data", "peering-desk.sqlite")).size
  }
  const first = await measure(() => Promise.resolve())
  const quiet = await measure(async () => {
    await wait(quietSeconds)
  })
  const changed = await measure((readStatuses) => changeAll(atlas, readStatuses))
  await atlas.stop()
  const perChange = (changed - quiet) / (changes * connections)
  return [
    {
      what: `database, ${connections} watched connections without a change, a minute`,
      unit: "KB",
      seen: ((quiet - first) / 1_000) * (60 / quietSeconds),
      peer: null,
      // SQLite's file grows by pages of 4 KB, one for each index that is touched.
      goal: { atMost: 32, of: "unit" },
      limitedBy:
        "The file also grows by pages that are free again after a start. Without them it was 4 KB when that was measured once.",
    },
    {
      what: "database, each change of a status",
      unit: "B",
      seen: perChange,
      peer: { what: "the text of the connection", value: textBytes },
      goal: null,
    },
    {
      what: `database, a day in which each of ${connections} connections changes ${changesADay} times`,
      unit: "MB",
      seen: (perChange * connections * changesADay) / 1e6,
      peer: null,
      goal: null,
    },
  ]
}

/** Changes every connection again and again, each time once the last change was seen. */
async function changeAll(atlas: AtlasStub, readStatuses: () => Promise<string[]>): Promise<void> {
  for (let change = 0; change < changes; change += 1) {
    const statusName = change % 2 === 0 ? "FINALIZING" : "INITIATING"
    for (let at = 0; at < projects; at += 1)
      await atlas.control("status", { projectId: toProjectId(at), statusName })
    while ((await readStatuses()).some((status) => status !== statusName)) await wait(1)
  }
}

async function readAllStatuses({ origin }: Desk, cookie: string): Promise<string[]> {
  const lists = await Promise.all(
    Array.from({ length: projects }, async (_, at) => {
      const answer = await fetch(`${origin}${apiUrls.peerings(toProjectId(at))}`, { headers: { cookie } })
      return PeeringList.parse(await answer.json()).peerings
    }),
  )
  return lists.flat().map(({ history }) => history.at(-1)?.status ?? "")
}

const textBytes = JSON.stringify({
  id: "6d0000000000000000000000",
  containerId: "6c0000000000000000000000",
  accepterRegionName: "us-west-2",
  awsAccountId: "482913570264",
  connectionId: null,
  errorStateName: null,
  statusName: "FINALIZING",
  routeTableCidrBlock: "172.16.0.0/24",
  vpcId: "vpc-0c0ffee0000000000",
}).length
