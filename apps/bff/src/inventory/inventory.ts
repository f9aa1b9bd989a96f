import {
  readStatus,
  type Inventory,
  type InventoryPeering,
  type InventoryProject,
  type Peering,
  type Project,
  type TimeInState,
} from "@peering-desk/shared-schemas"
import { isStatusSinceSeen, toQuota, toStatusSince, toTurnOf } from "@peering-desk/peering-rules"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createLimiter } from "#base/limiter.ts"
import type { Access } from "#sign-in/access.ts"
import type { Observations, TimeSpent } from "#polling/observations.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { CachedRead } from "#base/cached-read.ts"
import { longestStepMs } from "#polling/poll-log.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"

interface InventoryParts {
  snapshotReader: Pick<SnapshotReader, "readProjects" | "readContainers" | "keptContainers">
  pollers: PollerPool
  peeringStore: PeeringStore
  observations: Observations
  clock: Clock
  logger: Logger
  /** How many connections Atlas allows a project. */
  peersPerProject: number
}

const freshForMs = 60_000
const projectsAtOnce = 8
const waitMs = 8_000
const timesKeptMs = 60_000
const timesOfMs = 90 * 24 * 60 * 60_000

/** Builds the reader of everything that a person may see, over all projects. */
export function createInventoryReader(parts: InventoryParts): (access: Access) => Promise<Inventory> {
  const { clock, logger, observations, peeringStore, pollers, snapshotReader } = parts
  const line = createLimiter(projectsAtOnce)
  const times = new CachedRead(async () => {
    const since = clock.now() - timesOfMs
    return toTimesInState(await observations.timesSpent({ since, preciseToMs: longestStepMs }))
  }, clock)

  /** Those that were read last when they can't be read now: without them everything else is still so. */
  async function readTimes(): Promise<TimeInState[]> {
    const { value, failure } = await times.refresh(timesKeptMs)
    if (failure !== null) logger.error({ err: failure }, "how long states take can't be read")
    return value ?? []
  }

  async function readProject({ id }: Project): Promise<void> {
    await Promise.all([pollers.poll(id, freshForMs), snapshotReader.readContainers(id, freshForMs)])
    // A new status that the look found makes what was read beside it too old; otherwise this asks for nothing.
    await snapshotReader.readContainers(id, freshForMs)
  }

  return async (access) => {
    const projects = await snapshotReader.readProjects(access)
    // What is not there by then comes with a later answer, and its watch says since when.
    await waitAtMost(
      clock,
      waitMs,
      projects.map((project) => line(() => readProject(project))),
    )
    const gone = await peeringStore.countGone()
    return {
      projects: projects.map((project) => toInventoryProject(parts, project, gone.get(project.id) ?? 0)),
      timesInState: await readTimes(),
    }
  }
}

function toInventoryProject(
  { pollers, snapshotReader, peersPerProject }: InventoryParts,
  project: Project,
  tombstoneCount: number,
): InventoryProject {
  const { peerings, watches } = pollers.live.list(project.id)
  const { value: containers, failure } = snapshotReader.keptContainers(project.id)
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
    tombstoneCount,
    quota: {
      used: quota.used,
      most: quota.most,
      pending: quota.unfinished,
      mostPending: quota.mostUnfinished,
    },
  }
}

function toInventoryPeering(peering: Peering): InventoryPeering {
  const { id, peer, history, label, origin, createdBy, firstSeenAt, leftAvailableAt } = peering
  const own = { label, origin, createdBy, firstSeenAt, leftAvailableAt }
  return {
    id,
    peer,
    status: readStatus(peer),
    turn: toTurnOf(peer),
    statusSince: toStatusSince(history),
    statusSinceSeen: isStatusSinceSeen(peering),
    ...own,
  }
}

function toTimesInState(spent: readonly TimeSpent[]): TimeInState[] {
  const byState = new Map<string, TimeSpent[]>()
  for (const one of spent) {
    const key = `${one.providerName} ${one.status}`
    const known = byState.get(key)
    if (known === undefined) byState.set(key, [one])
    else known.push(one)
  }
  return [...byState.values()].flatMap((of) => {
    const [first] = of
    if (first === undefined) return []
    const sorted = of.map(({ ms }) => ms).sort((one, other) => one - other)
    const { providerName, status } = first
    return {
      providerName,
      status,
      count: of.length,
      p50Ms: quantile(sorted, 0.5),
      p90Ms: quantile(sorted, 0.9),
    }
  })
}

/** The least value that so large a part of all does not exceed (nearest rank). */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0
}
