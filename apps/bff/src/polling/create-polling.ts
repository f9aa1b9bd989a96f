import type { AtlasClient } from "#atlas/atlas-client.ts"
import { readCreators } from "#audit/peering-audit-rows.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { Observations } from "./observations.ts"
import type { Store } from "#store/store.ts"
import { AnnotationRows } from "./annotation-rows.ts"
import { PeeringStore } from "./peering-store.ts"
import { PollSessions } from "./poll-sessions.ts"
import { PollLog } from "./poll-log.ts"
import { LiveState } from "./live-state.ts"
import { PollMemory } from "./poll-memory.ts"
import { Annotations } from "./annotations.ts"
import { PollerPool } from "./poller-pool.ts"

interface PollingDeps {
  store: Store
  atlas: AtlasClient
  /** Told when a project's containers may be others than were read. */
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
}

/** Builds the watcher over connections, with all that it writes to. */
export function createPolling({ store, atlas, containersChanged, clock, logger }: PollingDeps) {
  const live = new LiveState()
  const peeringStore = new PeeringStore(store)
  const notes = new AnnotationRows(store)
  const observations = new Observations(store)
  const stretches = new PollSessions(store)
  const records = new Annotations({
    loadNotes: (projectId) => notes.load(projectId),
    readCreators: (projectId, ids) => readCreators(store, projectId, ids),
    clock,
    logger,
  })
  const memory = new PollMemory({ peeringStore, records, live, clock, logger })
  const log = new PollLog({ observations, stretches, clock, logger })
  const pollers = new PollerPool({ atlas, live, memory, records, log, containersChanged, clock, logger })
  return { peeringStore, notes, observations, stretches, memory, log, pollers }
}
