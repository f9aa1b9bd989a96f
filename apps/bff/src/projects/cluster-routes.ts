import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { changeProject, type ChangeProjectDeps } from "./change-project.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface ClusterDeps extends ChangeProjectDeps {
  projectCache: ProjectCache
}

/** Handles what decides how applications reach a cluster: its connection strings and the project's custom DNS. */
export function createClusterHandlers(deps: ClusterDeps) {
  const { projectCache, projectChanges } = deps
  return {
    clusters: {
      get: async ({ params }) => ({
        clusters: await projectCache.of(params.projectId).clusters.show(shownMaxAgeMs),
      }),
    },
    customDns: {
      get: ({ params }) => projectCache.of(params.projectId).customDns.show(shownMaxAgeMs),
      patch({ request, response, params: { projectId }, body: { enabled, reason } }) {
        const asked = { request, response, projectId, reason, plan: { enabled } }
        return changeProject(deps, projectChanges["custom-dns-change"], asked)
      },
    },
  } satisfies ApiHandlers<Routes, "clusters" | "customDns">
}
