import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { createBareClient } from "./creates/bare-client.ts"
import { toProjectId } from "./creates/world.ts"
import { openStreams, readUntil, wait } from "./open-streams.ts"
import { toQuantile, type Figure } from "#tools/lab/figure.ts"
import { atlasKey, startAtlasStub, startProduct, type AtlasStub } from "./stand-ins.ts"

/** Projects of one kind each; several, so that no figure is of one project's luck. */
const projectsOf = {
  quiet: [0, 1, 2, 3],
  oneCloud: [4, 5, 6, 7],
  threeClouds: [8, 9, 10, 11],
  limited: [12],
  leftQuiet: [13, 14, 15],
  leftMoving: [16, 17, 18, 19],
} as const
type Kind = keyof typeof projectsOf
const kinds = Object.keys(projectsOf) as Kind[]
/** Their viewers leave before anything is counted. */
const left: readonly Kind[] = ["leftQuiet", "leftMoving"]
const viewersPerProject = 10
const settleSeconds = 15
const learnSeconds = 75
const watchSeconds = 60
const changeCount = 10
const allowedPerMinute = 20
const clouds = ["AWS", "GCP", "AZURE"] as const

/** All calls that reach Atlas in a minute, by project and kind, counted there; and how late a change is seen. */
export async function measurePolling({ work, keep }: Task): Promise<Figure[]> {
  const atlas = keep(await startAtlasStub())
  const naiveAtlas = keep(await startAtlasStub({ projects: 1 }))
  for (const at of [...projectsOf.oneCloud, ...projectsOf.limited, ...projectsOf.leftMoving])
    await atlas.control("create", { projectId: toProjectId(at), providerName: "AWS" })
  for (const at of projectsOf.threeClouds)
    for (const providerName of clouds)
      await atlas.control("create", { projectId: toProjectId(at), providerName })
  for (const at of projectsOf.limited)
    await atlas.control("limit", { projectId: toProjectId(at), perMinute: allowedPerMinute })
  // The peer is counted while ours learns its paces.
  const [naive, ours] = await Promise.all([countNaive(naiveAtlas), measureDesk(atlas, join(work, "desk"))])
  const peer = { what: "a list of each cloud every 2 s", value: naive.perMinute }
  const toFigure = (what: string, kind: Kind, goal: Figure["goal"]): Figure => ({
    what: `calls a minute of a project, ${what}`,
    unit: "",
    seen: ours.perMinute[kind],
    peer: left.includes(kind) ? null : peer,
    goal,
  })
  const toDelay = (share: number, atMost: number): Figure => ({
    what: `from a change at Atlas to ${viewersPerProject} browsers, one cloud moves, p${share * 100}`,
    unit: "s",
    seen: toQuantile(ours.delays, share) / 1_000,
    peer: { what: "a list every 2 s", value: toQuantile(naive.delays, share) / 1_000 },
    goal: { atMost, of: "unit" },
  })
  return [
    toFigure("one cloud moves", "oneCloud", { atMost: 30, of: "unit" }),
    toFigure("three clouds move", "threeClouds", { atMost: 45, of: "unit" }),
    toFigure("nothing moves", "quiet", { atMost: 3, of: "unit" }),
    toFigure("its viewers left, one cloud moves", "leftMoving", { atMost: 6, of: "unit" }),
    toFigure("its viewers left, nothing moves", "leftQuiet", { atMost: 3, of: "unit" }),
    toFigure(`Atlas allows ${allowedPerMinute}, one cloud moves`, "limited", {
      atMost: allowedPerMinute + 2,
      of: "unit",
    }),
    toDelay(0.5, 1.2),
    toDelay(0.99, 2.5),
  ]
}

async function measureDesk(atlas: AtlasStub, work: string) {
  const desk = await startProduct(work, atlas.url)
  const cookie = await desk.signIn()
  const projects = kinds.flatMap((kind) => projectsOf[kind])
  const isLeft = (index: number) => {
    const at = projects[index % projects.length] ?? Number.NaN
    return left.some((kind) => (projectsOf[kind] as readonly number[]).includes(at))
  }
  const toHead = (index: number) => {
    const at = projects[index % projects.length] ?? 0
    return `GET ${apiUrls.events({ projects: toProjectId(at) })} HTTP/1.1\r\nCookie: ${cookie}`
  }
  const sockets = await openStreams(desk.origin, projects.length * viewersPerProject, toHead)
  await wait(settleSeconds)
  for (const [index, socket] of sockets.entries()) if (isLeft(index)) socket.destroy()
  // The pace of the limited project is learned from refusals, a minute apart.
  await wait(learnSeconds)
  await atlas.readCalls()
  await wait(watchSeconds)
  const perMinute = toPerMinute(await atlas.readCalls(), watchSeconds)
  const [changing] = projectsOf.oneCloud
  const readers = sockets.filter((_, index) => projects[index % projects.length] === changing)
  const delays: number[] = []
  for (let change = 0; change < changeCount; change += 1) {
    // Both mean that Atlas works. The pause puts changes at any moment between two polls.
    const statusName = change % 2 === 0 ? "FINALIZING" : "INITIATING"
    await wait(1 + (change % 7) / 3)
    const arrivals = Promise.all(readers.map((reader) => readUntil(reader, `"${statusName}"`)))
    const changedAt = performance.now()
    await atlas.control("status", { projectId: toProjectId(changing), statusName })
    for (const at of await arrivals) delays.push(at - changedAt)
  }
  for (const socket of sockets) socket.destroy()
  await desk.stop()
  return { perMinute, delays }
}

/** What a page does that asks Atlas itself: a list of each cloud every two seconds. One viewer; ten would cost ten times as much. */
async function countNaive(atlas: AtlasStub) {
  const [at] = projectsOf.quiet
  const send = createBareClient({
    atlas: atlas.url,
    key: atlasKey.publicKey,
    secret: atlasKey.privateKey,
  })
  const projectId = toProjectId(at)
  const toPath = (cloud: string) => `/api/atlas/v1.0/groups/${projectId}/peers?providerName=${cloud}`
  const delays: number[] = []
  await atlas.readCalls()
  const begun = performance.now()
  for (let turn = 0; turn < changeCount; turn += 1) {
    const awaited = turn % 2 === 0 ? "FINALIZING" : "AVAILABLE"
    // A change comes at any moment between two lists.
    const before = ((turn % 7) / 7) * 2
    await wait(before)
    await atlas.control("status", { projectId, statusName: awaited })
    const changedAt = performance.now()
    await wait(2 - before)
    for (const cloud of clouds) {
      const { text } = await send("GET", toPath(cloud))
      if (cloud === "AWS" && text.includes(awaited)) delays.push(performance.now() - changedAt)
    }
  }
  const seconds = (performance.now() - begun) / 1_000
  const { calls } = await atlas.readCalls()
  await atlas.control("status", { projectId, statusName: "AVAILABLE" })
  return { perMinute: ((calls[at]?.tried ?? Number.NaN) * 60) / seconds, delays }
}

function toPerMinute(
  { calls }: Awaited<ReturnType<AtlasStub["readCalls"]>>,
  seconds: number,
): Record<Kind, number> {
  const mean = (projects: readonly number[]) =>
    projects.reduce((sum, at) => sum + (calls[at]?.tried ?? Number.NaN), 0) / projects.length
  return Object.fromEntries(
    Object.entries(projectsOf).map(([kind, projects]) => [kind, (mean(projects) * 60) / seconds]),
  ) as Record<Kind, number>
}
