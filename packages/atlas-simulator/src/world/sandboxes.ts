// Imports nothing, so a browser can bundle it.

const usEast1 = { region: "us-east-1", atlasRegion: "US_EAST_1" } as const
const azureDirectoryId = "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21"

/** The projects that the scenes of the demo have for themselves, each with the networks that its scene is about. */
export const sandboxes = {
  /** Its AWS account is connected. The team's other VPC is there to be told apart by name. */
  orders: {
    projectId: "64d2f0b18c4e6a5f9b0c1a01",
    name: "orders-prod",
    cluster: "ledger",
    container: { id: "64d2f0b18c4e6a5f9b0c2b01", cidr: "172.28.0.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "610284739105",
      vpcId: "vpc-0d41c7a9e2b85f306",
      name: "orders-prod",
      cidr: "10.132.0.0/16",
    },
    otherNetwork: { vpcId: "vpc-0b6e92f4c81d7a035", name: "orders-stage", cidr: "10.133.0.0/16" },
  },
  /**
   * Has no container yet. Nobody connected its AWS account, so only a look-up shows that the hub has a peering with `peered`, which
   * another organisation made.
   */
  hub: {
    projectId: "64d2f0b18c4e6a5f9b0c1a02",
    name: "hub-network",
    peered: {
      projectId: "64d2f0b18c4e6a5f9b0c1a12",
      orgId: "5f3a1c0e9b1d4a2c7e8f9a02",
      cidr: "192.168.224.0/21",
    },
    network: {
      ...usEast1,
      awsAccountId: "733150926418",
      vpcId: "vpc-06f2a8d3b9c14e570",
      name: "network-hub",
      cidr: "10.134.0.0/16",
    },
  },
  /** Its AWS account is connected. Its changes need an approval. */
  ledger: {
    projectId: "64d2f0b18c4e6a5f9b0c1a03",
    name: "ledger-prod",
    cluster: "ledger",
    container: { id: "64d2f0b18c4e6a5f9b0c2b03", cidr: "172.28.16.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "548260713944",
      vpcId: "vpc-0e93b5d17f6c2a848",
      name: "reporting-prod",
      cidr: "10.136.0.0/16",
    },
  },
  partner: {
    projectId: "64d2f0b18c4e6a5f9b0c1a04",
    name: "partner-access",
    cluster: "catalog",
    container: { id: "64d2f0b18c4e6a5f9b0c2b04", cidr: "172.28.24.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "295617480362",
      vpcId: "vpc-0c58f1e7a3d94b621",
      name: "partner-gateway",
      cidr: "10.138.0.0/16",
    },
  },
  /** Atlas's role on the VNet is missing. */
  invoices: {
    projectId: "64d2f0b18c4e6a5f9b0c1a05",
    name: "invoices-azure",
    cluster: "invoices",
    container: { id: "64d2f0b18c4e6a5f9b0c2b05", cidr: "172.28.32.0/21" },
    network: {
      region: "eastus2",
      atlasRegion: "US_EAST_2",
      azureDirectoryId,
      azureSubscriptionId: "b3e7c150-6d2f-4a98-91c4-7f05ad8e2b63",
      resourceGroupName: "rg-invoices",
      vnetName: "vnet-invoices",
      cidr: "10.140.0.0/16",
    },
  },
  reports: {
    projectId: "64d2f0b18c4e6a5f9b0c1a06",
    name: "reports-gcp",
    cluster: "reports",
    container: { id: "64d2f0b18c4e6a5f9b0c2b06", cidr: "172.29.0.0/18" },
    network: {
      region: "us-central1",
      atlasRegion: "CENTRAL_US",
      gcpProjectId: "acme-reports-204417",
      networkName: "reports-vpc",
      cidr: "10.142.0.0/20",
    },
  },
  /** Its AWS account is connected, and its connection works. */
  paymentsNight: {
    projectId: "64d2f0b18c4e6a5f9b0c1a07",
    name: "payments-night",
    cluster: "payments",
    container: { id: "64d2f0b18c4e6a5f9b0c2b07", cidr: "172.28.40.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "861403927551",
      vpcId: "vpc-02b9d6c4e8f317a50",
      name: "settlement-prod",
      cidr: "10.144.0.0/16",
    },
  },
  /** Its AWS account is connected. A resource policy of its organisation forbids every connection. */
  guarded: {
    projectId: "64d2f0b18c4e6a5f9b0c1a08",
    orgId: "5f3a1c0e9b1d4a2c7e8f9a08",
    name: "guarded-prod",
    cluster: "records",
    container: { id: "64d2f0b18c4e6a5f9b0c2b08", cidr: "172.28.48.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "370918265540",
      vpcId: "vpc-09a4e1c7d5f3b8262",
      name: "records-prod",
      cidr: "10.146.0.0/16",
    },
  },
  billing: {
    projectId: "64d2f0b18c4e6a5f9b0c1a09",
    name: "billing-prod",
    cluster: "billing",
    container: { id: "64d2f0b18c4e6a5f9b0c2b09", cidr: "172.28.56.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "182536904773",
      vpcId: "vpc-0f7c3a9e5b1d62448",
      name: "billing-prod",
      cidr: "10.148.0.0/16",
    },
  },
  evidence: {
    projectId: "64d2f0b18c4e6a5f9b0c1a0a",
    name: "evidence-prod",
    cluster: "evidence",
    container: { id: "64d2f0b18c4e6a5f9b0c2b0a", cidr: "172.28.64.0/21" },
    network: {
      ...usEast1,
      awsAccountId: "926471038852",
      vpcId: "vpc-01e5d9b3c7a2f4866",
      name: "evidence-prod",
      cidr: "10.150.0.0/16",
    },
  },
} as const

/** ARN of the role through which the demo reads a connected AWS account. */
export const readingRoleArn = (awsAccountId: string) => `arn:aws:iam::${awsAccountId}:role/peering-desk-read`
