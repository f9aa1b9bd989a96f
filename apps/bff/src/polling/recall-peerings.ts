import type { Peering } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { Annotations } from "./annotations.ts"
import type { CloudSharing } from "./cloud-sharing.ts"
import type { LiveState } from "./live-state.ts"
import { addTimes, findLeftAvailableAt } from "./observe-peering.ts"
import type { PeeringStore } from "./peering-store.ts"

interface RecallDeps {
  peeringStore: PeeringStore
  annotations: Annotations
  live: LiveState
  sharing: CloudSharing | null
}

/** Puts a project's peerings into the live state as they were last seen. Rejects when the database fails. */
export interface RecallPeerings {
  (projectId: string): Promise<void>
  /** Reads them as they are stored now, after another process wrote. */
  readAgain(projectId: string): Promise<Peering[]>
}

/** Builds a function that recalls each project once. A recall that failed is repeated at the next call. */
export function createRecall({ peeringStore, annotations, live, sharing }: RecallDeps): RecallPeerings {
  const recalled = new Map<string, Promise<void>>()

  async function recall(projectId: string): Promise<void> {
    const endRecall = await sharing?.beginRecall(projectId)
    for (const peering of await readStored({ peeringStore, annotations }, projectId))
      if (live.find(projectId, peering.id) === null) live.putPeering(peering, { isStored: true })
    endRecall?.()
  }

  function recallOnce(projectId: string): Promise<void> {
    const known = recalled.get(projectId)
    if (known !== undefined) return known
    const recalling = recall(projectId).catch((error: unknown) => {
      recalled.delete(projectId)
      throw error
    })
    recalled.set(projectId, recalling)
    return recalling
  }

  return Object.assign(recallOnce, {
    readAgain(projectId: string) {
      annotations.expire(projectId)
      return readStored({ peeringStore, annotations }, projectId)
    },
  })
}

/** Reads the peerings of a project that the last poll listed, as the live state has them. */
async function readStored(
  { peeringStore, annotations }: Pick<RecallDeps, "peeringStore" | "annotations">,
  projectId: string,
): Promise<Peering[]> {
  const peerings = await peeringStore.load(projectId)
  await annotations.refresh(
    projectId,
    peerings.map(({ id }) => id),
  )
  return peerings.map(({ id, peer, raw, history, beginSeen, firstSeenAt }) => {
    const begin = { history, beginSeen, firstSeenAt: toInstant(firstSeenAt) }
    const leftAvailableAt = findLeftAvailableAt(history)
    return addTimes({
      projectId,
      id,
      peer,
      raw,
      ...begin,
      leftAvailableAt,
      ...annotations.of(projectId, id),
    })
  })
}
