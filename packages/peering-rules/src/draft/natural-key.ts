import type { AtlasPeer, PeeringRequest } from "@peering-desk/shared-schemas"

/** What names a network on its cloud; every request has it. */
export type NetworkKey =
  | { providerName: "AWS"; awsAccountId: string; vpcId: string }
  | { providerName: "GCP"; gcpProjectId: string; networkName: string }
  | { providerName: "AZURE"; azureSubscriptionId: string; resourceGroupName: string; vnetName: string }

/**
 * Whether a listed connection is what a request asked for. Atlas allows one connection per pair of networks
 * (PEER_ALREADY_EXISTS and kin), so this finds the result of a create whose answer was lost.
 */
export function isSamePeering(request: PeeringRequest, peer: AtlasPeer): boolean {
  return request.containerId === peer.containerId && isSameNetwork(request, peer)
}

/**
 * Whether a connection, from whichever container, is with this network.
 * Azure compares names without regard to case; AWS and GCP names have one case only.
 */
export function isSameNetwork(network: NetworkKey, peer: AtlasPeer): boolean {
  switch (network.providerName) {
    case "AWS":
      return (
        peer.providerName === "AWS" &&
        same(network.awsAccountId, peer.awsAccountId) &&
        same(network.vpcId, peer.vpcId)
      )
    case "GCP":
      return (
        peer.providerName === "GCP" &&
        same(network.gcpProjectId, peer.gcpProjectId) &&
        same(network.networkName, peer.networkName)
      )
    case "AZURE":
      return (
        peer.providerName === "AZURE" &&
        same(network.azureSubscriptionId, peer.azureSubscriptionId) &&
        same(network.resourceGroupName, peer.resourceGroupName) &&
        same(network.vnetName, peer.vnetName)
      )
  }
}

function same(asked: string, found: string | null | undefined): boolean {
  return asked.toLowerCase() === found?.toLowerCase()
}
