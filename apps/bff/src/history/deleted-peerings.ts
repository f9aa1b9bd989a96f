import { readAtlasPeer, readStatus, type DeletedPeering } from "@peering-desk/shared-schemas"
import { readCreators } from "#audit/peering-audit-rows.ts"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { AnnotationRows } from "#polling/annotation-rows.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"

export interface TombstoneParts {
  store: Store
  peeringStore: PeeringStore
  notes: AnnotationRows
  pollers: PollerPool
}

/** The connections of a project that Atlas no longer lists, last gone first; those too that went while the server was off. */
export async function listTombstones(parts: TombstoneParts, projectId: string): Promise<DeletedPeering[]> {
  const { notes, peeringStore, store, pollers } = parts
  await pollers.poll(projectId, freshForMs)
  const gone = await peeringStore.loadGone(projectId)
  const creators = await readCreators(
    store,
    projectId,
    gone.map(({ id }) => id),
  )
  const noted = await notes.load(projectId)
  return gone.flatMap(({ id, providerName, raw, history, firstSeenAt, goneAt, lastListedAt }) => {
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) return []
    const creator = creators.get(id)
    const lastChangeAt = Date.parse(history.at(-1)?.at ?? "") || firstSeenAt
    return {
      projectId,
      id,
      peer,
      raw,
      history,
      lastStatus: readStatus(peer),
      label: noted.get(id)?.label ?? null,
      origin: creator === undefined ? ("adopted" as const) : ("created-here" as const),
      createdBy: creator?.name ?? null,
      firstSeenAt: toInstant(firstSeenAt),
      lastSeenAt: toInstant(lastListedAt ?? lastChangeAt),
      goneAt: toInstant(goneAt),
    }
  })
}
