import {
  apiUrls,
  AtlasPeer,
  type Inventory,
  type InventoryPeering,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp } from "#mock-bff/open-app.tsx"
import { containers, makePeering, makeWatch, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

export const [payments = { id: "", name: "" }, analytics = { id: "", name: "" }] = projects

/** A connection of the inventory: works, and was made elsewhere, unless told otherwise. */
export function makeEntry(
  providerName: "AWS" | "GCP" | "AZURE",
  id: string,
  more: Partial<InventoryPeering> & { fields?: Record<string, unknown> } = {},
): InventoryPeering {
  const { fields, ...rest } = more
  const { peer } = makePeering(providerName)
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

/** A project of the inventory, read whole. */
export function makeProject(more: Partial<InventoryProject> = {}): InventoryProject {
  return {
    project: payments,
    peerings: [],
    containers,
    containersProblem: null,
    watches: (["AWS", "GCP", "AZURE"] as const).map((name) => makeWatch(name)),
    tombstoneCount: 0,
    quota: { used: 0, most: 50, pending: 0, mostPending: 25 },
    ...more,
  }
}

/** Opens the page with these projects. */
export function openInventory(
  projectList: InventoryProject[],
  { search = "", timesInState = [] }: { search?: string; timesInState?: Inventory["timesInState"] } = {},
) {
  mockBff.use(answer(apiUrls.inventory(), { projects: projectList, timesInState } satisfies Inventory))
  return openApp(`${pagePaths.inventory()}${search}`)
}
