import type { ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import { writeRows, type StoredPeering } from "#polling/peering-rows.ts"
import { PeeringWriter } from "#polling/peering-writer.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"

const usual = { beginSeen: true, createdBy: null, isAhead: false, gone: null }

export type GivenPeering = Pick<StoredPeering, "projectId" | "providerName" | "id" | "raw"> &
  Partial<StoredPeering>

/** Stores peerings as they are after polls of clouds that are followed, without findings. */
export async function storePeerings(store: Store, peerings: readonly GivenPeering[]): Promise<void> {
  await step(store, async ({ transaction, head: { version } }) => {
    await writeRows(
      transaction,
      peerings.map((peering) => {
        const { firstSeenAt = 0, updatedAt = firstSeenAt } = peering
        return { ...usual, firstVersion: version, ...peering, firstSeenAt, updatedAt, version }
      }),
    )
    const clouds = peerings.map(({ projectId, providerName }) => ({
      project_id: projectId,
      provider_name: providerName,
      viewed_until: 0,
      followed: 1,
    }))
    for (let from = 0; from < clouds.length; from += 500)
      await transaction
        .insertInto("polled_cloud")
        .values(clouds.slice(from, from + 500))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
}

/** One peering in the answer to a poll. */
export interface Seen {
  projectId: string
  providerName: ProviderName
  id: string
  at: number
  afterAt: number | null
  /** Null when Atlas does not list it. */
  raw: RawAnswer | null
}

/** Stores what one poll after the other shows. */
export async function pollPeerings(store: Store, ...polls: readonly Seen[]): Promise<void> {
  const writer = new PeeringWriter(store, { readLastPoll: () => Promise.resolve(null) })
  for (const { projectId, providerName, id, at, afterAt, raw } of polls) {
    const listed = new Map(raw === null ? [] : [[id, raw] as const])
    const times = { since: Number.MAX_SAFE_INTEGER, at, afterAt, beginSeen: true }
    const cloud = { projectId, providerName }
    await writer.storeList({ cloud, ...times, listed, byId: new Map() }, [id], null)
  }
}
