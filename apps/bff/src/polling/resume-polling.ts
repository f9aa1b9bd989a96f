import { providerNames } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import type { Logger } from "#base/logger.ts"
import type { CloudSharing } from "./cloud-sharing.ts"
import type { PeeringStore } from "./peering-store.ts"
import { isMoving, isWaiting } from "./poll-interval.ts"
import type { Cloud } from "#processes/polled-clouds.ts"
import type { PollerPool } from "./poller-pool.ts"

/** Keeps a start with hundreds of projects from flooding Atlas and delaying people's own calls. */
const pollsAtOnce = 20
const tryAgainAfterMs = 5_000

interface ResumeDeps {
  peeringStore: PeeringStore
  pollers: PollerPool
  /** Null when this process has the database to itself. */
  sharing: CloudSharing | null
  clock: Clock
  logger: Logger
}

/**
 * Polls again what an earlier process polled: each cloud with stored peerings that are not gone. Clouds in which Atlas works come
 * first, then the ones that wait for a person. Resolves after one poll of each; among several processes, once it is known which one
 * leads. Tries again later when the database can't be read.
 */
export async function resumePolling(deps: ResumeDeps): Promise<void> {
  const { peeringStore, pollers, sharing, clock, logger } = deps
  let projectIds: string[]
  try {
    projectIds = await peeringStore.listProjects()
  } catch (error) {
    logger.error({ err: error }, "Could not read which projects were polled")
    clock.after(tryAgainAfterMs, () => void resumePolling(deps))
    return
  }
  const limit = createLimiter(pollsAtOnce)
  await Promise.all(projectIds.map((projectId) => limit(() => pollers.recall(projectId))))
  const clouds = projectIds
    .flatMap((projectId) => providerNames.map((providerName) => ({ projectId, providerName })))
    .filter(({ projectId, providerName }) => pollers.live.ofCloud(projectId, providerName).length > 0)
    .toSorted((one, other) => computeRank(pollers, one) - computeRank(pollers, other))
  // Twice, since the pace of each cloud at rest depends on their number.
  for (const { projectId, providerName } of [...clouds, ...clouds])
    pollers.of(projectId, providerName).resume()
  if (sharing !== null) {
    await sharing.start()
    logger.info(
      { projects: projectIds.length, clouds: clouds.length, leads: sharing.leads, process: sharing.process },
      "Polling is shared with other servers",
    )
    return
  }
  await Promise.all(
    clouds.map(({ projectId, providerName }) =>
      // A viewer of the project may have been quicker.
      limit(() => pollers.of(projectId, providerName).poll(Number.POSITIVE_INFINITY)),
    ),
  )
  logger.info({ projects: projectIds.length, clouds: clouds.length }, "Polling resumed")
}

function computeRank({ live }: PollerPool, { projectId, providerName }: Cloud): number {
  const peerings = live.ofCloud(projectId, providerName)
  if (isMoving(peerings)) return 0
  return isWaiting(peerings) ? 1 : 2
}
