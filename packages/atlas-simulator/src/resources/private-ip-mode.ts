import { isDedicated } from "#world/clusters.ts"
import type { Answer, Endpoint, ProjectCall } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { parseEnabled } from "./request-body.ts"

const show = ({ project }: ProjectCall): Answer => ({ status: 200, body: { enabled: project.privateIpMode } })

function change(call: ProjectCall): Answer {
  const enabled = parseEnabled(call.body)
  const { project } = call
  if (enabled !== project.privateIpMode) {
    if (project.clusters.some(isDedicated))
      throw new AtlasError("CANNOT_UPDATE_PRIVATE_IP_MODE", [project.id])
    // The newer API calls the operation "disable": the mode is obsolete and can only be left.
    if (enabled && call.version === "v2") {
      throw new AtlasError("UNSUPPORTED_FOR_PRIVATE_IP_MODE", ["it can no longer be enabled"])
    }
    project.privateIpMode = enabled
  }
  return show(call)
}

/** Creates the endpoints of "Connect via Peering Only", an obsolete mode that the documentation still mentions. */
export function createPrivateIpModeEndpoints(): Endpoint[] {
  return buildProjectEndpoints({ javaResource: "ApiAtlasPrivateIpModeResource", limit: "network-peering" }, [
    ["GET", "privateIpMode", "get", show],
    ["PATCH", "privateIpMode", "update", change],
  ])
}
