import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { Tables } from "#store/tables.ts"
import type { StoredChange } from "./stored-change.ts"

/**
 * Refuses a second change of a connection while the first is on its way: Atlas could carry them out in any order. A deletion passes
 * another one. A change whose answer was lost holds nobody up: it is looked up, and may be called unclear then.
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
    .where("change.state", "=", "sent")
    .executeTakeFirst()
  if (first === undefined) return
  const what = first.kind === "peering-change" ? "edit" : "deletion"
  const at = `${toInstant(first.created_at).slice(11, 16)} UTC`
  throw new AppError("change_open", {
    detail: `${first.actor_name ?? "Somebody"}'s ${what} of this connection, asked for at ${at}, is on its way to Atlas. Nothing was sent.`,
  })
}
