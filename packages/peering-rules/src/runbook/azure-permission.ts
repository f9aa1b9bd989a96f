import type { AzurePeer } from "@peering-desk/shared-schemas"
import { fillIn } from "./runbook-step.ts"

/** The application under which Atlas peers in a customer's Azure subscription (Atlas: Set Up a Network Peering Connection, Azure). */
export const atlasAzureApplicationId = "e90a1407-55c3-432d-9cb1-3638900a9d22"

/** The ids that name a network on Azure. */
export type AzureNetwork = Pick<
  AzurePeer,
  "azureDirectoryId" | "azureSubscriptionId" | "resourceGroupName" | "vnetName"
>

const networkActions = "Microsoft.Network/virtualNetworks"
const roleActions = [
  `${networkActions}/virtualNetworkPeerings/read`,
  `${networkActions}/virtualNetworkPeerings/write`,
  `${networkActions}/virtualNetworkPeerings/delete`,
  `${networkActions}/peer/action`,
]

/** Returns the VNet's resource id, which the role has to cover. */
export function toVnetScope({ azureSubscriptionId, resourceGroupName, vnetName }: AzureNetwork): string {
  return `/subscriptions/${fillIn(azureSubscriptionId)}/resourceGroups/${fillIn(resourceGroupName)}/providers/${networkActions}/${fillIn(vnetName)}`
}

/** Returns the role that lets Atlas peer with this one VNet, as `az role definition create` takes it. */
export function toAtlasRole(network: AzureNetwork) {
  const scope = toVnetScope(network)
  return {
    Name: `AtlasPeering/${fillIn(network.azureSubscriptionId)}/${fillIn(network.resourceGroupName)}/${fillIn(network.vnetName)}`,
    IsCustom: true,
    Description: `Lets MongoDB Atlas peer with ${scope}`,
    Actions: roleActions,
    NotActions: [],
    AssignableScopes: [scope],
  }
}
