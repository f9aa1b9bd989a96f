import { listNetworkPeerings } from "#world/customer-networks.ts"
import type { World } from "#world/world.ts"
import { buildNetwork } from "./build-network.ts"
import type { CustomerNetwork, NewNetwork } from "./network-schema.ts"

const account = "482913570264"
const otherAccount = "719304826155"
const subscription = "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42"

/** The networks of the demo's connections, and two VPCs without one. */
const demoNetworks: readonly NewNetwork[] = [
  aws(account, "vpc-05c1d9e87b3a2f406", "payments-prod", "us-east-1", "10.0.0.0/16"),
  aws(account, "vpc-078ac381aa90e1e63", "payments-batch", "us-east-1", "10.15.0.0/16"),
  aws(account, "vpc-0c93f7b2d15ea8046", "payments-west", "us-west-2", "10.20.0.0/16"),
  aws(account, "vpc-0e7d6c5b4a3928170", "payments-frankfurt", "eu-central-1", "10.40.0.0/16"),
  aws(account, "vpc-0123fedc4567ba980", "payments-risk", "eu-central-1", "10.42.0.0/16"),
  aws(account, "vpc-0b7e3c9d5a1f48260", "checkout-prod", "us-east-1", "10.90.0.0/16"),
  aws(account, "vpc-0a41c6e8d2b7f9305", "checkout-stage", "us-east-1", "10.91.0.0/16"),
  aws(otherAccount, "vpc-0d2e4f6081a3c5e79", "ledger-prod", "eu-west-1", "10.30.0.0/16"),
  gcp("acme-payments-prod-417203", "payments-vpc", "10.210.0.0/20"),
  gcp("acme-shared-net-208841", "shared-core", "10.212.0.0/20"),
  gcp("acme-analytics-330817", "warehouse", "10.214.0.0/20"),
  azure("rg-payments-network", "vnet-payments-eastus2", "10.110.0.0/16"),
  azure("rg-legacy", "vnet-legacy", "10.120.0.0/16"),
]

/** Builds the customer's networks, of the demo by default. A working connection on AWS has its routes. */
export function seedNetworks(projects: World["projects"], seeds = demoNetworks): CustomerNetwork[] {
  return seeds.map(buildNetwork).map((network) => {
    const peerings = listNetworkPeerings(projects, network).filter(({ peer }) => peer.status === "AVAILABLE")
    if (network.providerName !== "AWS") return network
    const toAtlas = peerings.map(({ id, atlas }) => ({ to: atlas.cidr, target: id }))
    return {
      ...network,
      routeTables: network.routeTables.map((table) => ({ ...table, routes: [...table.routes, ...toAtlas] })),
    }
  })
}

function aws(awsAccountId: string, vpcId: string, name: string, region: string, cidr: string): NewNetwork {
  return { providerName: "AWS", awsAccountId, vpcId, name, region, cidrs: [cidr] }
}

function gcp(gcpProjectId: string, networkName: string, cidr: string): NewNetwork {
  const subnets = [{ name: "apps", region: "us-central1", cidr, secondaryCidrs: [] }]
  return { providerName: "GCP", gcpProjectId, networkName, subnets }
}

function azure(resourceGroupName: string, vnetName: string, cidr: string): NewNetwork {
  const azureDirectoryId = "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21"
  const ids = { azureDirectoryId, azureSubscriptionId: subscription, resourceGroupName, vnetName }
  return { providerName: "AZURE", ...ids, cidrs: [cidr] }
}
