import type { PrivateIpMode, Routes } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toRequester, type Requester } from "./requester.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface PrivateIpModeDeps extends ChangingDeps {
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
  requester: Requester,
  enabled: boolean,
): Promise<PrivateIpMode> {
  const { atlas, changes, privateIpModeChanged } = deps
  const { projectId } = requester
  const about = { subject: "mode", peeringId: null, before: await atlas.readPrivateIpMode(projectId) }
  try {
    return await changes.run(createPrivateIpModeKind(atlas), { ...requester, ...about, plan: { enabled } })
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw explainRefusal(thrown)
  } finally {
    privateIpModeChanged(projectId)
  }
}

export function createPrivateIpModeKind(
  atlas: Pick<AtlasClient, "changePrivateIpMode" | "readPrivateIpMode">,
): ChangeKind<PrivateIpMode, PrivateIpMode> {
  return {
    action: "private-ip-mode-change",
    isDoneByOthers: true,
    send: ({ projectId, plan }) => atlas.changePrivateIpMode(projectId, plan.enabled),
    async findOut({ projectId, plan }) {
      const now = await atlas.readPrivateIpMode(projectId)
      return now.enabled === plan.enabled ? { is: "done", result: now } : { is: "not-done" }
    },
    toAfter: (mode) => mode,
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
