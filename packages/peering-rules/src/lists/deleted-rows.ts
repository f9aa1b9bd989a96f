import type { Container, DeletedPeering, InventoryPeering, Project } from "@peering-desk/shared-schemas"
import { makeRow, type InventoryRow } from "./inventory-rows.ts"

/** Makes the row of a connection that Atlas no longer lists, as it was last seen. */
export function makeDeletedRow(
  project: Project,
  deleted: DeletedPeering,
  containers: readonly Container[],
): InventoryRow {
  const {
    id,
    label,
    origin,
    createdBy,
    firstSeenAt,
    peer,
    lastStatus,
    goneAt,
    deletedAt,
    deletedBy,
    deleteReason,
  } = deleted
  const peering: InventoryPeering = {
    id,
    peer,
    label,
    origin,
    createdBy,
    firstSeenAt,
    status: lastStatus,
    turn: "closing",
    statusSince: deletedAt ?? goneAt,
    statusSinceSeen: true,
    leftAvailableAt: null,
  }
  const container =
    containers.find((one) => one.id === peer.containerId && one.providerName === peer.providerName) ?? null
  return makeRow(project, peering, container, {
    staleSince: null,
    listed: null,
    running: null,
    deletion: { by: deletedBy ?? null, reason: deleteReason ?? null },
  })
}
