import { escapeInvisible } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import { readData } from "#audit/chain/event-data.ts"
import { readEvents, type StoredEvent } from "#audit/chain/event-rows.ts"
import { readActorName } from "./actor-fields.ts"

/** A deletion that a user requested here. The time is in milliseconds since 1970. */
export interface Deletion {
  name: string
  reason: string
  at: number
}

const idsPerStatement = 500

/**
 * Returns who deleted the peerings of a project that are gone, by peering id. An attempt without an answer counts: its peering is gone.
 */
export async function readDeletions(
  store: Store,
  projectId: string,
  goneIds: readonly string[],
): Promise<Map<string, Deletion>> {
  const deletions = new Map<string, Deletion>()
  for (let from = 0; from < goneIds.length; from += idsPerStatement) {
    const rows = await readEvents(store, store.db, (query) =>
      query
        .where("peering_id", "in", goneIds.slice(from, from + idsPerStatement))
        .where("project_id", "=", projectId)
        .where("kind", "=", "peering-delete")
        .orderBy("number"),
    )
    const unsuccessful = new Set(rows.flatMap((row) => (isUnsuccessful(row) ? [row.attempt] : [])))
    for (const row of rows) {
      const { number, phase, peering_id: id, actor_name: name, at } = row
      const mayHaveDeleted = phase === "attempt" && !unsuccessful.has(number)
      if (id === null || !mayHaveDeleted || deletions.has(id)) continue
      const { detail, reason } = readData(row)
      deletions.set(
        id,
        escapeInvisible({ name: readActorName(name ?? "", detail), reason: reason ?? "", at }),
      )
    }
  }
  return deletions
}

function isUnsuccessful({ outcome }: StoredEvent): boolean {
  return outcome === "refused" || outcome === "failed"
}
