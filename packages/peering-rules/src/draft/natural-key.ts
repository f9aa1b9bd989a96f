import type { AtlasPeer, PeeringRequest } from "@peering-desk/shared-schemas"

/** The ids that name a network on its cloud; every request has them. */
export type NetworkKey =
  | { providerName: "AWS"; awsAccountId: string; vpcId: string }
  | { providerName: "GCP"; gcpProjectId: string; networkName: string }
  | { providerName: "AZURE"; azureSubscriptionId: string; resourceGroupName: string; vnetName: string }

/** The fields of a request that name its network. */
export const keyFields = {
  AWS: ["awsAccountId", "vpcId"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureSubscriptionId", "resourceGroupName", "vnetName"],
} as const

/**
 * Tells if a listed peering, or another request, is the one a request asked for. Atlas allows one peering per pair of networks
 * (PEER_ALREADY_EXISTS and similar), so this finds the result of a create whose answer was lost.
 */
export function isSamePeering(request: PeeringRequest, peer: AtlasPeer | PeeringRequest): boolean {
  return request.containerId === peer.containerId && isSameNetwork(request, peer)
}

/** Returns the ids of a peering's network; null when Atlas does not name them all. */
export function toNetworkKey(peer: AtlasPeer): NetworkKey | null {
  return toNetworkName(peer) === null ? null : (peer as NetworkKey)
}

/** Peerings are compared again with each draft. */
const knownNames = new WeakMap<object, string | null>()

/** Tells if a peering, from any container, is with this network. */
export function isSameNetwork(network: NetworkKey, peer: AtlasPeer | NetworkKey): boolean {
  return toNetworkName(network) === toNetworkName(peer)
}

/**
 * Returns one text that only this network has. Azure ignores the case of names; AWS and GCP names have one case only. Null for a peering
 * of which Atlas does not name the network.
 */
export function toNetworkName(network: NetworkKey | AtlasPeer): string | null {
  let known = knownNames.get(network)
  if (known === undefined) {
    const of: Readonly<Record<string, unknown>> = network
    const names = keyFields[network.providerName].map((name) => of[name])
    known = names.every((name) => typeof name === "string")
      ? [network.providerName, ...names].join("\n").toLowerCase()
      : null
    knownNames.set(network, known)
  }
  return known
}
