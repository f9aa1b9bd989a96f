import { ChangePrivateIpMode, type PrivateIpMode } from "@peering-desk/shared-schemas"
import { Router } from "express"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseProjectId } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toAskedBy, type AskedBy } from "./requester.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface PrivateIpModeParts extends AuditedDeps {
  atlas: AtlasClient
  guards: Pick<RoleGuards, "require">
  projectCache: ProjectCache
  privateIpModeChanged: (projectId: string) => void
}

/** `/api/projects/{projectId}/private-ip-mode`. Whoever gets here may view the project; switching needs an administrator. */
export function createPrivateIpModeRouter(parts: PrivateIpModeParts): Router {
  const router = Router({ mergeParams: true })
  router
    .route("/")
    .get(async (request, response) => {
      const { privateIpMode } = parts.projectCache.of(parseProjectId(request))
      response.json((await privateIpMode.give(shownMaxAgeMs)) satisfies PrivateIpMode)
    })
    .patch(parts.guards.require("administer"), readJsonBody, async (request, response) => {
      const { enabled, reason } = parseBody(request, ChangePrivateIpMode)
      response.json(await changeMode(parts, toAskedBy(request, parseProjectId(request), reason), enabled))
    })
    .all(allowOnly("GET", "HEAD", "PATCH"))
  return router
}

async function changeMode(
  parts: PrivateIpModeParts,
  { projectId, ...askedBy }: AskedBy,
  enabled: boolean,
): Promise<PrivateIpMode> {
  const { atlas, privateIpModeChanged } = parts
  const before = await atlas.readPrivateIpMode(projectId)
  const what = { action: "private-ip-mode-change", peeringId: null, request: { enabled } } as const
  try {
    return await runAudited(
      parts,
      { ...what, before, ...askedBy, projectId },
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
    "Atlas switches the mode only while a project has no dedicated cluster. Nothing is lost by leaving it: connections work either way.",
  ],
  [
    "UNSUPPORTED_FOR_PRIVATE_IP_MODE",
    "Atlas lets the mode be switched off and not on any more. No cloud needs it for peering.",
  ],
])

function explainRefusal(failure: AppError): AppError {
  const detail = explanations.get(failure.shown.atlas?.errorCode ?? "")
  return detail === undefined
    ? failure
    : new AppError(failure.code, { ...failure.shown, detail, cause: failure })
}
