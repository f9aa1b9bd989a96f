import { createAtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { CreateAttempts } from "#peerings/create-attempts.ts"
import { PeeringBoard } from "#peerings/peering-board.ts"
import { PeeringWatcher } from "#peerings/peering-watcher.ts"
import { respectPauses } from "#projects/rate-pauses.ts"
import type { Config } from "./config.ts"

export type Services = ReturnType<typeof createServices>

/** Builds one of each thing the routes need. */
export function createServices({ config, clock, logger }: { config: Config; clock: Clock; logger: Logger }) {
  const client = createAtlasClient({
    baseUrl: config.atlas.baseUrl.href,
    apiVersion: config.atlas.apiVersion,
    credential: config.atlas.credential,
    logger,
    clock,
  })
  const atlas = respectPauses(client, clock)
  return {
    config,
    clock,
    logger,
    atlas,
    watcher: new PeeringWatcher({ atlas, board: new PeeringBoard(), clock, logger }),
    attempts: new CreateAttempts(),
    openStreams: new Set<() => void>(),
    lifetime: { stopping: false },
  }
}
