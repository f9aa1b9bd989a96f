import { addPeeringEvents } from "#events/peering-events.ts"
import { addObservations, type NewObservation } from "#polling/observation-rows.ts"
import { writeRows, type StoredPeering } from "#polling/peering-rows.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"

const usual = { beginSeen: true, createdBy: null, isAhead: false, gone: null }

export type GivenPeering = Pick<StoredPeering, "projectId" | "providerName" | "id" | "raw"> &
  Partial<StoredPeering>

/** Stores peerings and what was observed of them in one step, as after polls of clouds that are followed. */
export async function storePeerings(
  store: Store,
  peerings: readonly GivenPeering[],
  observations: readonly NewObservation[] = [],
): Promise<void> {
  await step(store, async ({ transaction, head: { version } }) => {
    await writeRows(
      transaction,
      peerings.map((peering) => {
        const { firstSeenAt = 0, updatedAt = firstSeenAt } = peering
        return { ...usual, ...peering, firstSeenAt, updatedAt, version }
      }),
    )
    await addPeeringEvents(transaction, await addObservations(transaction, observations))
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
