import { atlasAzureApplicationId, toVnetScope } from "#runbook/azure-permission.ts"
import { compact } from "#formats/compact.ts"
import { formatShellOption } from "#formats/shell.ts"

type Asked = Readonly<Record<string, string>>

/** What is kept of a VNet: a subnet names each of its machines, which would be megabytes. */
const vnetQuery = [
  "{id:id,name:name,location:location,addressSpace:addressSpace,",
  "subnets:subnets[].{id:id,name:name,addressPrefix:addressPrefix,addressPrefixes:addressPrefixes,",
  "routeTable:routeTable,networkSecurityGroup:networkSecurityGroup},",
  "virtualNetworkPeerings:virtualNetworkPeerings[].{id:id,name:name,peeringState:peeringState,",
  "peeringSyncLevel:peeringSyncLevel,remoteVirtualNetwork:remoteVirtualNetwork,",
  "allowVirtualNetworkAccess:allowVirtualNetworkAccess,peerCompleteVnets:peerCompleteVnets,",
  "remoteAddressSpace:remoteAddressSpace}}",
].join("")

/** Shows each resource of a kind that the VNet's subnets name. */
const showNamed = (name: string, call: string, kind: string) =>
  String.raw`if [ "$pass" = show ]; then echo "  az network ${call} show, for each one of a subnet"; fi
for id in $(printf '%s\n' "$vnet" | sed -n 's|.*"id": *"\(/subscriptions/[^" ]*/${kind}/[^"/ ]*\)".*|\1|p' | sort -u); do
  ask "${name}:$id" az network ${call} show "--ids=$id" --output=json
done`.split("\n")

/** Lists the calls that describe a VNet, or without its names every VNet of the subscription. */
export function toAzureLookUp(asked: Asked): string[] {
  const { azureDirectoryId, azureSubscriptionId, resourceGroupName: group, vnetName } = asked
  const option = (name: string, value: string | undefined) =>
    value === undefined ? "" : ` ${formatShellOption(`--${name}`, value)}`
  const subscription = option("subscription", azureSubscriptionId)
  const isNamed = group !== undefined && vnetName !== undefined
  const scope =
    isNamed && azureSubscriptionId !== undefined
      ? toVnetScope({
          azureDirectoryId: azureDirectoryId ?? null,
          azureSubscriptionId,
          resourceGroupName: group,
          vnetName,
        })
      : null
  return compact([
    `ask account az account show${subscription} '--query={id:id,tenantId:homeTenantId||tenantId}' --output=json`,
    isNamed
      ? `ask vnet az network vnet show${subscription}${option("resource-group", group)}${option("name", vnetName)}${option("query", vnetQuery)} --output=json`
      : `ask vnet az network vnet list${subscription}${option("resource-group", group)}${option("query", `[].${vnetQuery}`)} --output=json`,
    "vnet=$answer",
    ...showNamed("route-table", "route-table", "routeTables"),
    ...showNamed("nsg", "nsg", "networkSecurityGroups"),
    isNamed &&
      `ask peerings az network vnet peering list${subscription}${option("resource-group", group)}${option("vnet-name", vnetName)} --output=json`,
    scope !== null &&
      `ask roles az role assignment list${subscription} --assignee=${atlasAzureApplicationId}${option("scope", scope)} --include-inherited --output=json`,
  ])
}
