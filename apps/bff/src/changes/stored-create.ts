import type { Container, CreatePeering, NetworkFacts, RawAnswer } from "@peering-desk/shared-schemas"
import type { StoredChange } from "#changes/engine/stored-change.ts"

/** One create as the person asked for it. */
export interface CreatePlan extends Pick<
  CreatePeering,
  "request" | "newContainer" | "networkBlocks" | "peeredBlocks"
> {
  /** Facts that the person pasted about the network, which are kept once the peering is there. Nobody approves it, since it is not sent. */
  pasted?: { facts: NetworkFacts; by: string }
  /** Our own name for the connection, and who gave it. */
  named?: { label: string; by: string }
  /** Id of the failed peering that is deleted first; null for a plain create. */
  replaces: string | null
  /** Hash of everything that was asked. Two bodies with the same content have the same hash. */
  bodyHash: string
}

/** What there was before a create. */
export interface CreateBefore {
  /** The peering that it replaces. */
  replaced: RawAnswer | null
  /** Version of the stored state before anything was sent: a peering from up to then is not its result. Null until then. */
  known: number | null
  /** The container that was made or found for it. */
  container: Container | null
}

export type StoredCreate = StoredChange<CreatePlan, CreateBefore>

export function toCreate(change: StoredChange): StoredCreate {
  return change as StoredCreate
}

/** Returns the body for Atlas. */
export function toBody({ plan: { request }, before: { container } }: Pick<StoredCreate, "plan" | "before">) {
  return container === null ? request : { ...request, containerId: container.id }
}
