import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { request } from "undici"
import { startDesk, type Desk } from "#tools/lab/desk.ts"
import { toMedian, type Figure } from "#tools/lab/figure.ts"
import { toProjectId } from "./creates/world.ts"
import { wait } from "./open-streams.ts"
import { readCpuUs } from "./process-cost.ts"
import { atlasKey, knock, startAtlasStub } from "./stand-ins.ts"

const worlds = [
  { projects: 500, connections: 100 },
  { projects: 5_000, connections: 10 },
] as const
type World = (typeof worlds)[number]

const roundCount = 5
const openings = 4
const quietSeconds = 10
const settleSeconds = 0.5
/** The first reading of a world may take as long. */
const longestMs = 300_000

/** What pages read that show all projects. */
const reads = { overview: apiUrls.overview(), "whole inventory": apiUrls.inventory() }
type Read = keyof typeof reads

interface Opened {
  ms: number
  cpuMs: number
  /** The longest answer to another request meanwhile, over a new connection, in milliseconds. */
  stallMs: number
  kb: number
}

/** How an opening of Overview costs processor time, and makes others wait, with many projects. */
export async function measureOverview(work: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const world of worlds) figures.push(...(await measureWorld(work, world)))
  return figures
}

async function measureWorld(work: string, world: World): Promise<Figure[]> {
  const atlas = await startAtlasStub(world)
  await atlas.control("status", { projectId: toProjectId(0), statusName: "PENDING_ACCEPTANCE" })
  const desk = await startDesk(join(work, `overview-${world.projects}`), { url: atlas.url, ...atlasKey })
  const cookie = await desk.signIn()
  const first = await open(desk, cookie, reads.overview)
  await readAll(desk, cookie, world)
  const idleCpu = await measureIdle(desk)
  const rounds: Record<Read, Opened[]> = { overview: [], "whole inventory": [] }
  for (let round = 0; round < roundCount; round += 1)
    for (const name of Object.keys(reads) as Read[])
      rounds[name].push(await measureOpenings(desk, cookie, reads[name], idleCpu))
  await desk.stop()
  await atlas.stop()
  const { projects, connections } = world
  const where = `${projects} projects of ${connections} connections`
  const toFigure = (
    what: string,
    unit: string,
    read: (one: Opened) => number,
    mostMs: number | null,
  ): Figure => ({
    what: `Overview, ${where}: ${what}`,
    unit,
    seen: toMedian(rounds.overview, read),
    peer: { what: "the whole inventory", value: toMedian(rounds["whole inventory"], read) },
    goal: mostMs === null ? null : { atMost: mostMs, of: "unit" },
  })
  return [
    {
      what: `Overview, ${where}: the first opening after a start`,
      unit: "ms",
      seen: first.ms,
      peer: null,
      goal: null,
    },
    toFigure("processor time of an opening", "ms", ({ cpuMs }) => cpuMs, 20),
    toFigure("longest wait of another request meanwhile", "ms", ({ stallMs }) => stallMs, 30),
    toFigure("an opening", "ms", ({ ms }) => ms, null),
    toFigure("on the wire", "KB", ({ kb }) => kb, null),
  ]
}

async function open({ origin }: Desk, cookie: string, path: string): Promise<Pick<Opened, "ms" | "kb">> {
  const begun = performance.now()
  const headers = { cookie, "accept-encoding": "br" }
  const { body, statusCode } = await request(`${origin}${path}`, { headers })
  const { byteLength } = await body.arrayBuffer()
  if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}`)
  return { ms: performance.now() - begun, kb: byteLength / 1_000 }
}

/** Reads until every connection is known. */
async function readAll({ origin }: Desk, cookie: string, { projects, connections }: World): Promise<void> {
  const until = performance.now() + longestMs
  const isRead = async () => {
    const answer = await fetch(`${origin}${reads["whole inventory"]}`, { headers: { cookie } })
    const { projects: read } = (await answer.json()) as { projects: { peerings: unknown[] }[] }
    return read.reduce((sum, { peerings }) => sum + peerings.length, 0) === projects * connections
  }
  while (!(await isRead())) {
    if (performance.now() > until) throw new Error("the connections were not read in time")
    await wait(1)
  }
}

/** Returns the share of a core that polls take, and answers to the requests that wait. */
async function measureIdle({ origin, pid }: Desk): Promise<number> {
  const before = readCpuUs(pid)
  await knock(`${origin}${apiUrls.health()}`, () => wait(quietSeconds))
  return (readCpuUs(pid) - before) / (quietSeconds * 1e6)
}

async function measureOpenings(desk: Desk, cookie: string, path: string, idle: number): Promise<Opened> {
  const opened: Pick<Opened, "ms" | "kb">[] = []
  let cpuMs = 0
  const waits = await knock(`${desk.origin}${apiUrls.health()}`, async () => {
    const [begun, cpu] = [performance.now(), readCpuUs(desk.pid)]
    for (let left = openings; left > 0; left -= 1) opened.push(await open(desk, cookie, path))
    // What an opening leaves behind counts, too.
    await wait(settleSeconds)
    const tookMs = performance.now() - begun
    cpuMs = ((readCpuUs(desk.pid) - cpu) / 1_000 - idle * tookMs) / openings
  })
  return {
    cpuMs,
    stallMs: Math.max(...waits),
    ms: toMedian(opened, ({ ms }) => ms),
    kb: toMedian(opened, ({ kb }) => kb),
  }
}
