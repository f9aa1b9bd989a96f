import { readStatus, type DeletedPeering } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { Annotations } from "#polling/annotations.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"

export interface DeletedPeeringsDeps {
  annotations: Annotations
  peeringStore: PeeringStore
  pollers: PollerPool
}

/** Lists the peerings of a project that Atlas no longer lists, last gone first, even if it went while the server was off. */
export async function listDeletedPeerings(
  { annotations, peeringStore, pollers }: DeletedPeeringsDeps,
  projectId: string,
): Promise<DeletedPeering[]> {
  await pollers.poll(projectId, freshForMs)
  const deleted = await peeringStore.loadGone(projectId)
  await annotations.refresh(
    projectId,
    deleted.map(({ id }) => id),
  )
  return deleted.flatMap(({ id, peer, raw, history, firstSeenAt, gone }) => {
    if (gone === null) return []
    const { label, origin, createdBy } = annotations.of(projectId, id)
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
      lastStatus: readStatus(peer),
      firstSeenAt: toInstant(firstSeenAt),
      lastSeenAt: toInstant(gone.lastListedAt ?? lastChangeAt),
      goneAt: toInstant(gone.at),
    }
  })
}
