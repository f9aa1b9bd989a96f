import { AtlasPeer, type InventoryPeering, type InventoryProject } from "@peering-desk/shared-schemas"
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
    tombstoneCount: 0,
    quota: { used: 0, most: 50, pending: 0, mostPending: 25 },
    ...more,
  }
}
