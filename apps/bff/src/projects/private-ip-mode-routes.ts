import type { PrivateIpMode, Routes } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toRequester, type Requester } from "./requester.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface PrivateIpModeDeps extends AuditedDeps {
  atlas: AtlasClient
  projectCache: ProjectCache
  privateIpModeChanged: (projectId: string) => void
}

export function createPrivateIpModeHandlers(deps: PrivateIpModeDeps) {
  return {
    privateIpMode: {
      get: ({ params }) => deps.projectCache.of(params.projectId).privateIpMode.show(shownMaxAgeMs),
      patch: ({ request, params, body: { enabled, reason } }) =>
        changeMode(deps, toRequester(request, params.projectId, reason), enabled),
    },
  } satisfies ApiHandlers<Routes, "privateIpMode">
}

async function changeMode(
  deps: PrivateIpModeDeps,
  { projectId, ...requester }: Requester,
  enabled: boolean,
): Promise<PrivateIpMode> {
  const { atlas, privateIpModeChanged } = deps
  const before = await atlas.readPrivateIpMode(projectId)
  const what = { action: "private-ip-mode-change", peeringId: null, request: { enabled } } as const
  try {
    return await runAudited(
      deps,
      { ...what, before, ...requester, projectId },
      {
        send: () => atlas.changePrivateIpMode(projectId, enabled),
        lookUp: async () => {
          const now = await atlas.readPrivateIpMode(projectId)
          return now.enabled === enabled ? now : null
        },
        toAfter: (mode) => mode,
      },
    )
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw explainRefusal(thrown)
  } finally {
    privateIpModeChanged(projectId)
  }
}

const explanations: ReadonlyMap<string, string> = new Map([
  [
    "CANNOT_UPDATE_PRIVATE_IP_MODE",
    "The mode can change only while the project has no dedicated cluster. Leave it as it is: connections work either way.",
  ],
  ["UNSUPPORTED_FOR_PRIVATE_IP_MODE", "Atlas no longer allows turning the mode on. Peering doesn't need it."],
])

function explainRefusal(failure: AppError): AppError {
  const detail = explanations.get(failure.shown.atlas?.errorCode ?? "")
  return detail === undefined
    ? failure
    : new AppError(failure.code, { ...failure.shown, detail, cause: failure })
}
