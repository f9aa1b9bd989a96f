import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { toProjectId } from "#tools/lab/bench/creates/world.ts"
import { openStreams, wait } from "#tools/lab/bench/open-streams.ts"
import { startAtlasStub, startProduct } from "#tools/lab/bench/stand-ins.ts"
import { list, type Client } from "#tools/lab/chaos/client.ts"
import { atMost, shown, type Figure } from "#tools/lab/figure.ts"
import { runWell } from "#tools/lab/programs.ts"

const projects = 20
const connections = projects * 50
const quietSeconds = 30
const changes = 4

/** What polls of 1,000 connections write while nothing changes, and what a change of each writes. */
export async function measureDatabase(work: string): Promise<Figure[]> {
  const atlas = await startAtlasStub({ projects, connections: connections / projects })
  const desk = await startProduct(work, atlas.url)
  const cookie = await desk.signIn()
  const readers = await openStreams(desk.origin, projects, (at) => {
    return `GET ${apiUrls.events({ projects: toProjectId(at) })} HTTP/1.1\r\nCookie: ${cookie}`
  })
  const untilAllAre = async (statusName: string) => {
    for (;;) {
      const statuses = await readAllStatuses({ desk, cookie })
      if (statuses.length === connections && statuses.every((status) => status === statusName)) return
      await wait(1)
    }
  }
  await untilAllAre("AVAILABLE")
  await wait(15)
  const first = await readUsedBytes(work)
  await wait(quietSeconds)
  const quiet = await readUsedBytes(work)
  for (let change = 0; change < changes; change += 1) {
    const statusName = change % 2 === 0 ? "FINALIZING" : "INITIATING"
    for (let at = 0; at < projects; at += 1)
      await atlas.control("status", { projectId: toProjectId(at), statusName })
    await untilAllAre(statusName)
  }
  const changed = await readUsedBytes(work)
  for (const reader of readers) reader.destroy()
  await desk.stop()
  await atlas.stop()
  const grown = ((quiet - first) / 1_000) * (60 / quietSeconds)
  return [
    atMost(`database, ${connections} watched connections without a change, a minute`, grown, "KB", 32),
    shown("database, each change of a status", (changed - quiet) / (changes * connections), "B"),
  ]
}

/** Counts the pages in use: SQLite keeps free ones in its file. */
async function readUsedBytes(work: string): Promise<number> {
  const sql =
    "select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size"
  return Number(await runWell("sqlite3", [join(work, "data", "peering-desk.sqlite"), sql]))
}

async function readAllStatuses(client: Client): Promise<string[]> {
  const lists = await Promise.all(Array.from({ length: projects }, (_, at) => list(client, toProjectId(at))))
  return lists.flatMap(({ peerings }) => peerings.map(({ history }) => history.at(-1)?.status ?? ""))
}
