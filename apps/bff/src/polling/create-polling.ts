import type { AtlasPeer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { Annotations } from "./annotations.ts"
import { LiveState } from "./live-state.ts"
import { PeeringStore } from "./peering-store.ts"
import type { PollIntervals } from "./poll-interval.ts"
import { PollLog } from "./poll-log.ts"
import { PollSessions } from "./poll-sessions.ts"
import { PollerPool } from "./poller-pool.ts"
import { createRecall } from "./recall-peerings.ts"

interface PollingDeps {
  store: Store
  atlas: AtlasClient
  /** Called when a project's containers may have changed. */
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  intervals: PollIntervals
  clock: Clock
  logger: Logger
}

/** Builds the pollers with the state and the tables that they write to. */
export function createPolling({ store, atlas, containersChanged, intervals, clock, logger }: PollingDeps) {
  const live = new LiveState()
  const peeringStore = new PeeringStore(store)
  const pollSessions = new PollSessions(store)
  const annotations = new Annotations({ store, live, clock, logger })
  const pollLog = new PollLog({ peeringStore, pollSessions, clock, logger })
  const recall = createRecall({ peeringStore, annotations, live })
  const pollers = new PollerPool({
    atlas,
    live,
    annotations,
    pollLog,
    recall,
    containersChanged,
    intervals,
    clock,
    logger,
  })
  return { annotations, peeringStore, pollLog, pollSessions, pollers }
}
