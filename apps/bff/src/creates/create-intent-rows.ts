import type { Kysely } from "kysely"
import type { Tables } from "#store/tables.ts"

/** Which create it is. */
interface IntentName {
  projectId: string
  /** The Idempotency-Key of the form. */
  key: string
}

/** No id of a project has a blank. */
export function toRowKey({ projectId, key }: IntentName): string {
  return `${projectId} ${key}`
}

/** Of some connections those that another create of the project is known to have made. */
export function selectMadeByOthers(db: Kysely<Tables>, intent: IntentName, peeringIds: readonly string[]) {
  return db
    .selectFrom("create_intent as other")
    .select("other.peering_id")
    .where("other.project_id", "=", intent.projectId)
    .where("other.key", "!=", toRowKey(intent))
    .where("other.state", "=", "created")
    .where("other.peering_id", "in", peeringIds)
}
