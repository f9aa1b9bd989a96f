import type { RequestField } from "./pasted.ts"

/** The options of `atlas networking peering create`. */
export const optionOfField: Readonly<Partial<Record<RequestField, string>>> = {
  accepterRegionName: "--region",
  awsAccountId: "--accountId",
  routeTableCidrBlock: "--routeTableCidrBlock",
  vpcId: "--vpcId",
  gcpProjectId: "--gcpProjectId",
  networkName: "--network",
  azureDirectoryId: "--directoryId",
  azureSubscriptionId: "--subscriptionId",
  resourceGroupName: "--resourceGroup",
  vnetName: "--vnet",
}
