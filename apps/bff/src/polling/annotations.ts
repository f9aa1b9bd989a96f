import type { Peering } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { LiveView } from "./live-view.ts"
import type { PeeringWriter } from "./peering-writer.ts"

interface AnnotationsDeps {
  store: Store
  peeringWriter: PeeringWriter
  view: LiveView
}

type PeeringId = Pick<Peering, "projectId" | "id">

/** The name of the writer, and the time in milliseconds since 1970. */
interface Written {
  by: string
  at: number
}

/** Writes the labels and marked steps of peerings, which their pages show. */
export class Annotations {
  readonly #deps: AnnotationsDeps

  constructor(deps: AnnotationsDeps) {
    this.#deps = deps
  }

  /** Writes a label; an empty one removes it. Resolves when it shows. */
  async setLabel(peering: PeeringId, label: string, { by, at }: Written): Promise<void> {
    const { peeringWriter, store, view } = this.#deps
    const key = { project_id: peering.projectId, peering_id: peering.id }
    const written = { label, by_name: by, at }
    await step(store, async ({ transaction }) => {
      await (
        label === ""
          ? transaction.deleteFrom("peering_label").where((eb) => eb.and(key))
          : transaction
              .insertInto("peering_label")
              .values({ ...key, ...written })
              .onConflict((conflict) => conflict.columns(["project_id", "peering_id"]).doUpdateSet(written))
      ).execute()
      await peeringWriter.touch(transaction, peering)
    })
    await view.catchUp()
  }

  /** Marks a step as done, within a step of the database; who did it first stays. Returns false if it was marked before. */
  async tick(
    transaction: Transaction<Tables>,
    peering: PeeringId,
    stepId: string,
    { by, at }: Written,
  ): Promise<boolean> {
    const inserted = await transaction
      .insertInto("peering_step")
      .values({ ...toStepKey(peering, stepId), by_name: by, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) return false
    await this.#deps.peeringWriter.touch(transaction, peering)
    return true
  }

  /** Undoes that. Returns false if it was not marked. */
  async untick(transaction: Transaction<Tables>, peering: PeeringId, stepId: string): Promise<boolean> {
    const deleted = await transaction
      .deleteFrom("peering_step")
      .where((eb) => eb.and(toStepKey(peering, stepId)))
      .executeTakeFirst()
    if (deleted.numDeletedRows !== 1n) return false
    await this.#deps.peeringWriter.touch(transaction, peering)
    return true
  }
}

function toStepKey({ projectId, id }: PeeringId, stepId: string) {
  return { project_id: projectId, peering_id: id, step_id: stepId }
}
