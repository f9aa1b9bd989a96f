import type { NetworkFacts } from "@peering-desk/shared-schemas"

/** Lists the fields of a request that a network's facts fill: its ids, and the CIDR of a VPC that has only one. */
export function listNetworkFields(facts: NetworkFacts): Record<string, string> {
  const { providerName, account, directory, resourceGroup, network, region, addresses } = facts
  const [block, ...others] = addresses?.value ?? []
  const ids = {
    AWS: {
      awsAccountId: account?.value,
      vpcId: network?.value,
      accepterRegionName: region?.value,
      routeTableCidrBlock: others.length === 0 ? block : undefined,
    },
    GCP: { gcpProjectId: account?.value, networkName: network?.value },
    AZURE: {
      azureDirectoryId: directory?.value,
      azureSubscriptionId: account?.value,
      resourceGroupName: resourceGroup?.value,
      vnetName: network?.value,
    },
  }[providerName]
  return Object.fromEntries(Object.entries(ids).flatMap(([name, id]) => (id ? [[name, id]] : [])))
}
