import {
  countFitting,
  createRowMaker,
  listFields,
  makeDeletedRow,
  takePage,
  toSorted,
  type InventoryRow,
} from "@peering-desk/peering-rules"
import {
  apiUrls,
  readFilter,
  type ConnectionPage,
  type DeletedPeeringList,
  type InventoryProject,
  type ListRow,
  type SavedViewList,
  type TimeInState,
} from "@peering-desk/shared-schemas"
import { http, HttpResponse, type HttpHandler } from "msw"
import { makeOverview } from "./inventory-samples.ts"
import { makeSession } from "./samples.ts"

/** Overview and the pages of connections are about these projects, as the server builds them. */
export function answerAll(
  readProjects: () => readonly InventoryProject[],
  timesInState: TimeInState[] = [],
): HttpHandler[] {
  return [
    http.get(apiUrls.overview(), () => HttpResponse.json({ ...makeOverview(readProjects()), timesInState })),
    http.get(apiUrls.connections(), async ({ request }) =>
      HttpResponse.json(await buildPage(readProjects(), new URL(request.url))),
    ),
  ]
}

async function buildPage(projects: readonly InventoryProject[], url: URL): Promise<ConnectionPage> {
  const ask = async <Answer>(path: string) => (await (await fetch(new URL(path, url))).json()) as Answer
  const filter = readFilter(listFields, url.searchParams)
  const context = { now: Date.now(), person: makeSession().personKey }
  const present = createRowMaker()(projects)
  const rows = filter.state === "deleted" ? await readDeleted(projects, ask) : present
  const after = url.searchParams.get("after")
  const page = takePage([toSorted(rows, filter.sort, context.now)], filter, context, {
    after: after === null ? null : (JSON.parse(after) as string[]),
    most: Number(url.searchParams.get("limit") ?? 50),
  })
  const { views } = await ask<SavedViewList>(apiUrls.savedViews())
  const savedCounts = views.map(({ id, query }) => {
    const saved = readFilter(listFields, new URLSearchParams(query))
    return [id, countFitting([present], saved, context)]
  })
  return {
    ...page,
    rows: page.rows.map(({ row }) => toListRow(row)),
    savedCounts: Object.fromEntries(savedCounts) as ConnectionPage["savedCounts"],
    next: page.next && JSON.stringify(page.next),
  }
}

async function readDeleted(
  projects: readonly InventoryProject[],
  ask: <Answer>(path: string) => Promise<Answer>,
): Promise<InventoryRow[]> {
  const lists = projects.map(async ({ project, containers }) => {
    const { deletedPeerings } = await ask<DeletedPeeringList>(apiUrls.deletedPeerings(project.id))
    return deletedPeerings.map((one) => makeDeletedRow(project, one, containers))
  })
  return (await Promise.all(lists)).flat()
}

function toListRow(row: InventoryRow): ListRow {
  const { project, peering, container, staleSince, listed, running, deletion } = row
  const drawn = { project, peering, container, staleSince, listed, running }
  return deletion === null ? drawn : { ...drawn, deletion }
}
