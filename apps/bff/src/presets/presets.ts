import { randomUUID } from "node:crypto"
import {
  escapeInvisible,
  type KeepPreset,
  type PeeringDraft,
  type Preset,
} from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { PresetTable } from "#store/tables.ts"

/** The table `preset`: half-filled forms of a project. */
export class Presets {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async list(projectId: string): Promise<Preset[]> {
    const rows = await this.#store.db
      .selectFrom("preset")
      .selectAll()
      .where("project_id", "=", projectId)
      .execute()
    return rows.map(toPreset).sort((a, b) => a.name.localeCompare(b.name))
  }

  /** Saves a preset and replaces one of the same name. */
  async keep(projectId: string, { name, draft }: KeepPreset, by: string): Promise<Preset> {
    const kept = { draft: JSON.stringify(draft), by_name: by, at: this.#clock.now() }
    const row = await this.#store.db
      .insertInto("preset")
      .values({ id: randomUUID(), project_id: projectId, name, ...kept })
      .onConflict((conflict) => conflict.columns(["project_id", "name"]).doUpdateSet(kept))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toPreset(row)
  }

  /** Returns false if there was none. */
  async remove(projectId: string, id: string): Promise<boolean> {
    const row = await this.#store.db
      .deleteFrom("preset")
      .where("project_id", "=", projectId)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }
}

function toPreset(row: Selectable<PresetTable>): Preset {
  return {
    id: row.id,
    name: escapeInvisible(row.name),
    draft: JSON.parse(row.draft) as PeeringDraft,
    by: row.by_name,
    at: toInstant(row.at),
  }
}
