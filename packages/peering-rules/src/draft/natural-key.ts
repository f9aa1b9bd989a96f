import type { AtlasPeer, PeeringRequest } from "@peering-desk/shared-schemas"

/** The ids that name a network on its cloud; every request has them. */
export type NetworkKey =
  | { providerName: "AWS"; awsAccountId: string; vpcId: string }
  | { providerName: "GCP"; gcpProjectId: string; networkName: string }
  | { providerName: "AZURE"; azureSubscriptionId: string; resourceGroupName: string; vnetName: string }

const keyFields = {
  AWS: ["awsAccountId", "vpcId"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureSubscriptionId", "resourceGroupName", "vnetName"],
} as const

/**
 * Tells if a listed peering is the one a request asked for. Atlas allows one peering per pair of networks
 * (PEER_ALREADY_EXISTS and similar), so this finds the result of a create whose answer was lost.
 */
export function isSamePeering(request: PeeringRequest, peer: AtlasPeer): boolean {
  return request.containerId === peer.containerId && isSameNetwork(request, peer)
}

/**
 * Tells if a peering, from any container, is with this network.
 * Azure ignores the case of names; AWS and GCP names have one case only.
 */
export function isSameNetwork(network: NetworkKey, peer: AtlasPeer): boolean {
  if (network.providerName !== peer.providerName) return false
  const [wanted, found]: Readonly<Record<string, unknown>>[] = [network, peer]
  return keyFields[network.providerName].every((name) => isSameText(wanted?.[name], found?.[name]))
}

function isSameText(wanted: unknown, found: unknown): boolean {
  return (
    typeof wanted === "string" && typeof found === "string" && wanted.toLowerCase() === found.toLowerCase()
  )
}
