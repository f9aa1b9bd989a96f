import type { DeletedPeering, Peering } from "@peering-desk/shared-schemas"

/** How a connection that Atlas no longer lists went. Moments are ISO 8601, UTC. */
export interface Deletion {
  /** Who deleted it here; null when that happened elsewhere. */
  by: string | null
  reason: string | null
  /** When it was deleted here. */
  at: string
  /** The first poll without it. */
  removedAt: string
}

/** Rebuilds a deleted connection from what the server keeps of it. */
export function toLastKnown(deleted: DeletedPeering): Peering {
  return { ...deleted, beginSeen: false, leftAvailableAt: null }
}

/** The stream says that it is gone; who deleted it comes with the list of deleted connections. */
export function toDeletion(deleted: DeletedPeering | undefined, goneAt: string | undefined): Deletion {
  const removedAt = deleted?.goneAt ?? goneAt ?? ""
  return {
    by: deleted?.deletedBy ?? null,
    reason: deleted?.deleteReason ?? null,
    at: deleted?.deletedAt ?? removedAt,
    removedAt,
  }
}
