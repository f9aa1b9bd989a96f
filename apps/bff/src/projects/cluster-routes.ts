import type { CustomDns, Routes } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import { toRequester, type Requester } from "./requester.ts"

interface ClusterDeps extends AuditedDeps {
  atlas: AtlasClient
  projectCache: ProjectCache
  /** Custom DNS adds or removes connection strings. */
  customDnsChanged: (projectId: string) => void
}

/** Handles what decides how applications reach a cluster: its connection strings and the project's custom DNS. */
export function createClusterHandlers(deps: ClusterDeps) {
  const { projectCache } = deps
  return {
    clusters: {
      get: async ({ params }) => ({
        clusters: await projectCache.of(params.projectId).clusters.show(shownMaxAgeMs),
      }),
    },
    customDns: {
      get: ({ params }) => projectCache.of(params.projectId).customDns.show(shownMaxAgeMs),
      patch: ({ request, params, body: { enabled, reason } }) =>
        changeCustomDns(deps, toRequester(request, params.projectId, reason), enabled),
    },
  } satisfies ApiHandlers<Routes, "clusters" | "customDns">
}

async function changeCustomDns(
  deps: ClusterDeps,
  { projectId, ...requester }: Requester,
  enabled: boolean,
): Promise<CustomDns> {
  const { atlas, customDnsChanged } = deps
  const before = await atlas.readAwsCustomDns(projectId)
  const what = { action: "custom-dns-change", peeringId: null, request: { enabled } } as const
  try {
    return await runAudited(
      deps,
      { ...what, before, ...requester, projectId },
      {
        send: () => atlas.changeAwsCustomDns(projectId, enabled),
        lookUp: async () => {
          const now = await atlas.readAwsCustomDns(projectId)
          return now.enabled === enabled ? now : null
        },
        toAfter: (setting) => setting,
      },
    )
  } finally {
    customDnsChanged(projectId)
  }
}
