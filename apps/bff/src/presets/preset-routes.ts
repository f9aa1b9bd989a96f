import type { Routes } from "@peering-desk/shared-schemas"
import { toActorName } from "#audit/actor-fields.ts"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { Presets } from "./presets.ts"

const maxPresets = 100

export function createPresetHandlers({ presets }: { presets: Presets }) {
  return {
    presets: {
      get: async ({ params }) => ({ presets: await presets.list(params.projectId) }),
      async post({ request, params: { projectId }, body }) {
        const saved = await presets.list(projectId)
        if (saved.length >= maxPresets && !saved.some(({ name }) => name === body.name)) {
          const fields = { name: `There are ${maxPresets} presets. Delete one first.` }
          throw new AppError("invalid_request", { fields })
        }
        return await presets.keep(projectId, body, toActorName(userOf(request).identity))
      },
    },
    preset: {
      async delete({ params: { projectId, presetId } }) {
        const removed = await presets.remove(projectId, presetId)
        if (!removed) throw new AppError("not_found", { detail: "No such preset." })
      },
    },
  } satisfies ApiHandlers<Routes, "presets" | "preset">
}
