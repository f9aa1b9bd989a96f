import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import type { Browser } from "@playwright/test"
import type { Desk } from "#tools/lab/desk.ts"
import type { Figure } from "#tools/lab/figure.ts"
import { launchChromium } from "./browser.ts"
import { toPeeringId, toProjectId } from "./creates/world.ts"
import { measureDocuments } from "./pages/documents.ts"
import { measureLoading } from "./pages/loading.ts"
import { readPage, servePlainPages, type BenchPage } from "./pages/plain-page.ts"
import { measureUsing } from "./pages/using.ts"
import { farAway, visit } from "./pages/visits.ts"
import { compare, interleave } from "./rounds.ts"
import { startAtlasStub, startProduct } from "./stand-ins.ts"

/** A list with its rows, not with their places. */
const rows = "main table:not([aria-busy=true]) > tbody > tr"

/** Measures what a person waits for in the browser: until a page shows content, until it is usable, and until it answers a key. */
export async function measurePages({ work, keep }: Task): Promise<Figure[]> {
  const browser = keep(await launchChromium())
  return [
    ...(await withWorld(work, { projects: 5, connections: 50 }, (site) =>
      measureFirstVisits(work, browser, site),
    )),
    ...(await withWorld(work, { projects: 1, connections: 5_000 }, (site) =>
      measureLargeList(browser, site),
    )),
    ...(await withWorld(work, { projects: 1, connections: 1_000 }, ({ desk, cookie }) =>
      measureUsing(browser, { origin: desk.origin, cookie, formUrl: `${desk.origin}${toListPath(0)}/new` }),
    )),
  ]
}

interface Site {
  desk: Desk
  cookie: string
}

/** Starts the product with a world that it knows. In the first project of several every connection waits for a person. */
async function withWorld(
  work: string,
  world: { projects: number; connections: number },
  act: (site: Site) => Promise<Figure[]>,
): Promise<Figure[]> {
  const atlas = await startAtlasStub(world)
  const waiting = { projectId: toProjectId(0), statusName: "PENDING_ACCEPTANCE" }
  if (world.projects > 1) await atlas.control("status", waiting)
  const limit = { ATLAS_PEERS_PER_PROJECT: "99999" }
  const desk = await startProduct(join(work, String(world.connections)), atlas.url, limit)
  try {
    return await act({ desk, cookie: await desk.signIn() })
  } finally {
    await desk.stop()
    await atlas.stop()
  }
}

async function measureFirstVisits(work: string, browser: Browser, { desk, cookie }: Site): Promise<Figure[]> {
  const list = toListPath(1)
  const toPage = (name: string, path: string, row: string): BenchPage => ({
    name,
    url: `${desk.origin}${path}`,
    cookie,
    row,
  })
  const pages = [
    toPage("Overview", "/", "main h3 ~ ul > li"),
    toPage("list of a project", list, rows),
    toPage("connection", `${list}/${toPeeringId(1, 0)}`, "main dd, main li"),
    toPage("new connection", `${list}/new`, "main form label, main form input"),
  ]
  const shown = []
  for (const page of pages) shown.push({ ...page, ...(await readPage(browser, page)) })
  const plain = await servePlainPages(shown)
  const compared = pages.map((page, at) => ({ ...page, plainUrl: plain.urls[at] ?? "" }))
  const figures = await measureLoading(work, browser, compared)
  await plain.close()
  return [...figures, ...(await measureDocuments(desk.pid, shown))]
}

/** A page with a list of many connections, of which a screen shows few. */
async function measureLargeList(browser: Browser, { desk, cookie }: Site): Promise<Figure[]> {
  const page = { url: `${desk.origin}${toListPath(0)}`, cookie, row: rows }
  const { ours } = await interleave(3, { ours: () => visit(browser, page, farAway) })
  const toFigure = compare({ ours })
  const limit =
    "The list and the first event of its stream are compressed; what is left are the rows of all connections."
  return [
    toFigure("list of 5000 connections: all bytes, stream included", "KB", ({ kb }) => kb, 250, limit),
    toFigure(
      "list of 5000 connections: round trips before the first row",
      "",
      ({ rowMs }) => rowMs / farAway.latencyMs,
    ),
  ]
}

const toListPath = (project: number) => `/projects/${toProjectId(project)}/connections`
