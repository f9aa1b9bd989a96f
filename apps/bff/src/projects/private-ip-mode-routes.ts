import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { changeProject, type ChangeProjectDeps } from "./change-project.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface PrivateIpModeDeps extends ChangeProjectDeps {
  projectCache: ProjectCache
}

export function createPrivateIpModeHandlers(deps: PrivateIpModeDeps) {
  return {
    privateIpMode: {
      get: ({ params }) => deps.projectCache.of(params.projectId).privateIpMode.show(shownMaxAgeMs),
      patch({ request, response, params: { projectId }, body: { enabled, reason } }) {
        const asked = { request, response, projectId, reason, plan: { enabled } }
        return changeProject(deps, deps.projectChanges["private-ip-mode-change"], asked)
      },
    },
  } satisfies ApiHandlers<Routes, "privateIpMode">
}
