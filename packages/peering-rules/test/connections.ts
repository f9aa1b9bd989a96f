import type { AwsPeer, AzurePeer, Container, GcpPeer } from "@peering-desk/shared-schemas"

const id = "1a2b3c4d5e6f1a2b3c4d5e01"
const containerId = "507f1f77bcf86cd799439011"

export const aws: AwsPeer = {
  providerName: "AWS",
  id,
  containerId,
  accepterRegionName: "us-west-1",
  awsAccountId: "123456789012",
  connectionId: "pcx-09859d49147799d71",
  routeTableCidrBlock: "10.15.0.0/16",
  statusName: "PENDING_ACCEPTANCE",
  vpcId: "vpc-0c5e7d2b9f1a46083",
}
export const awsContainer: Container = {
  providerName: "AWS",
  id: containerId,
  atlasCidrBlock: "10.8.0.0/21",
  regionName: "US_WEST_1",
}
export const gcp: GcpPeer = {
  providerName: "GCP",
  id,
  containerId,
  gcpProjectId: "shop-prod",
  networkName: "core",
  status: "WAITING_FOR_USER",
}
export const gcpContainer: Container = {
  providerName: "GCP",
  id: containerId,
  atlasCidrBlock: "10.8.0.0/18",
  gcpProjectId: "p-xyz",
  networkName: "nt-abc",
}
export const azure: AzurePeer = {
  providerName: "AZURE",
  id,
  containerId,
  azureDirectoryId: "11111111-2222-3333-4444-555555555555",
  azureSubscriptionId: "66666666-7777-8888-9999-000000000000",
  resourceGroupName: "net",
  vnetName: "hub",
  status: "AVAILABLE",
}
export const azureContainer: Container = {
  providerName: "AZURE",
  id: containerId,
  atlasCidrBlock: "10.8.0.0/21",
  region: "EUROPE_WEST",
}
