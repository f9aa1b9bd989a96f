import { buildProjectCalls, type AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { ProjectPaces } from "./project-paces.ts"

/** Atlas's limits are asked for this often, for each project that is polled. */
const limitMaxAgeMs = 60 * 60_000

/**
 * Builds a client that obeys the pause after a 429 (RFC 6585 §4): until it is over, calls for that project are refused here with
 * Atlas's words and the seconds that are left. It also asks for the limits of the projects that are polled.
 */
export function respectPauses(atlas: AtlasClient, paces: ProjectPaces, clock: Clock): AtlasClient {
  const limitsAskedAt = new Map<string, number>()

  async function ask<T>(projectId: string, call: () => Promise<T>): Promise<T> {
    const pause = paces.findPause(projectId)
    if (pause !== null) throw pause
    try {
      return await call()
    } catch (thrown) {
      const seconds = thrown instanceof AppError ? thrown.shown.retryAfterSeconds : undefined
      if (thrown instanceof AppError && seconds !== undefined)
        await paces.noteRefused(projectId, thrown, seconds * 1000)
      throw thrown
    }
  }

  /** Beside the call that is made anyway. A limit that can't be read leaves the usual pace. */
  function learnLimit(projectId: string): void {
    const now = clock.elapsed()
    if (now - (limitsAskedAt.get(projectId) ?? Number.NEGATIVE_INFINITY) < limitMaxAgeMs) return
    limitsAskedAt.set(projectId, now)
    void atlas
      .readPeeringLimit(projectId)
      .then((perMinute) => perMinute !== null && paces.noteLimit(projectId, perMinute))
      .catch(() => undefined)
  }

  const calls = buildProjectCalls((projectId, call) => ask(projectId, () => call(atlas)))
  return {
    listProjects: () => ask("", () => atlas.listProjects()),
    ...calls,
    // Their limit is the organization's, so it says nothing about calls of the project.
    listResourcePolicies: (projectId) => atlas.listResourcePolicies(projectId),
    async listPeers(projectId, providerName) {
      const peers = await calls.listPeers(projectId, providerName)
      learnLimit(projectId)
      return peers
    },
  }
}
