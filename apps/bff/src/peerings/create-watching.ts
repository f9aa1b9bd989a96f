import type { AtlasClient } from "#atlas/atlas-client.ts"
import { readCreators } from "#audit/peering-rows.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { Observations } from "#store/observations.ts"
import type { Store } from "#store/open-store.ts"
import { PeeringNoteStore } from "#store/peering-notes.ts"
import { SeenPeerings } from "#store/seen-peerings.ts"
import { WatchedStretches } from "#store/watched-stretches.ts"
import { LookLog } from "./look-log.ts"
import { PeeringBoard } from "./peering-board.ts"
import { PeeringMemory } from "./peering-memory.ts"
import { PeeringRecords } from "./peering-records.ts"
import { PeeringWatcher } from "./peering-watcher.ts"

interface WatchingParts {
  store: Store
  atlas: AtlasClient
  /** Told when a project's containers may be others than were read. */
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
}

/** Builds the watcher over connections, with all that it writes to. */
export function createWatching({ store, atlas, containersChanged, clock, logger }: WatchingParts) {
  const board = new PeeringBoard()
  const seen = new SeenPeerings(store)
  const notes = new PeeringNoteStore(store)
  const observations = new Observations(store)
  const stretches = new WatchedStretches(store)
  const records = new PeeringRecords({
    loadNotes: (projectId) => notes.load(projectId),
    readCreators: (projectId, ids) => readCreators(store, projectId, ids),
    clock,
    logger,
  })
  const memory = new PeeringMemory({ seen, records, board, clock, logger })
  const log = new LookLog({ observations, stretches, clock, logger })
  const watcher = new PeeringWatcher({ atlas, board, memory, records, log, containersChanged, clock, logger })
  return { seen, notes, observations, stretches, memory, log, watcher }
}
