import { readStatus, type InventoryPeering, type Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "./lifecycle.ts"
import { isStatusSinceSeen, toStatusSince } from "./status-since.ts"

/** Returns a peering in the shape of the inventory: without its raw answer and its history. */
export function toInventoryPeering(peering: Peering): InventoryPeering {
  const { id, peer, history, label, origin, createdBy, firstSeenAt, leftAvailableAt } = peering
  const { createdAt, createdByKey, createdEarliest, expiresEarliest, expiresLatest, declined, broken, seen } =
    peering
  return {
    id,
    peer,
    label,
    origin,
    createdBy,
    createdByKey,
    firstSeenAt,
    leftAvailableAt,
    createdAt,
    createdEarliest,
    expiresEarliest,
    expiresLatest,
    declined,
    broken,
    seen,
    status: readStatus(peer),
    turn: getWaitingOn(peer),
    statusSince: toStatusSince(history),
    statusSinceSeen: isStatusSinceSeen(peering),
  }
}
