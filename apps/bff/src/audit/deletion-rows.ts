import { escapeInvisible } from "@peering-desk/shared-schemas"
import type { Store } from "#store/store.ts"
import { readAuditRows, readFields, type StoredAuditRow } from "#audit/chain/audit-rows.ts"
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
    const rows = await readAuditRows(store, store.db, (query) =>
      query
        .where("peering_id", "in", goneIds.slice(from, from + idsPerStatement))
        .where("project_id", "=", projectId)
        .where("action", "=", "peering-delete")
        .orderBy("sequence"),
    )
    const unsuccessful = new Set(rows.flatMap((row) => (isUnsuccessful(row) ? [row.attempt_sequence] : [])))
    for (const row of rows) {
      const { sequence, kind, peering_id: id, actor_name: name, reason, at } = row
      const mayHaveDeleted = kind === "attempt" && !unsuccessful.has(sequence)
      if (id !== null && mayHaveDeleted && !deletions.has(id))
        deletions.set(
          id,
          escapeInvisible({
            name: readActorName(name ?? "", readFields(row.detail)),
            reason: reason ?? "",
            at,
          }),
        )
    }
  }
  return deletions
}

function isUnsuccessful({ outcome }: StoredAuditRow): boolean {
  return outcome === "refused" || outcome === "failed"
}
