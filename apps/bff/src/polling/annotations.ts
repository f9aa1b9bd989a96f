import type { Peering } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { showStep, step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { touchPeering } from "./peering-writer.ts"

type PeeringId = Pick<Peering, "projectId" | "id">

/** The name of the writer, and the time in milliseconds since 1970. */
interface Written {
  by: string
  at: number
}

/** Writes the label of a peering, which its pages show; an empty one removes it. Resolves when it shows. */
export async function setLabel(
  store: Store,
  peering: PeeringId,
  label: string,
  written: Written,
): Promise<void> {
  await step(store, ({ transaction }) => writeLabel(transaction, peering, label, written))
}

/** Writes a label within a step of the database. */
export async function writeLabel(
  transaction: Transaction<Tables>,
  peering: PeeringId,
  label: string,
  { by, at }: Written,
): Promise<void> {
  const key = { project_id: peering.projectId, peering_id: peering.id }
  const written = { label, by_name: by, at }
  await (
    label === ""
      ? transaction.deleteFrom("peering_label").where((eb) => eb.and(key))
      : transaction
          .insertInto("peering_label")
          .values({ ...key, ...written })
          .onConflict((conflict) => conflict.columns(["project_id", "peering_id"]).doUpdateSet(written))
  ).execute()
  await touchPeering(transaction, peering)
}

/** Many times the steps of a runbook, and the subnets and groups that an application uses. */
const mostMarks = 200

/**
 * Marks a step as done, within a step of the database, or with null no longer; who did it first stays.
 * @returns false if it was so before
 * @throws AppError `invalid_request` when the peering has as many marks as it may
 */
export async function markStep(
  transaction: Transaction<Tables>,
  { projectId, id }: PeeringId,
  stepId: string,
  done: Written | null,
): Promise<boolean> {
  const peering = { project_id: projectId, peering_id: id }
  const key = { ...peering, step_id: stepId }
  if (done !== null) {
    const { count } = await transaction
      .selectFrom("peering_step")
      .select(({ fn }) => fn.countAll<number | string>().as("count"))
      .where((eb) => eb.and(peering))
      .where("step_id", "!=", stepId)
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostMarks)
      throw new AppError("invalid_request", { fields: { stepId: `There are ${mostMarks} marks already` } })
  }
  const rows = await (
    done === null
      ? transaction
          .deleteFrom("peering_step")
          .where((eb) => eb.and(key))
          .returning("step_id")
      : transaction
          .insertInto("peering_step")
          .values({ ...key, by_name: done.by, at: done.at })
          .onConflict((conflict) => conflict.doNothing())
          .returning("step_id")
  ).execute()
  // Also where another process did it, which this one may not have read.
  showStep(transaction)
  if (rows.length > 0) await touchPeering(transaction, { projectId, id })
  return rows.length > 0
}
