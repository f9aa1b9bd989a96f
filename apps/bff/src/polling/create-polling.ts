import type { AtlasPeer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import { Annotations } from "./annotations.ts"
import type { LeadChange } from "#processes/leader.ts"
import { CloudSharing } from "./cloud-sharing.ts"
import { CloudTurns } from "./cloud-turns.ts"
import { LiveState } from "./live-state.ts"
import { PeeringStore } from "./peering-store.ts"
import type { PollIntervals } from "./poll-interval.ts"
import { PollLog } from "./poll-log.ts"
import { PollSessions } from "./poll-sessions.ts"
import { PollerPool, type Paces } from "./poller-pool.ts"
import { createRecall } from "./recall-peerings.ts"
import { WriteFence } from "./write-fence.ts"

interface PollingDeps {
  store: Store
  /** The URL of PostgreSQL, which other processes may share, for a new connection; absent when this one has the store to itself. */
  readDatabaseUrl?: (() => string) | undefined
  atlas: AtlasClient
  /** Called when a project's containers may have changed. */
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  intervals: PollIntervals
  paces: Paces
  onLeadChange?: (change: LeadChange) => void
  clock: Clock
  /** The clock of the leader's lease, where a demo simulates the other one. */
  realClock?: Clock
  logger: Logger
}

/** Builds the pollers with the state and the tables that they write to. */
export function createPolling(deps: PollingDeps) {
  const { store, readDatabaseUrl, clock, logger } = deps
  const live = new LiveState()
  const turns = new CloudTurns()
  const sharing =
    readDatabaseUrl === undefined
      ? null
      : new CloudSharing({
          store,
          readDatabaseUrl,
          live,
          turns,
          refreshPaces: () => deps.paces.refresh(),
          clock: deps.realClock ?? clock,
          logger,
          onLeadChange: deps.onLeadChange ?? (() => {}),
        })
  const peeringStore = new PeeringStore(store)
  const pollSessions = new PollSessions(store)
  const annotations = new Annotations({ store, live, sharing, clock, logger })
  const fence = sharing && new WriteFence({ live, turns, onRefused: (cloud) => sharing.takeBack(cloud) })
  const pollLog = new PollLog({ peeringStore, pollSessions, fence, clock, logger })
  const recall = createRecall({ peeringStore, annotations, live, sharing })
  const pollers = new PollerPool({ ...deps, live, turns, sharing, annotations, pollLog, recall })
  sharing?.connect(pollers)
  return { annotations, peeringStore, pollLog, pollSessions, pollers, sharing }
}
