import type { AuditAction, FindingKind } from "@peering-desk/shared-schemas"
import type { Kysely } from "kysely"
import { readEvents, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toBatches } from "#base/batches.ts"
import type { Tables } from "#store/tables.ts"

/** Reads the events of some kinds about some peerings of a project, those of each peering oldest first. */
export async function readPeeringActs(
  db: Kysely<Tables>,
  { projectId, peeringIds }: { projectId: string; peeringIds: readonly string[] },
  kinds: readonly (AuditAction | FindingKind)[],
): Promise<StoredEvent[]> {
  const rows: StoredEvent[] = []
  for (const ids of toBatches(peeringIds))
    rows.push(
      ...(await readEvents(db, (query) =>
        query
          .where("peering_id", "in", ids)
          .where("project_id", "=", projectId)
          .where("kind", "in", kinds)
          .orderBy("number"),
      )),
    )
  return rows
}
