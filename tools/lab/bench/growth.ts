import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { apiUrls, type Overview } from "@peering-desk/shared-schemas"
import { request } from "undici"
import type { Desk } from "#tools/lab/desk.ts"
import { shown, type Figure } from "#tools/lab/figure.ts"
import { toProjectId } from "./creates/world.ts"
import { measureDatabase } from "./growth/database.ts"
import { wait } from "./open-streams.ts"
import { readCpuUs } from "./process-cost.ts"
import { compare, interleave } from "./rounds.ts"
import { probe, startAtlasStub, startProduct, type AtlasStub } from "./stand-ins.ts"

const worlds = [
  { projects: 1, connections: 5_000 },
  { projects: 500, connections: 100 },
  { projects: 5_000, connections: 10 },
] as const
type World = (typeof worlds)[number]

const roundCount = 3
const openings = 8
const quietSeconds = 5
const settleSeconds = 0.5
/** For a minute after a start clouds are polled as if they were few. */
const settledSeconds = 75
const restSeconds = 30
/** The first reading of a world may take as long. */
const longestMs = 300_000

/** What pages read; the goals are Overview's. */
const reads: Readonly<Record<string, { path: string; mostCpuMs?: number; mostStallMs?: number }>> = {
  Overview: { path: apiUrls.overview(), mostCpuMs: 20, mostStallMs: 30 },
  "list of a project": { path: apiUrls.peerings(toProjectId(0)) },
  "all connections": { path: apiUrls.connections() },
  "search in all connections": { path: apiUrls.connections({ q: "vpc-0", sort: "name" }) },
  "address space": { path: apiUrls.addressSpace() },
}

/** What limits Overview. */
const limit =
  "A request looks up what is kept of each project, some 10 µs each: with 500 projects 5 ms, with 5,000 more than the goal. Tried: keeping the summary of a project until one of its lists changes, and one queue of reads for all viewers. Sums over projects that are kept for each set of rights would be the next step."

interface Opened {
  cpuMs: number
  /** The longest answer to another request meanwhile, over a new connection, in milliseconds. */
  stallMs: number
  kb: number
}

/** How reads cost processor time, and make others wait, with many connections and projects; and how the database grows. */
export async function measureGrowth({ work, note }: Task): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const world of worlds) {
    note(`${world.projects} projects`)
    figures.push(...(await measureWorld(work, world)))
  }
  return [...figures, ...(await measureDatabase(join(work, "database")))]
}

async function measureWorld(work: string, world: World): Promise<Figure[]> {
  const { projects, connections } = world
  const atlas = await startAtlasStub(world)
  await atlas.control("status", { projectId: toProjectId(0), statusName: "PENDING_ACCEPTANCE" })
  const desk = await startProduct(join(work, String(projects)), atlas.url)
  try {
    const cookie = await desk.signIn()
    const first = performance.now()
    await open(desk, cookie, apiUrls.overview())
    const firstMs = performance.now() - first
    await readAll(desk, cookie, world)
    // First: an opening polls what is a minute old, and so changes when it is polled next.
    const rest = projects === 5_000 ? [await measureRest(atlas, projects)] : []
    const idle = await measureIdle(desk)
    const measured = Object.entries(reads).map(
      ([what, { path }]) => [what, () => measureOpenings(desk, cookie, path, idle)] as const,
    )
    const rounds = await interleave(roundCount, Object.fromEntries(measured))
    const where = `${projects} × ${connections} connections`
    const figures = Object.entries(reads).flatMap(([what, { mostCpuMs = null, mostStallMs = null }]) => {
      const toFigure = compare({ ours: rounds[what] ?? [] })
      const kb = Math.round(toFigure("", "", (one) => one.kb).seen ?? Number.NaN)
      const cpu = `${what}, ${where}, ${kb} KB on the wire: processor time`
      const stall = `${what}, ${where}: longest wait of others`
      return [
        toFigure(cpu, "ms", (one) => one.cpuMs, mostCpuMs, limit),
        toFigure(stall, "ms", (one) => one.stallMs, mostStallMs, limit),
      ]
    })
    return [shown(`Overview, ${where}: first opening after a start`, firstMs, "ms"), ...figures, ...rest]
  } finally {
    await desk.stop()
    await atlas.stop()
  }
}

async function open({ origin }: Desk, cookie: string, path: string): Promise<number> {
  const { body, statusCode } = await request(`${origin}${path}`, {
    headers: { cookie, "accept-encoding": "br" },
  })
  const { byteLength } = await body.arrayBuffer()
  if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}`)
  return byteLength / 1_000
}

/** Reads until all connections but one in a hundred are known: a list that failed comes again minutes later. */
async function readAll({ origin }: Desk, cookie: string, { projects, connections }: World): Promise<void> {
  const until = performance.now() + longestMs
  const isRead = async () => {
    const answer = await fetch(`${origin}${apiUrls.overview()}`, { headers: { cookie } })
    const { counts } = (await answer.json()) as Overview
    return counts.all >= 0.99 * projects * connections
  }
  while (!(await isRead())) {
    if (performance.now() > until) throw new Error("the connections were not read in time")
    await wait(1)
  }
}

/** Returns the share of a core that polls take, and answers to the requests that wait. */
async function measureIdle({ origin, pid }: Desk): Promise<number> {
  const before = readCpuUs(pid)
  await probe(`${origin}${apiUrls.health()}`, () => wait(quietSeconds))
  return (readCpuUs(pid) - before) / (quietSeconds * 1e6)
}

async function measureOpenings(desk: Desk, cookie: string, path: string, idle: number): Promise<Opened> {
  let [cpuMs, kb] = [0, 0]
  const waits = await probe(`${desk.origin}${apiUrls.health()}`, async () => {
    const [begun, cpu] = [performance.now(), readCpuUs(desk.pid)]
    for (let left = openings; left > 0; left -= 1) kb = await open(desk, cookie, path)
    // What an opening leaves behind counts, too.
    await wait(settleSeconds)
    const tookMs = performance.now() - begun
    cpuMs = ((readCpuUs(desk.pid) - cpu) / 1_000 - idle * tookMs) / openings
  })
  return { cpuMs, stallMs: Math.max(...waits), kb }
}

/** Counts all that reaches Atlas once every project was read and nobody looks. */
async function measureRest(atlas: AtlasStub, projects: number): Promise<Figure> {
  await wait(settledSeconds)
  await atlas.readCalls()
  await wait(restSeconds)
  const { requests } = await atlas.readCalls()
  const what = `calls to Atlas for ${projects} projects that nobody looks at`
  return { what, unit: "a second", seen: requests / restSeconds, goal: { atMost: 10 } }
}
