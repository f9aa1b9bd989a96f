import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { PeeringStore } from "./peering-store.ts"
import type { PollerPool } from "./poller-pool.ts"
import { isMoving, isWaiting } from "./poll-interval.ts"

/** More would meet Atlas as a wave after each restart, and a start with hundreds of projects would hold up people's own calls. */
const looksAtOnce = 20
const tryAgainAfterMs = 5_000

interface ResumeParts {
  peeringStore: PeeringStore
  pollers: PollerPool
  clock: Clock
  logger: Logger
}

interface SeenCloud {
  projectId: string
  providerName: ProviderName
}

/**
 * Watches what was watched when the server last ran: every cloud of every project in which connections were seen that are not gone.
 * Those where Atlas works come first, then those that wait for a person, and only so many are asked for at once. Resolves after
 * the first look at each. When the store can't be read it is tried again later.
 */
export async function resumePolling(parts: ResumeParts): Promise<void> {
  const { peeringStore, pollers, clock, logger } = parts
  let projectIds: string[]
  try {
    projectIds = await peeringStore.listProjects()
  } catch (error) {
    logger.error({ err: error }, "which projects were watched can't be read")
    clock.after(tryAgainAfterMs, () => void resumePolling(parts))
    return
  }
  await workOff(projectIds, (projectId) => pollers.recall(projectId))
  const clouds = projectIds.flatMap((projectId) => findClouds(pollers, projectId))
  const urgentFirst = clouds.toSorted((a, b) => toRank(pollers, a) - toRank(pollers, b))
  await workOff(urgentFirst, async ({ projectId, providerName }) => {
    // Whoever looks at the project may have been quicker.
    await pollers.of(projectId, providerName).poll(Number.POSITIVE_INFINITY)
  })
  logger.info({ projects: projectIds.length, clouds: clouds.length }, "watching again")
}

function findClouds({ live }: PollerPool, projectId: string): SeenCloud[] {
  return providerNames
    .filter((providerName) => live.ofCloud(projectId, providerName).length > 0)
    .map((providerName) => ({ projectId, providerName }))
}

function toRank({ live }: PollerPool, { projectId, providerName }: SeenCloud): number {
  const peerings = live.ofCloud(projectId, providerName)
  if (isMoving(peerings)) return 0
  return isWaiting(peerings) ? 1 : 2
}

/** Does one after the other, so many at once. */
async function workOff<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  await Promise.all(
    Array.from({ length: looksAtOnce }, async () => {
      for (const item of rest) await work(item)
    }),
  )
}
