import type { StepDone } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { Store } from "#store/store.ts"

/** What people wrote to a connection here. */
export interface PeeringNotes {
  label: string | null
  /** By the step's id; left out when there are none. */
  steps?: Record<string, StepDone>
}

interface Of {
  projectId: string
  peeringId: string
}

/** Who wrote it, and when (milliseconds since 1970). */
interface Written {
  by: string
  at: number
}

/** Labels of connections, and the steps that were ticked off. The last word counts. */
export class AnnotationRows {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Of every connection of a project that has any, by the connection's id. */
  async load(projectId: string): Promise<Map<string, PeeringNotes>> {
    const { db } = this.#store
    const labels = await db
      .selectFrom("peering_label")
      .select(["peering_id", "label"])
      .where("project_id", "=", projectId)
      .execute()
    const steps = await db
      .selectFrom("peering_step")
      .selectAll()
      .where("project_id", "=", projectId)
      .orderBy("step_id")
      .execute()
    const notes = new Map<string, PeeringNotes>(labels.map(({ peering_id: id, label }) => [id, { label }]))
    for (const { peering_id: id, step_id: stepId, by_name: by, at } of steps) {
      const known = notes.get(id) ?? { label: null }
      notes.set(id, { ...known, steps: { ...known.steps, [stepId]: { by, at: toInstant(at) } } })
    }
    return notes
  }

  /** An empty label is none. */
  async setLabel({ projectId, peeringId }: Of, label: string, { by, at }: Written): Promise<void> {
    const { db } = this.#store
    if (label === "") {
      await db
        .deleteFrom("peering_label")
        .where("project_id", "=", projectId)
        .where("peering_id", "=", peeringId)
        .execute()
      return
    }
    const row = { project_id: projectId, peering_id: peeringId, label, by_name: by, at }
    await db
      .insertInto("peering_label")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["project_id", "peering_id"]).doUpdateSet({ label, by_name: by, at }),
      )
      .execute()
  }

  /** Of a step that is done already, who was first stays. */
  async tick({ projectId, peeringId }: Of, stepId: string, { by, at }: Written): Promise<void> {
    await this.#store.db
      .insertInto("peering_step")
      .values({ project_id: projectId, peering_id: peeringId, step_id: stepId, by_name: by, at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  async untick({ projectId, peeringId }: Of, stepId: string): Promise<void> {
    await this.#store.db
      .deleteFrom("peering_step")
      .where("project_id", "=", projectId)
      .where("peering_id", "=", peeringId)
      .where("step_id", "=", stepId)
      .execute()
  }
}
