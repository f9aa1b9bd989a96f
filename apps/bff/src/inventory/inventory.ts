import type { Overview, TimeInState } from "@peering-desk/shared-schemas"
import { buildOverview, documentedQuota } from "@peering-desk/peering-rules"
import { CachedRead } from "#base/cached-read.ts"
import type { Logger } from "#base/logger.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { longestIntervalMs } from "#polling/poll-log.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { mayCreate, type Access } from "#sign-in/access.ts"
import type { Store } from "#store/store.ts"
import { ProjectPieces } from "./project-pieces.ts"
import { createProjectRefresher, type RefreshDeps } from "./refresh-projects.ts"
import { computeTimesInState, listTimesSpent } from "./times-in-state.ts"

export interface InventoryDeps extends RefreshDeps {
  store: Store
  snapshotReader: Pick<SnapshotReader, "readProjects" | "addKey">
  peeringStore: PeeringStore
  logger: Logger
  /** Atlas's limit on the peerings of a project. */
  peersPerProject: number
}

const timesKeptMs = 60_000
const timesOfMs = 90 * 24 * 60 * 60_000

/** Builds the readers of all that a person may see, over all projects. */
export function createInventoryReader(deps: InventoryDeps) {
  const { clock, logger, peersPerProject, snapshotReader, store } = deps
  const refresh = createProjectRefresher(deps)
  const pieces = new ProjectPieces(deps)
  const limits = { most: peersPerProject, mostPending: documentedQuota.mostUnfinished }
  const times = new CachedRead(() => {
    const since = clock.now() - timesOfMs
    return listTimesSpent(store, { since, preciseToMs: longestIntervalMs })
  }, clock)

  /** Keeps the last statistics when they can't be read, since the rest does not need them. */
  async function readTimes(projects: readonly { id: string }[]): Promise<TimeInState[]> {
    const { value, failure } = await times.refresh(timesKeptMs)
    if (failure !== null)
      logger.error({ err: failure }, "Could not read how long connections stay in a state")
    return computeTimesInState(value ?? [], new Set(projects.map(({ id }) => id)))
  }

  async function readProjects(access: Access) {
    const projects = await snapshotReader.readProjects(access)
    await refresh(projects)
    return projects
  }

  return {
    pieces,
    readProjects,
    refresh,

    /** Reads the counts of every project, and the first of the connections that need attention. */
    async readOverview(access: Access): Promise<Overview> {
      const projects = await readProjects(access)
      const names = new Map(projects.map(({ id, name }) => [id, name]))
      const toName = (id: string) => names.get(id) ?? id
      const sources = projects.map(({ id }) => pieces.toSource(id))
      return {
        ...buildOverview(sources, {
          now: clock.now(),
          isOwn: (id) => access.projects.has(id),
          mayChange: (id) => mayCreate(access, id),
          toName,
          toProject: (id) => snapshotReader.addKey({ id, name: toName(id) }),
        }),
        limits,
        timesInState: await readTimes(projects),
      }
    },
  }
}
