import {
  providerNames,
  type AtlasPeer,
  type Inventory,
  type InventoryProject,
  type Project,
} from "@peering-desk/shared-schemas"
import { listRunning, pickCovered, toInventoryPeering, toQuota } from "@peering-desk/peering-rules"
import { CachedRead, shownAfterMs } from "#base/cached-read.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import type { Logger } from "#base/logger.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { longestIntervalMs } from "#polling/poll-log.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { otherMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import type { Access } from "#sign-in/access.ts"
import type { Store } from "#store/store.ts"
import { computeTimesInState, listTimesSpent, type TimeSpent } from "./times-in-state.ts"

export interface InventoryDeps {
  store: Store
  snapshotReader: Pick<SnapshotReader, "readProjects">
  projectCache: ProjectCache
  pollers: PollerPool
  peeringStore: PeeringStore
  clock: Clock
  logger: Logger
  /** Atlas's limit on the peerings of a project. */
  peersPerProject: number
}

const projectsAtOnce = 8
/**
 * An answer waits at most this long where nothing is known of a project. A slower project comes with a later answer, and its watch says
 * since when it is known.
 */
const waitMs = 8_000
/** The access list and the clusters of a project are at most this old in a list. */
const drawnMaxAgeMs = 5 * 60_000
const timesKeptMs = 60_000
const timesOfMs = 90 * 24 * 60 * 60_000

/** Builds the reader of all that a person may see, over all projects. */
export function createInventoryReader(deps: InventoryDeps): (access: Access) => Promise<Inventory> {
  const { clock, logger, peeringStore, pollers, projectCache, snapshotReader, store } = deps
  const limit = createLimiter(projectsAtOnce)
  const times = new CachedRead(() => {
    const since = clock.now() - timesOfMs
    return listTimesSpent(store, { since, preciseToMs: longestIntervalMs })
  }, clock)

  /** Keeps the last statistics when they can't be read, since the rest of the inventory does not need them. */
  async function readTimes(): Promise<TimeSpent[]> {
    const { value, failure } = await times.refresh(timesKeptMs)
    if (failure !== null)
      logger.error({ err: failure }, "Could not read how long connections stay in a state")
    return value ?? []
  }

  async function readProject({ id }: Project): Promise<void> {
    const { containers, clusters, accessList } = projectCache.of(id)
    // Rows only draw dots of these; a connection's page reads them again.
    void clusters.refresh(drawnMaxAgeMs)
    void accessList.refresh(drawnMaxAgeMs)
    await Promise.all([pollers.poll(id, otherMaxAgeMs), containers.refresh(otherMaxAgeMs)])
    // A new status expires the containers that were read beside it; otherwise this costs no call.
    await containers.refresh(otherMaxAgeMs)
  }

  return async (access) => {
    const projects = await snapshotReader.readProjects(access)
    await waitAtMost(
      clock,
      projects.every(({ id }) => isKnown(deps, id)) ? shownAfterMs : waitMs,
      projects.map((project) => limit(() => readProject(project))),
    )
    const gone = await peeringStore.countGone()
    return {
      projects: projects.map((project) => buildProject(deps, project, gone.get(project.id) ?? 0)),
      timesInState: computeTimesInState(await readTimes(), new Set(projects.map(({ id }) => id))),
    }
  }
}

/** Returns whether Atlas has answered once about everything that is shown of a project. */
function isKnown({ pollers, projectCache }: InventoryDeps, projectId: string): boolean {
  const { watches } = pollers.live.list(projectId)
  const areListed = watches.length === providerNames.length && watches.every(({ checkedAt }) => checkedAt)
  return areListed && projectCache.of(projectId).containers.kept.value !== null
}

function buildProject(
  { pollers, projectCache, peersPerProject }: InventoryDeps,
  project: Project,
  tombstoneCount: number,
): InventoryProject {
  const { peerings, watches } = pollers.live.list(project.id)
  const cached = projectCache.of(project.id)
  const { value: containers, failure } = cached.containers.kept
  const { value: clusters } = cached.clusters.kept
  const { value: entries } = cached.accessList.kept
  const quota = toQuota(
    peerings.map(({ peer }) => peer),
    peersPerProject,
  )
  return {
    project,
    peerings: peerings.map(toInventoryPeering),
    containers: containers ?? [],
    containersProblem: failure?.code ?? (containers === null ? "atlas_timeout" : null),
    watches,
    listed:
      entries === null
        ? null
        : pickCovered(
            entries,
            peerings.flatMap(({ peer }) => toGivenBlock(peer)),
          ),
    running: clusters === null ? null : listRunning(containers ?? [], clusters),
    tombstoneCount,
    quota: {
      used: quota.used,
      most: quota.most,
      pending: quota.unfinished,
      mostPending: quota.mostUnfinished,
    },
  }
}

const toGivenBlock = (peer: AtlasPeer) =>
  peer.providerName === "AWS" && peer.routeTableCidrBlock ? [peer.routeTableCidrBlock] : []
