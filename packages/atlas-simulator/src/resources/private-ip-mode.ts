import type { Answer, Endpoint, ProjectCall } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { allowOnly, parseFields } from "./request-body.ts"

function change(call: ProjectCall): Answer {
  const fields = parseFields(call.body)
  allowOnly(fields, ["enabled"], [])
  const { enabled } = fields
  if (enabled === undefined) throw new AtlasError("MISSING_ATTRIBUTE", ["enabled"])
  if (typeof enabled !== "boolean") throw new AtlasError("INVALID_JSON_ATTRIBUTE", ["enabled"])
  const { project } = call
  if (enabled !== project.privateIpMode) {
    if (project.clusterCount > 0) throw new AtlasError("CANNOT_UPDATE_PRIVATE_IP_MODE", [project.id])
    // The newer API calls the operation "disable": the mode is obsolete and only to be left.
    if (enabled && call.version === "v2") {
      throw new AtlasError("UNSUPPORTED_FOR_PRIVATE_IP_MODE", ["it can no longer be enabled"])
    }
    project.privateIpMode = enabled
  }
  return { status: 200, body: { enabled: project.privateIpMode } }
}

/** "Connect via Peering Only" mode, which the documentation still asks for and which peering no longer needs. */
export function createPrivateIpModeEndpoints(): Endpoint[] {
  const common = {
    pattern: "groups/:groupId/privateIpMode",
    scope: "project",
    limit: "network-peering",
  } as const
  const java = (name: string) => `ApiAtlasPrivateIpModeResource::${name}`
  return [
    {
      ...common,
      method: "GET",
      changes: false,
      javaMethod: java("get"),
      handle: (call: ProjectCall) => ({ status: 200, body: { enabled: call.project.privateIpMode } }),
    },
    { ...common, method: "PATCH", changes: true, javaMethod: java("update"), handle: change },
  ]
}
