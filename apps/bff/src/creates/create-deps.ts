import type { CreatePeering } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import type { Logger } from "#base/logger.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import type { Access } from "#sign-in/access.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { CreateKindDeps } from "./create-kind.ts"

export interface CreateDeps extends CreateKindDeps, ChangingDeps {
  atlas: AtlasClient
  audit: AuditLog
  snapshotReader: SnapshotReader
  /** No other process can have sent anything since this time (milliseconds since 1970); null when several share the store. */
  aloneSince: number | null
  /** Called when the containers of a project changed. */
  containersChanged: (projectId: string) => void
  logger: Logger
}

/** A peering that is deleted before a create is sent. */
interface Replacement {
  peeringId: string
  /**
   * Deletes it, and resolves once Atlas no longer lists it.
   * @param hold keeps the create from being given up; call it every few seconds
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
