import { toNetworkName } from "@peering-desk/peering-rules"
import {
  escapeInvisible,
  type AtlasPeer,
  type NetworkFacts,
  type PeeringRequest,
} from "@peering-desk/shared-schemas"

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

/** Names the network of a connection in its cloud, as in `vpc-0a1b… of AWS account 482913570264`. */
export function nameOwnNetwork(network: Network): string {
  switch (network.providerName) {
    case "AWS":
      return `${show(network.vpcId)} of AWS account ${show(network.awsAccountId)}`
    case "GCP":
      return `${show(network.networkName)} of Google Cloud project ${show(network.gcpProjectId)}`
    case "AZURE":
      return `${show(network.vnetName)} of resource group ${show(network.resourceGroupName)} in subscription ${show(network.azureSubscriptionId)}`
  }
}

/** Names the network that facts are about. */
export function nameNetworkOf(facts: NetworkFacts): string {
  return nameOwnNetwork(toNetwork(facts, null))
}

const show = (name: string | null | undefined) => (name ? escapeInvisible(name) : "(not named)")

function toNetwork({ providerName, ...facts }: NetworkFacts, of: Network | null): AtlasPeer {
  const id = ""
  const [account, network] = [facts.account?.value, facts.network?.value]
  switch (providerName) {
    case "AWS": {
      const known = of?.providerName === "AWS" ? of.awsAccountId : null
      return { id, providerName, vpcId: network, awsAccountId: account ?? known }
    }
    case "GCP":
      return { id, providerName, networkName: network, gcpProjectId: account }
    case "AZURE":
      return {
        id,
        providerName,
        vnetName: network,
        resourceGroupName: facts.resourceGroup?.value,
        azureSubscriptionId: account,
      }
  }
}
