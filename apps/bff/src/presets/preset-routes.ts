import { randomUUID } from "node:crypto"
import { escapeInvisible, type PeeringDraft, type Preset, type Routes } from "@peering-desk/shared-schemas"
import type { Kysely, Selectable } from "kysely"
import { toActorName } from "#audit/actor-fields.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { Store } from "#store/store.ts"
import type { PresetTable, Tables } from "#store/tables.ts"

const maxPresets = 100

interface PresetDeps {
  audit: Pick<AuditLog, "recordChange" | "recordChanges">
  store: Store
  clock: Clock
}

/** Half-filled forms of a project, in the table `preset`. */
export function createPresetHandlers({ audit, store, clock }: PresetDeps) {
  async function list(projectId: string, db: Kysely<Tables> = store.db): Promise<Preset[]> {
    const rows = await db.selectFrom("preset").selectAll().where("project_id", "=", projectId).execute()
    return rows.map(toPreset).sort((one, other) => one.name.localeCompare(other.name))
  }

  return {
    presets: {
      get: async ({ params }) => ({ presets: await list(params.projectId) }),
      /** Saves a preset and replaces the project's preset of the same name. */
      async post({ request, params: { projectId }, body: { name, draft, replaces } }) {
        const { providerName } = draft
        return await audit.recordChange(
          { action: "preset-saved", ...toActor(request), projectId, providerName, detail: { name } },
          async (transaction) => {
            const presets = await list(projectId, transaction)
            refuseTooMany(name, presets)
            refuseUnseen(
              presets.find((one) => one.name === name),
              replaces,
            )
            const by = toActorName(userOf(request).identity)
            const saved = { draft: JSON.stringify(draft), by_name: by, at: clock.now() }
            const row = await transaction
              .insertInto("preset")
              .values({ id: randomUUID(), project_id: projectId, name, ...saved })
              .onConflict((conflict) => conflict.columns(["project_id", "name"]).doUpdateSet(saved))
              .returningAll()
              .executeTakeFirstOrThrow()
            return toPreset(row)
          },
        )
      },
    },
    preset: {
      async delete({ request, params: { projectId, presetId } }) {
        await audit.recordChanges(async (transaction) => {
          const removed = await transaction
            .deleteFrom("preset")
            .where("project_id", "=", projectId)
            .where("id", "=", presetId)
            .returningAll()
            .executeTakeFirst()
          if (removed === undefined) throw new AppError("not_found", { detail: "No such preset." })
          const { name, by: savedBy, draft } = toPreset(removed)
          const { providerName } = draft
          const detail = { name, savedBy }
          return [{ action: "preset-deleted", ...toActor(request), projectId, providerName, detail }]
        })
      },
    },
  } satisfies ApiHandlers<Routes, "presets" | "preset">
}

/** @throws AppError `invalid_request` when the project has as many presets as it may */
function refuseTooMany(name: string, presets: readonly Preset[]): void {
  if (presets.length < maxPresets || presets.some((one) => one.name === name)) return
  const fields = { name: `There are ${maxPresets} presets. Delete one first.` }
  throw new AppError("invalid_request", { fields })
}

/**
 * @param replaces when the preset was saved that the person saw; null for none
 * @throws AppError `invalid_request` when somebody saved another one since
 */
function refuseUnseen(earlier: Preset | undefined, replaces: string | null | undefined): void {
  if (earlier === undefined || replaces === undefined || earlier.at === replaces) return
  const name = `${earlier.by} has saved a preset of this name. Save again to replace it`
  throw new AppError("invalid_request", { detail: `${name}.`, fields: { name } })
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
