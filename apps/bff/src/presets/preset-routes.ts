import { KeepPreset, type PresetList } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseProjectId } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { Presets } from "./presets.ts"

/** More than anybody finds their way among. */
const mostPresets = 100

interface PresetParts {
  presets: Presets
  guards: Pick<RoleGuards, "require">
}

/** `/api/projects/{projectId}/presets`. Whoever gets here may view the project; keeping and deleting need a requester. */
export function createPresetRouter({ presets, guards }: PresetParts): Router {
  const router = Router({ mergeParams: true })
  router
    .route("/")
    .get(async (request, response) => {
      response.json({ presets: await presets.list(parseProjectId(request)) } satisfies PresetList)
    })
    .post(guards.require("create"), readJsonBody, async (request, response) => {
      const projectId = parseProjectId(request)
      const wanted = parseBody(request, KeepPreset)
      const there = await presets.list(projectId)
      if (there.length >= mostPresets && !there.some(({ name }) => name === wanted.name)) {
        const fields = { name: `There are ${mostPresets} presets; delete one first` }
        throw new AppError("invalid_request", { fields })
      }
      response.json(await presets.keep(projectId, wanted, userOf(request).identity.name))
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  router
    .route("/:presetId")
    .delete(guards.require("create"), async (request: Request, response) => {
      const removed = await presets.remove(parseProjectId(request), String(request.params["presetId"]))
      if (!removed) throw new AppError("not_found", { detail: "There is no such preset any more." })
      response.status(204).end()
    })
    .all(allowOnly("DELETE"))
  return router
}
