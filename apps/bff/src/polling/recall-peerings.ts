import { toInstant } from "#base/clock.ts"
import type { Annotations } from "./annotations.ts"
import type { LiveState } from "./live-state.ts"
import { addTimes } from "./observe-peering.ts"
import type { PeeringStore } from "./peering-store.ts"
import { findLeftAvailableAt } from "./status-history.ts"

interface RecallDeps {
  peeringStore: PeeringStore
  annotations: Annotations
  live: LiveState
}

/** Puts a project's peerings into the live state as they were last seen. Rejects when the database fails. */
export type RecallPeerings = (projectId: string) => Promise<void>

/** Builds a function that recalls each project once. A recall that failed is repeated at the next call. */
export function createRecall({ peeringStore, annotations, live }: RecallDeps): RecallPeerings {
  const recalled = new Map<string, Promise<void>>()

  async function recall(projectId: string): Promise<void> {
    const peerings = await peeringStore.load(projectId)
    await annotations.refresh(
      projectId,
      peerings.map(({ id }) => id),
    )
    for (const { id, peer, raw, history, beginSeen, firstSeenAt } of peerings) {
      if (live.find(projectId, id) !== null) continue
      const begin = { history, beginSeen, firstSeenAt: toInstant(firstSeenAt) }
      const leftAvailableAt = findLeftAvailableAt(history)
      live.putPeering(
        addTimes({
          projectId,
          id,
          peer,
          raw,
          ...begin,
          leftAvailableAt,
          ...annotations.of(projectId, id),
        }),
      )
    }
  }

  return (projectId) => {
    const known = recalled.get(projectId)
    if (known !== undefined) return known
    const recalling = recall(projectId).catch((error: unknown) => {
      recalled.delete(projectId)
      throw error
    })
    recalled.set(projectId, recalling)
    return recalling
  }
}
