import type { CreatePeering } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { PeeringWriter } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import type { Access } from "#sign-in/access.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { CreateRecords } from "./create-states.ts"
import type { CreateReconciler } from "./reconcile-creates.ts"

export interface CreateDeps extends CreateRecords, ChangingDeps {
  atlas: AtlasClient
  reconciler: CreateReconciler
  pollers: PollerPool
  peeringWriter: Pick<PeeringWriter, "storeAnswer">
  snapshotReader: SnapshotReader
  /** Called when the containers of a project changed. */
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
}

/** A peering that is deleted before a create is sent. */
interface Replacement {
  peeringId: string
  /**
   * Deletes it, and resolves once Atlas no longer lists it.
   * @param hold keeps the create from being taken over; call it every few seconds
   */
  remove: (hold: () => Promise<void>) => Promise<void>
}

/** The body of a create, who sent it and under which key. */
export interface CreateInput extends Omit<CreatePeering, "replaces"> {
  projectId: string
  /** The form's Idempotency-Key. */
  key: string
  identity: Caller
  /** The projects this person may see. The verdict depends on it. */
  access: Access
  /** Network address of the person. */
  address: string | null
  replaces?: Replacement
}
