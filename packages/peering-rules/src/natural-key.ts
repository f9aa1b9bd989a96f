import type { AtlasPeer, PeeringRequest } from "@peering-desk/shared-schemas"

/**
 * Whether a listed connection is what a request asked for. Atlas allows one connection per pair of networks
 * (PEER_ALREADY_EXISTS and kin), so this finds the result of a create whose answer was lost.
 * Azure compares names without regard to case; AWS and GCP names have one case only.
 */
export function isSamePeering(request: PeeringRequest, peer: AtlasPeer): boolean {
  if (request.containerId !== peer.containerId) return false
  switch (request.providerName) {
    case "AWS":
      return (
        peer.providerName === "AWS" &&
        same(request.awsAccountId, peer.awsAccountId) &&
        same(request.vpcId, peer.vpcId)
      )
    case "GCP":
      return (
        peer.providerName === "GCP" &&
        same(request.gcpProjectId, peer.gcpProjectId) &&
        same(request.networkName, peer.networkName)
      )
    case "AZURE":
      return (
        peer.providerName === "AZURE" &&
        same(request.azureSubscriptionId, peer.azureSubscriptionId) &&
        same(request.resourceGroupName, peer.resourceGroupName) &&
        same(request.vnetName, peer.vnetName)
      )
  }
}

function same(asked: string, found: string | null | undefined): boolean {
  return asked.toLowerCase() === found?.toLowerCase()
}
