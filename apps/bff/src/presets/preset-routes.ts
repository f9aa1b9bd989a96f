import { randomUUID } from "node:crypto"
import { escapeInvisible, type PeeringDraft, type Preset, type Routes } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import { toActorName } from "#audit/actor-fields.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { Store } from "#store/store.ts"
import type { PresetTable } from "#store/tables.ts"

const maxPresets = 100

/** Half-filled forms of a project, in the table `preset`. */
export function createPresetHandlers({ store, clock }: { store: Store; clock: Clock }) {
  async function list(projectId: string): Promise<Preset[]> {
    const rows = await store.db.selectFrom("preset").selectAll().where("project_id", "=", projectId).execute()
    return rows.map(toPreset).sort((one, other) => one.name.localeCompare(other.name))
  }

  return {
    presets: {
      get: async ({ params }) => ({ presets: await list(params.projectId) }),
      /** Saves a preset and replaces the project's preset of the same name. */
      async post({ request, params: { projectId }, body: { name, draft } }) {
        const presets = await list(projectId)
        if (presets.length >= maxPresets && !presets.some((one) => one.name === name)) {
          const fields = { name: `There are ${maxPresets} presets. Delete one first.` }
          throw new AppError("invalid_request", { fields })
        }
        const by = toActorName(userOf(request).identity)
        const saved = { draft: JSON.stringify(draft), by_name: by, at: clock.now() }
        const row = await store.db
          .insertInto("preset")
          .values({ id: randomUUID(), project_id: projectId, name, ...saved })
          .onConflict((conflict) => conflict.columns(["project_id", "name"]).doUpdateSet(saved))
          .returningAll()
          .executeTakeFirstOrThrow()
        return toPreset(row)
      },
    },
    preset: {
      async delete({ params: { projectId, presetId } }) {
        const removed = await store.db
          .deleteFrom("preset")
          .where("project_id", "=", projectId)
          .where("id", "=", presetId)
          .returning("id")
          .executeTakeFirst()
        if (removed === undefined) throw new AppError("not_found", { detail: "No such preset." })
      },
    },
  } satisfies ApiHandlers<Routes, "presets" | "preset">
}

function toPreset({ id, name, draft, by_name: by, at }: Selectable<PresetTable>): Preset {
  return {
    id,
    name: escapeInvisible(name),
    draft: JSON.parse(draft) as PeeringDraft,
    by,
    at: toInstant(at),
  }
}
