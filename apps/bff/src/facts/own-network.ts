import { toNetworkName } from "@peering-desk/peering-rules"
import type { AtlasPeer, NetworkFacts, PeeringRequest } from "@peering-desk/shared-schemas"

/** The network of a connection, or of a request for one. */
type Network = AtlasPeer | PeeringRequest

/**
 * Tells if facts are about the network of a connection. A VPC's id is unique by itself; names of other clouds are not, so facts that don't
 * say whose network it is are about none.
 */
export function isOfNetwork(facts: NetworkFacts, network: Network): boolean {
  const own = toNetworkName(network)
  return own !== null && own === toNetworkName(toNetwork(facts, network))
}

function toNetwork({ providerName, account, network, resourceGroup }: NetworkFacts, of: Network): AtlasPeer {
  const id = ""
  switch (providerName) {
    case "AWS": {
      const known = of.providerName === "AWS" ? of.awsAccountId : null
      return { id, providerName, vpcId: network?.value, awsAccountId: account?.value ?? known }
    }
    case "GCP":
      return { id, providerName, networkName: network?.value, gcpProjectId: account?.value }
    case "AZURE":
      return {
        id,
        providerName,
        vnetName: network?.value,
        resourceGroupName: resourceGroup?.value,
        azureSubscriptionId: account?.value,
      }
  }
}
