/** The field that names the network within its account, project or resource group. */
export const networkFields = { AWS: "vpcId", GCP: "networkName", AZURE: "vnetName" } as const
