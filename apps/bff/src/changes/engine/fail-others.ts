import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import { headOf } from "#store/step.ts"
import type { Tables } from "#store/tables.ts"
import type { ChangeRows } from "./change-rows.ts"
import { toStoredChange, type StoredChange } from "./stored-change.ts"

const why = "Atlas answered that another request made the connection that a lookup had matched to this one."
const result = { outcome: "failed", answerCode: null, after: null, detail: { why } } as const

/**
 * Marks other creates as failed that a look-up matched to a connection, since Atlas's answer says which create made it. This happens when
 * a living server was taken for a dead one and two creates asked for the same networks.
 * @returns their outcomes
 */
export async function failOthers(
  changeRows: ChangeRows,
  transaction: Transaction<Tables>,
  { id, projectId }: Pick<StoredChange, "id" | "projectId">,
  peeringId = "",
) {
  const rows = await transaction
    .selectFrom("change")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("kind", "=", "peering-create")
    .where("peering_id", "=", peeringId)
    .where("state", "=", "done")
    .where("id", "!=", id)
    .execute()
  const others = rows.map((row) => toStoredChange(row, headOf(transaction).at))
  const problem = toProblem(new AppError("outcome_unknown", { detail: why }), "")
  for (const other of others)
    await changeRows.move(transaction, other, { from: ["done"], to: "failed" }, { problem, peeringId: null })
  return others.flatMap(({ attemptSequence }) =>
    attemptSequence === null ? [] : { attemptSequence, result },
  )
}
