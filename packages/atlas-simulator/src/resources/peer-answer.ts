import type { Peer, Project } from "#world/world.ts"
import { findContainer } from "#world/world.ts"
import type { ApiVersion } from "./endpoint.ts"
import type { Json } from "./json.ts"
import { toPeerRegion } from "./regions.ts"

/** Writes a peer as the API shows it. v1.0 leaves `providerName` out in every known sample; v2 has it. */
export function toPeerJson(project: Project, peer: Peer, version: ApiVersion): Json {
  const { id, containerId, status, failure } = peer
  const { providerName, ...target } = peer.target
  const common = { id, containerId, ...target, ...(version === "v2" ? { providerName } : {}) }
  switch (peer.target.providerName) {
    case "AWS":
      return {
        ...common,
        accepterRegionName: toAccepterRegion(project, containerId, peer.target.accepterRegionName),
        connectionId: peer.connectionId,
        errorStateName: failure,
        statusName: status,
      }
    case "GCP":
      return { ...common, errorMessage: failure ?? undefined, status }
    case "AZURE":
      // The older API's status table does not know DELETION_FAILED.
      return {
        ...common,
        errorState: failure,
        status: version === "v1.0" && status === "DELETION_FAILED" ? "FAILED" : status,
      }
  }
}

/** Returns a VPC's region as the API shows it: null for the region of the container. */
function toAccepterRegion(project: Project, containerId: string, regionName: string): string | null {
  const region = findContainer(project, "AWS", containerId)?.region ?? ""
  return toPeerRegion(region) === regionName ? null : regionName
}
