// Imports nothing, so a browser can bundle it.

/** Names the project, cluster and container of a scene by the scene's number. */
function toPlace(number: number, name: string, cluster: string, cidr = `172.28.${8 * (number - 1)}.0/21`) {
  const last = `0${number.toString(16)}`
  const container = { id: `64d2f0b18c4e6a5f9b0c2b${last}`, cidr }
  return { projectId: `64d2f0b18c4e6a5f9b0c1a${last}`, name, cluster, container }
}

function toVpc(awsAccountId: string, vpcId: string, name: string, cidr: string) {
  return { region: "us-east-1", atlasRegion: "US_EAST_1", awsAccountId, vpcId, name, cidr }
}

/** The projects that the scenes of the demo have for themselves, each with the networks that its scene is about. */
export const sandboxes = {
  /** The team has another VPC, from which the display name tells this one apart. */
  orders: {
    ...toPlace(1, "orders-prod", "ledger"),
    isConnected: true,
    network: toVpc("610284739105", "vpc-0d41c7a9e2b85f306", "orders-prod", "10.132.0.0/16"),
    otherNetwork: toVpc("610284739105", "vpc-0b6e92f4c81d7a035", "orders-stage", "10.133.0.0/16"),
  },
  /** Has neither container nor cluster. Only a look-up shows the hub's peering with `peered`, which another organisation made. */
  hub: {
    ...toPlace(2, "hub-network", ""),
    connectedDays: 500,
    peered: {
      projectId: "64d2f0b18c4e6a5f9b0c1a12",
      orgId: "5f3a1c0e9b1d4a2c7e8f9a02",
      cidr: "192.168.224.0/21",
    },
    network: toVpc("733150926418", "vpc-06f2a8d3b9c14e570", "network-hub", "10.134.0.0/16"),
  },
  /** Its changes need an approval. */
  ledger: {
    ...toPlace(3, "ledger-prod", "ledger"),
    isConnected: true,
    network: toVpc("548260713944", "vpc-0e93b5d17f6c2a848", "reporting-prod", "10.136.0.0/16"),
  },
  partner: {
    ...toPlace(4, "partner-access", "catalog"),
    network: toVpc("295617480362", "vpc-0c58f1e7a3d94b621", "partner-gateway", "10.138.0.0/16"),
  },
  /** Atlas's role on the VNet is missing. */
  invoices: {
    ...toPlace(5, "invoices-azure", "invoices"),
    network: {
      region: "eastus2",
      atlasRegion: "US_EAST_2",
      azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
      azureSubscriptionId: "b3e7c150-6d2f-4a98-91c4-7f05ad8e2b63",
      resourceGroupName: "rg-invoices",
      vnetName: "vnet-invoices",
      cidr: "10.140.0.0/16",
    },
  },
  reports: {
    ...toPlace(6, "reports-gcp", "reports", "172.29.0.0/18"),
    network: {
      region: "us-central1",
      atlasRegion: "CENTRAL_US",
      gcpProjectId: "acme-reports-204417",
      networkName: "reports-vpc",
      cidr: "10.142.0.0/20",
    },
  },
  /** Its connection works. */
  paymentsNight: {
    ...toPlace(7, "payments-night", "payments"),
    isConnected: true,
    connectedDays: 140,
    network: toVpc("861403927551", "vpc-02b9d6c4e8f317a50", "settlement-prod", "10.144.0.0/16"),
  },
  /** A resource policy of its organisation forbids every connection. */
  guarded: {
    ...toPlace(8, "guarded-prod", "records"),
    orgId: "5f3a1c0e9b1d4a2c7e8f9a08",
    isConnected: true,
    network: toVpc("370918265540", "vpc-09a4e1c7d5f3b8262", "records-prod", "10.146.0.0/16"),
  },
  billing: {
    ...toPlace(9, "billing-prod", "billing"),
    network: toVpc("182536904773", "vpc-0f7c3a9e5b1d62448", "billing-prod", "10.148.0.0/16"),
  },
  evidence: {
    ...toPlace(10, "evidence-prod", "evidence"),
    network: toVpc("926471038852", "vpc-01e5d9b3c7a2f4866", "evidence-prod", "10.150.0.0/16"),
  },
}
export type Sandbox = (typeof sandboxes)[keyof typeof sandboxes]

/** ARN of the role through which the demo reads a connected AWS account. */
export const readingRoleArn = (awsAccountId: string) => `arn:aws:iam::${awsAccountId}:role/peering-desk-read`
