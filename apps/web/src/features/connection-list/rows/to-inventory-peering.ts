import { getWaitingOn, isStatusSinceSeen, toStatusSince } from "@peering-desk/peering-rules"
import { readStatus, type InventoryPeering, type Peering } from "@peering-desk/shared-schemas"

const known = new WeakMap<Peering, InventoryPeering>()

/** Returns a project's peering in the shape of the inventory: the same object for the same peering, so that no row renders again. */
export function toInventoryPeering(peering: Peering): InventoryPeering {
  const before = known.get(peering)
  if (before !== undefined) return before
  const { id, peer, history, label, origin, createdBy, firstSeenAt, leftAvailableAt } = peering
  const next: InventoryPeering = {
    id,
    peer,
    label,
    origin,
    createdBy,
    firstSeenAt,
    leftAvailableAt,
    status: readStatus(peer),
    turn: getWaitingOn(peer),
    statusSince: toStatusSince(history),
    statusSinceSeen: isStatusSinceSeen(peering),
  }
  known.set(peering, next)
  return next
}
