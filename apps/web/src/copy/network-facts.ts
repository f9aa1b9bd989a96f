import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { formatAccount } from "./peerings.ts"

/** What names a network, in its cloud's words; `shown` is how people write the value, and null is for one that Atlas did not give. */
export interface NetworkFact {
  label: string
  value: string | null
  shown?: string
}

const toFact = (label: string, value: string | null | undefined): NetworkFact => ({
  label,
  value: value || null,
})

/** Lists what names the person's own network. */
export function listOwnFacts(peer: AtlasPeer): NetworkFact[] {
  switch (peer.providerName) {
    case "AWS":
      return [
        toFact("VPC", peer.vpcId),
        {
          ...toFact("Account", peer.awsAccountId),
          ...(peer.awsAccountId && { shown: formatAccount(peer.awsAccountId) }),
        },
        toFact("CIDR", peer.routeTableCidrBlock),
      ]
    case "GCP":
      return [toFact("Network", peer.networkName), toFact("Project", peer.gcpProjectId)]
    case "AZURE":
      return [
        toFact("VNet", peer.vnetName),
        toFact("Group", peer.resourceGroupName),
        toFact("Subscription", peer.azureSubscriptionId),
      ]
  }
}

/** Lists what names the network that Atlas makes for a container. */
export function listAtlasFacts({ providerName }: AtlasPeer, container: Container | null): NetworkFact[] {
  switch (providerName) {
    case "AWS":
      return [toFact("VPC", container?.providerName === "AWS" ? container.vpcId : null)]
    case "GCP": {
      const ofGcp = container?.providerName === "GCP" ? container : null
      return [toFact("Network", ofGcp?.networkName), toFact("Project", ofGcp?.gcpProjectId)]
    }
    case "AZURE":
      return [toFact("VNet", container?.providerName === "AZURE" ? container.vnetName : null)]
  }
}
