import { randomUUID } from "node:crypto"
import type { AtlasPeer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "#store/store.ts"
import type { LeadChange } from "#processes/leader.ts"
import { PolledClouds } from "#processes/polled-clouds.ts"
import { CloudSharing } from "./cloud-sharing.ts"
import { EventReader } from "./event-reader.ts"
import { LiveView } from "./live-view.ts"
import { PeeringStore } from "./peering-store.ts"
import { PeeringWriter } from "./peering-writer.ts"
import type { PollIntervals } from "./poll-interval.ts"
import { PollLog } from "./poll-log.ts"
import { PollerPool, type Paces } from "./poller-pool.ts"

interface PollingDeps {
  store: Store
  /** The URL of PostgreSQL, which other processes may share, for a new connection; absent when this one has the store to itself. */
  readDatabaseUrl?: (() => string) | undefined
  atlas: AtlasClient
  /** Returns whether a public key or client id is one of this server's own. */
  isOwnKey: (key: string) => boolean
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
  const { store, readDatabaseUrl, isOwnKey, clock, containersChanged, logger } = deps
  const process = randomUUID()
  const clouds = new PolledClouds(store, process)
  const peeringStore = new PeeringStore(store)
  const peeringWriter = new PeeringWriter(store, clouds)
  const view = new LiveView({ store, peeringStore, containersChanged, clock, logger })
  const pollLog = new PollLog({ clouds, clock, logger })
  const sharing =
    readDatabaseUrl === undefined
      ? null
      : new CloudSharing({
          process,
          store,
          readDatabaseUrl,
          clouds,
          view,
          pollLog,
          refreshPaces: () => deps.paces.refresh(),
          clock: deps.realClock ?? clock,
          logger,
          onLeadChange: deps.onLeadChange ?? (() => {}),
        })
  // A version below the last one is of an older copy of the database.
  store.show = (version) => view.catchUp(version < view.live.stored.version ? undefined : version)
  const events = new EventReader(deps)
  const pollers = new PollerPool({ ...deps, events, clouds, view, sharing, peeringWriter, pollLog })
  sharing?.connect(pollers)
  return { isOwnKey, peeringStore, peeringWriter, pollLog, pollers, sharing, view }
}
