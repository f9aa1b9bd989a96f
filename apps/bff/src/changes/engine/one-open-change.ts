import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { Tables } from "#store/tables.ts"
import type { StoredChange } from "./stored-change.ts"

/**
 * Refuses a second change of a connection while the first has no outcome: afterwards nobody could tell what became of which. A deletion
 * passes another one, and an edit that is being looked up, since it ends the connection in any case.
 * @throws AppError `change_open`
 */
export async function refuseSecond(
  transaction: Transaction<Tables>,
  { id, kind, projectId, subject }: Pick<StoredChange, "id" | "kind" | "projectId" | "subject">,
): Promise<void> {
  if (kind !== "peering-change" && kind !== "peering-delete") return
  const deletes = kind === "peering-delete"
  const first = await transaction
    .selectFrom("change")
    .leftJoin("event", "event.number", "change.attempt_sequence")
    .select(["change.kind", "change.created_at", "event.actor_name"])
    .where("change.project_id", "=", projectId)
    .where("change.subject", "=", subject)
    .where("change.id", "!=", id)
    .where("change.kind", "in", deletes ? ["peering-change"] : ["peering-change", "peering-delete"])
    .where("change.state", "in", deletes ? ["sent"] : ["sent", "unknown"])
    .executeTakeFirst()
  if (first === undefined) return
  const what = first.kind === "peering-change" ? "edit" : "deletion"
  const at = `${toInstant(first.created_at).slice(11, 16)} UTC`
  throw new AppError("change_open", {
    detail: `${first.actor_name ?? "Somebody"}'s ${what} of this connection, asked for at ${at}, has no outcome yet. It is known within a minute once Atlas answers. Nothing was sent.`,
  })
}
