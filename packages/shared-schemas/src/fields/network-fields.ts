import type { FactName } from "#clouds/network-facts.ts"
import type { ProviderName } from "#clouds/provider.ts"

/** The field that names the network within its account, project or resource group. */
export const networkFields = { AWS: "vpcId", GCP: "networkName", AZURE: "vnetName" } as const

/** The fields that together name a network. The id of a VPC is unique by itself, so a mistyped account hides nothing of it. */
export const namingFields: Readonly<Record<ProviderName, readonly string[]>> = {
  AWS: ["vpcId"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureSubscriptionId", "resourceGroupName", "vnetName"],
}

type IdName = Extract<FactName, "account" | "directory" | "resourceGroup" | "network" | "region">

/** The fields whose values facts of a network have, each with its aspect. */
export const factsOfFields: Readonly<Record<ProviderName, Readonly<Record<string, IdName>>>> = {
  AWS: { awsAccountId: "account", vpcId: "network", accepterRegionName: "region" },
  GCP: { gcpProjectId: "account", networkName: "network" },
  AZURE: {
    azureDirectoryId: "directory",
    azureSubscriptionId: "account",
    resourceGroupName: "resourceGroup",
    vnetName: "network",
  },
}
