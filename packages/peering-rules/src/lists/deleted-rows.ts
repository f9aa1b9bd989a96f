import {
  findContainerOf,
  type Container,
  type DeletedPeering,
  type InventoryPeering,
  type Project,
} from "@peering-desk/shared-schemas"
import { makeRow, type InventoryRow } from "./inventory-rows.ts"

/** Makes the row of a connection that Atlas no longer lists, as it was last seen. */
export function makeDeletedRow(
  project: Project,
  deleted: DeletedPeering,
  containers: readonly Container[],
): InventoryRow {
  const { peer } = deleted
  const peering: InventoryPeering = {
    id: deleted.id,
    peer,
    label: deleted.label,
    origin: deleted.origin,
    createdBy: deleted.createdBy,
    createdByKey: deleted.createdByKey,
    firstSeenAt: deleted.firstSeenAt,
    status: deleted.lastStatus,
    turn: "closing",
    statusSince: deleted.deletedAt ?? deleted.goneAt,
    statusSinceSeen: true,
    leftAvailableAt: null,
  }
  return makeRow(project, peering, findContainerOf(peer, containers), {
    staleSince: null,
    listed: null,
    running: null,
    deletion: { by: deleted.deletedBy ?? null, reason: deleted.deleteReason ?? null },
  })
}
