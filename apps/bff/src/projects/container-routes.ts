import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { changeProject, type ChangeProjectDeps } from "./change-project.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface ContainerDeps extends ChangeProjectDeps {
  projectCache: ProjectCache
}

export function createContainerHandlers(deps: ContainerDeps) {
  const { projectChanges } = deps
  return {
    containers: {
      get: async ({ params }) => ({
        containers: await deps.projectCache.of(params.projectId).containers.show(shownMaxAgeMs),
      }),
      post: ({ request, response, params: { projectId }, body: { container, reason } }) =>
        changeProject(deps, projectChanges["container-create"], {
          request,
          response,
          projectId,
          reason,
          plan: container,
        }),
    },
    container: {
      async delete({ request, response, params: { projectId, containerId }, query, body: { reason } }) {
        const plan = { providerName: query.providerName, containerId }
        const asked = { request, response, projectId, reason, plan }
        const answer = await changeProject(deps, projectChanges["container-delete"], asked)
        return answer === true ? undefined : answer
      },
    },
  } satisfies ApiHandlers<Routes, "containers" | "container">
}
