import { providerNames, type Peering, type PeeringList } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { shownAfterMs } from "#base/cached-read.ts"
import { freshForMs, type PollerPool } from "./poller-pool.ts"

/** A change of a peering is based on a poll at most this old, in milliseconds. */
export const beforeChangeMs = 2_000

/**
 * Returns every peering of a project, with the time of the last poll of each cloud. Waits for Atlas only where nothing is known yet, or
 * where a change needs a younger list. A cloud whose list call failed keeps what was last known, and its watch has the problem.
 * @throws AppError when Atlas refuses or fails for every cloud and nothing was ever known
 */
export async function listPeerings(
  pollers: PollerPool,
  projectId: string,
  maxAgeMs = freshForMs,
): Promise<PeeringList> {
  await (maxAgeMs < freshForMs
    ? pollers.poll(projectId, maxAgeMs)
    : pollers.pollAtMost(projectId, maxAgeMs, shownAfterMs))
  const list = pollers.live.list(projectId)
  const failures = providerNames.map((name) => pollers.of(projectId, name).failure)
  const nothingKnown = list.peerings.length === 0 && list.watches.every(({ checkedAt }) => checkedAt === null)
  const [first] = failures
  if (nothingKnown && first != null && failures.every((failure) => failure !== null)) throw first
  return list
}

/**
 * Returns one peering from its project's lists, which need no cloud's name and are polled anyway.
 * @throws AppError `peering_not_found`, or the failure of a list call that might have shown it
 */
export async function getPeering(
  pollers: PollerPool,
  projectId: string,
  peeringId: string,
  maxAgeMs = freshForMs,
): Promise<Peering> {
  await listPeerings(pollers, projectId, maxAgeMs)
  const known = pollers.live.find(projectId, peeringId)
  if (known !== null) return known
  // It may be in the list that is under way.
  await pollers.poll(projectId, maxAgeMs)
  const found = pollers.live.find(projectId, peeringId)
  if (found !== null) return found
  for (const name of providerNames) {
    const { failure } = pollers.of(projectId, name)
    if (failure !== null) throw failure
  }
  throw new AppError("peering_not_found", {
    detail: `Atlas lists no connection ${peeringId} in this project.`,
  })
}
