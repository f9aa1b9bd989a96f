import { buildOverview, summarisePeerings, toOverviewSource } from "@peering-desk/peering-rules"
import {
  AtlasPeer,
  type InventoryPeering,
  type InventoryProject,
  type Overview,
} from "@peering-desk/shared-schemas"
import { containers, makePeering, makeWatch, projects } from "./samples.ts"

export const [payments = { id: "", name: "" }, analytics = { id: "", name: "" }] = projects

/** Builds a connection of the inventory: available, and created elsewhere. */
export function makeEntry(
  providerName: "AWS" | "GCP" | "AZURE",
  id: string,
  more: Partial<InventoryPeering> & { fields?: Record<string, unknown> } = {},
): InventoryPeering {
  const { fields, ...rest } = more
  const { peer } = makePeering(providerName, { status: more.status ?? "AVAILABLE" })
  return {
    id,
    peer: AtlasPeer.parse({ ...peer, ...fields, id, providerName }),
    status: "AVAILABLE",
    turn: "works",
    statusSince: "2026-11-24T10:00:00.000Z",
    statusSinceSeen: true,
    label: null,
    origin: "adopted",
    createdBy: null,
    firstSeenAt: "2026-11-20T10:00:00.000Z",
    leftAvailableAt: null,
    ...rest,
  }
}

/** Builds a project of the inventory whose lists could all be read. */
export function makeProject(more: Partial<InventoryProject> = {}): InventoryProject {
  return {
    project: payments,
    peerings: [],
    containers,
    containersProblem: null,
    watches: (["AWS", "GCP", "AZURE"] as const).map((name) => makeWatch(name)),
    listed: null,
    running: null,
    ...more,
  }
}

/** Builds the overview of some projects as the server does. */
export function makeOverview(
  projectList: readonly InventoryProject[],
  mayChange: (projectId: string) => boolean = () => true,
): Overview {
  const byId = new Map(projectList.map(({ project }) => [project.id, project]))
  const sources = projectList.map((one) =>
    toOverviewSource(one.project.id, one, summarisePeerings(one.peerings)),
  )
  const toProject = (id: string) => byId.get(id) ?? { id, name: id }
  const toName = (id: string) => toProject(id).name
  return {
    ...buildOverview(sources, { now: Date.now(), isOwn: () => false, mayChange, toName, toProject }),
    limits: { most: 50, mostPending: 25 },
    timesInState: [],
  }
}
