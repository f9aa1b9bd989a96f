import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { createContainer } from "./create-container.ts"
import { deleteContainer, type DeleteContainerDeps } from "./delete-container.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import { toRequester } from "./requester.ts"

interface ContainerDeps extends DeleteContainerDeps {
  projectCache: ProjectCache
}

export function createContainerHandlers(deps: ContainerDeps) {
  return {
    containers: {
      get: async ({ params }) => ({
        containers: await deps.projectCache.of(params.projectId).containers.show(shownMaxAgeMs),
      }),
      post: ({ request, params, body: { container, reason } }) =>
        createContainer(deps, toRequester(request, params.projectId, reason), container),
    },
    container: {
      async delete({
        request,
        params: { projectId, containerId },
        query: { providerName },
        body: { reason },
      }) {
        await deleteContainer(deps, toRequester(request, projectId, reason), { providerName, containerId })
      },
    },
  } satisfies ApiHandlers<Routes, "containers" | "container">
}
