import type { AtlasClient } from "#atlas/atlas-client.ts"
import { buildProjectCalls } from "#atlas/project-calls.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"

/**
 * Builds a client that obeys the pause after a 429 (RFC 6585 §4): until it is over, calls for that project are refused here with
 * Atlas's words and the seconds that are left. Atlas counts limits by project, so other projects are not affected.
 */
export function respectPauses(atlas: AtlasClient, clock: Clock): AtlasClient {
  const pauses = new Map<string, { until: number; refusal: AppError }>()

  async function ask<T>(projectId: string, call: () => Promise<T>): Promise<T> {
    const pause = pauses.get(projectId)
    const leftMs = pause === undefined ? 0 : pause.until - clock.elapsed()
    if (pause !== undefined && leftMs > 0) {
      const retryAfterSeconds = Math.ceil(leftMs / 1000)
      throw new AppError(pause.refusal.code, { ...pause.refusal.shown, retryAfterSeconds })
    }
    pauses.delete(projectId)
    try {
      return await call()
    } catch (thrown) {
      const seconds = thrown instanceof AppError ? thrown.shown.retryAfterSeconds : undefined
      if (thrown instanceof AppError && seconds !== undefined)
        pauses.set(projectId, { until: clock.elapsed() + seconds * 1000, refusal: thrown })
      throw thrown
    }
  }

  return {
    listProjects: () => ask("", () => atlas.listProjects()),
    ...buildProjectCalls((projectId, call) => ask(projectId, () => call(atlas))),
  }
}
