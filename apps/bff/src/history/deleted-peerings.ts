import { readObjectIdTime, readStatus, type DeletedPeering } from "@peering-desk/shared-schemas"
import { readDeletions } from "#events/peering-history.ts"
import { toInstant } from "#base/clock.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"
import { readAnnotations } from "#polling/read-annotations.ts"
import type { Store } from "#store/store.ts"

export interface DeletedPeeringsDeps {
  store: Store
  peeringStore: PeeringStore
  pollers: PollerPool
}

/** Lists the peerings of a project that Atlas no longer lists, last gone first, even if it went while the server was off. */
export async function listDeletedPeerings(
  { peeringStore, pollers, store }: DeletedPeeringsDeps,
  projectId: string,
): Promise<DeletedPeering[]> {
  await pollers.poll(projectId, freshForMs)
  const deleted = await peeringStore.loadGone(projectId)
  const ids = deleted.map(({ id }) => id)
  const annotationOf = await readAnnotations(store, projectId, ids)
  const deletions = await readDeletions(store, projectId, deleted)
  return deleted.flatMap(({ id, peer, raw, history, firstSeenAt, gone }) => {
    if (gone === null) return []
    const { label, origin, createdBy, createdByKey, createdAt, createReason } = annotationOf(id)
    const createdEarliest = readObjectIdTime(id)
    const deletion = deletions.get(id)
    const lastChangeAt = Date.parse(history.at(-1)?.at ?? "") || firstSeenAt
    return {
      projectId,
      id,
      peer,
      raw,
      history,
      label,
      origin,
      createdBy,
      createdByKey,
      createdAt,
      createReason,
      ...(createdEarliest !== null && { createdEarliest }),
      lastStatus: readStatus(peer),
      firstSeenAt: toInstant(firstSeenAt),
      lastSeenAt: toInstant(gone.lastListedAt ?? lastChangeAt),
      goneAt: toInstant(gone.at),
      ...(deletion !== undefined && {
        deletedBy: deletion.name,
        deleteReason: deletion.reason ?? "",
        deletedAt: toInstant(deletion.at),
      }),
    }
  })
}
