import { providerNames, type Project } from "@peering-desk/shared-schemas"
import { shownAfterMs } from "#base/cached-read.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { toSharedMaxAge, type ProjectCache } from "#projects/project-cache.ts"

export interface RefreshDeps {
  projectCache: ProjectCache
  pollers: PollerPool
  clock: Clock
}

const projectsAtOnce = 8
/** As many projects are read before an answer has to leave. Of more it shows what is known; a later answer has the rest. */
const mostAwaited = 64
/** An answer waits at most this long for projects of which nothing is known, and this long for more of them than are awaited. */
const unknownMs = 8_000
const manyUnknownMs = 2_000
/** The access list and the clusters of a project are at most this old in a list. */
export const drawnMaxAgeMs = 5 * 60_000

/** Builds what reads the lists of projects that are too old, once for all viewers, and waits for it as long as an answer may. */
export function createProjectRefresher(
  deps: RefreshDeps,
): (projects: readonly Pick<Project, "id">[]) => Promise<void> {
  const { clock, pollers, projectCache } = deps
  const limit = createLimiter(projectsAtOnce)
  const reading = new Map<string, Promise<void>>()

  const isFresh = (id: string, maxAgeMs: number) =>
    providerNames.every((name) => pollers.of(id, name).isFresh(maxAgeMs)) &&
    projectCache.of(id).containers.isFresh(maxAgeMs)

  async function readProject(id: string, maxAgeMs: number): Promise<void> {
    const { containers, clusters, accessList } = projectCache.of(id)
    // Rows only draw dots of these; a connection's page reads them again.
    void clusters.refresh(drawnMaxAgeMs)
    void accessList.refresh(drawnMaxAgeMs)
    await Promise.all([pollers.poll(id, maxAgeMs), containers.refresh(maxAgeMs)])
    // A new status expires the containers that were read beside it; otherwise this costs no call.
    await containers.refresh(maxAgeMs)
  }

  function read(id: string, maxAgeMs: number): Promise<void> {
    const begun = reading.get(id)
    if (begun !== undefined) return begun
    const work = limit(() => readProject(id, maxAgeMs)).finally(() => reading.delete(id))
    reading.set(id, work)
    return work
  }

  return async (projects) => {
    const maxAgeMs = toSharedMaxAge(projects.length)
    const stale = projects.filter(({ id }) => !isFresh(id, maxAgeMs))
    const work = stale.map(({ id }) => read(id, maxAgeMs))
    const isMuch = stale.length > mostAwaited
    if (stale.every(({ id }) => isKnown(deps, id))) {
      if (!isMuch) await waitAtMost(clock, shownAfterMs, work)
      return
    }
    await waitAtMost(clock, isMuch ? manyUnknownMs : unknownMs, work)
  }
}

/** Returns whether Atlas has answered once about everything that is shown of a project. */
function isKnown({ pollers, projectCache }: RefreshDeps, projectId: string): boolean {
  const { watches } = pollers.live.list(projectId)
  const areListed = watches.length === providerNames.length && watches.every(({ checkedAt }) => checkedAt)
  return areListed && projectCache.of(projectId).containers.kept.value !== null
}
