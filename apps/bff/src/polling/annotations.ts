import type { Peering } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
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

/**
 * Marks a step as done, within a step of the database, or with null no longer; who did it first stays.
 * @returns false if it was so before
 */
export async function markStep(
  transaction: Transaction<Tables>,
  { projectId, id }: PeeringId,
  stepId: string,
  done: Written | null,
): Promise<boolean> {
  const key = { project_id: projectId, peering_id: id, step_id: stepId }
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
