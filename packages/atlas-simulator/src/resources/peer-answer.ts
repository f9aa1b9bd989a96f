import type { ApiVersion } from "./endpoint.ts"
import type { Json } from "./json.ts"
import { toPeerRegion } from "./regions.ts"
import type { Peer, Project } from "#world/world.ts"
import { findContainer } from "#world/world.ts"

const awsErrorMessages: Record<string, string> = {
  REJECTED: "The VPC peering connection request was rejected.",
  EXPIRED: "The VPC peering connection request expired before it was accepted.",
  INVALID_ARGUMENT: "The VPC, its account or its region do not match.",
}

/** Writes a peer as the API shows it. v1.0 leaves `providerName` out in every sample known; v2 has it. */
export function toPeerJson(project: Project, peer: Peer, version: ApiVersion): Json {
  const { target, id, containerId, status, failure } = peer
  const providerName = version === "v2" ? target.providerName : undefined
  switch (target.providerName) {
    case "AWS": {
      const region = findContainer(project, "AWS", containerId)?.region ?? ""
      return {
        accepterRegionName:
          toPeerRegion(region) === target.accepterRegionName ? null : target.accepterRegionName,
        awsAccountId: target.awsAccountId,
        connectionId: peer.connectionId,
        containerId,
        errorStateName: failure,
        errorMessage: version === "v2" && failure !== null ? awsErrorMessages[failure] : undefined,
        id,
        providerName,
        routeTableCidrBlock: target.routeTableCidrBlock,
        statusName: status,
        vpcId: target.vpcId,
      }
    }
    case "GCP":
      return {
        containerId,
        errorMessage: failure ?? undefined,
        gcpProjectId: target.gcpProjectId,
        id,
        networkName: target.networkName,
        providerName,
        status,
      }
    case "AZURE":
      return {
        azureDirectoryId: target.azureDirectoryId,
        azureSubscriptionId: target.azureSubscriptionId,
        containerId,
        errorState: failure,
        id,
        providerName,
        resourceGroupName: target.resourceGroupName,
        // The older API's status table does not know DELETION_FAILED.
        status: version === "v1.0" && status === "DELETION_FAILED" ? "FAILED" : status,
        vnetName: target.vnetName,
      }
  }
}
