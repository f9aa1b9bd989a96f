import type { CustomDns, Routes } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import { toRequester, type Requester } from "./requester.ts"

interface ClusterDeps extends ChangingDeps {
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
  requester: Requester,
  enabled: boolean,
): Promise<CustomDns> {
  const { atlas, changes, customDnsChanged } = deps
  const { projectId } = requester
  const about = { subject: "AWS", peeringId: null, before: await atlas.readAwsCustomDns(projectId) }
  try {
    return await changes.run(createCustomDnsKind(atlas), { ...requester, ...about, plan: { enabled } })
  } finally {
    customDnsChanged(projectId)
  }
}

export function createCustomDnsKind(
  atlas: Pick<AtlasClient, "changeAwsCustomDns" | "readAwsCustomDns">,
): ChangeKind<CustomDns, CustomDns> {
  return {
    action: "custom-dns-change",
    isDoneByOthers: true,
    send: ({ projectId, plan }) => atlas.changeAwsCustomDns(projectId, plan.enabled),
    async findOut({ projectId, plan }) {
      const now = await atlas.readAwsCustomDns(projectId)
      return now.enabled === plan.enabled ? { is: "done", result: now } : { is: "not-done" }
    },
    toAfter: (setting) => setting,
  }
}
