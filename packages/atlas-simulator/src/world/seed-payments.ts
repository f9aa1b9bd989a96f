import { azureOverlapText } from "./marked-inputs.ts"
import { aws, azure, gcp, plantContainer, plantPeer, plantProject } from "./planting.ts"
import type { Soil } from "./planting.ts"
import type { Project } from "./world.ts"

const hour = 3600
const day = 24 * hour
const account = "482913570264"
const subscription = "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42"

function plantAws(soil: Soil, project: Project): void {
  const virginia = plantContainer(soil, project, {
    providerName: "AWS",
    region: "US_EAST_1",
    atlasCidrBlock: "192.168.248.0/21",
    hasCluster: true,
  })
  const ireland = plantContainer(soil, project, {
    providerName: "AWS",
    region: "EU_WEST_1",
    atlasCidrBlock: "192.168.240.0/21",
    hasCluster: true,
  })
  const frankfurt = plantContainer(soil, project, {
    providerName: "AWS",
    region: "EU_CENTRAL_1",
    atlasCidrBlock: "10.80.0.0/21",
  })
  plantContainer(soil, project, {
    providerName: "AWS",
    region: "AP_SOUTHEAST_2",
    atlasCidrBlock: "192.168.232.0/21",
  })

  const inVirginia = (vpcId: string, cidr: string) => aws(account, vpcId, "us-east-1", cidr)
  plantPeer(soil, project, virginia, inVirginia("vpc-0a1b2c3d4e5f60718", "10.0.0.0/16"), {
    status: "AVAILABLE",
    secondsAgo: 210 * day,
  })
  plantPeer(soil, project, virginia, inVirginia("vpc-078ac381aa90e1e63", "10.15.0.0/16"), {
    status: "PENDING_ACCEPTANCE",
    secondsAgo: 2 * day,
  })
  plantPeer(soil, project, virginia, aws(account, "vpc-0c93f7b2d15ea8046", "us-west-2", "10.20.0.0/16"), {
    status: "PENDING_ACCEPTANCE",
    secondsAgo: 6 * day + 20 * hour,
  })
  plantPeer(soil, project, virginia, inVirginia("vpc-7b64b41e", "10.25.0.0/16"), {
    status: "FAILED",
    failure: "EXPIRED",
    secondsAgo: 12 * day,
  })
  plantPeer(
    soil,
    project,
    ireland,
    aws("719304826155", "vpc-0d2e4f6081a3c5e79", "eu-west-1", "10.30.0.0/16"),
    {
      status: "AVAILABLE",
      secondsAgo: 95 * day,
    },
  )
  plantPeer(
    soil,
    project,
    ireland,
    aws("719304826155", "vpc-0f1e2d3c4b5a69788", "eu-west-1", "10.32.0.0/16"),
    {
      status: "FAILED",
      failure: "REJECTED",
      secondsAgo: 3 * day,
    },
  )
  plantPeer(
    soil,
    project,
    ireland,
    aws("719304826155", "vpc-0bad5eed0bad5eed0", "eu-west-3", "10.34.0.0/16"),
    {
      status: "FAILED",
      failure: "INVALID_ARGUMENT",
      secondsAgo: 5 * hour,
    },
  )
  plantPeer(soil, project, frankfurt, aws(account, "vpc-0e7d6c5b4a3928170", "eu-central-1", "10.40.0.0/16"), {
    status: "INITIATING",
    secondsAgo: 2,
  })
  plantPeer(soil, project, frankfurt, aws(account, "vpc-0123fedc4567ba980", "eu-central-1", "10.42.0.0/16"), {
    status: "FINALIZING",
    secondsAgo: 3,
  })
  plantPeer(soil, project, frankfurt, aws(account, "vpc-09f8e7d6c5b4a3021", "eu-central-1", "10.44.0.0/16"), {
    status: "TERMINATING",
    secondsAgo: 4,
  })
}

function plantGcp(soil: Soil, project: Project): void {
  const container = plantContainer(soil, project, { providerName: "GCP", atlasCidrBlock: "10.96.0.0/18" })
  plantPeer(soil, project, container, gcp("acme-payments-prod-417203", "payments-vpc"), {
    status: "WAITING_FOR_USER",
    secondsAgo: 26 * hour,
  })
  plantPeer(soil, project, container, gcp("acme-shared-net-208841", "shared-core"), {
    status: "AVAILABLE",
    secondsAgo: 60 * day,
  })
  plantPeer(soil, project, container, gcp("acme-payments-dr-552190", "default"), {
    status: "ADDING_PEER",
    secondsAgo: 5,
  })
  plantPeer(soil, project, container, gcp("acme-ledger-118342", "missing-ledger-net"), {
    status: "FAILED",
    failure: "The network missing-ledger-net was not found in project acme-ledger-118342.",
    secondsAgo: 9 * day,
  })
}

function plantAzure(soil: Soil, project: Project): void {
  const east = plantContainer(soil, project, {
    providerName: "AZURE",
    region: "US_EAST_2",
    atlasCidrBlock: "172.20.0.0/21",
    hasCluster: true,
  })
  const europe = plantContainer(soil, project, {
    providerName: "AZURE",
    region: "EUROPE_WEST",
    atlasCidrBlock: "172.20.8.0/21",
  })
  plantPeer(soil, project, east, azure(subscription, "rg-payments-network", "vnet-payments-eastus2"), {
    status: "AVAILABLE",
    secondsAgo: 150 * day,
  })
  plantPeer(soil, project, east, azure(subscription, "rg-payments-network", "vnet-settlement"), {
    status: "FAILED",
    failure: azureOverlapText,
    secondsAgo: 7 * hour,
  })
  plantPeer(
    soil,
    project,
    europe,
    azure("9c41d7e2-5a08-4f3b-b6d1-0e8f2a7c3159", "rg-hub-westeurope", "vnet-hub"),
    {
      status: "ADDING_PEER",
      secondsAgo: 6,
    },
  )
  plantPeer(soil, project, europe, azure("9c41d7e2-5a08-4f3b-b6d1-0e8f2a7c3159", "rg-old", "vnet-retired"), {
    status: "DELETING",
    secondsAgo: 3,
  })
}

/** A busy project with a peer in every state of the three clouds. */
export function plantPayments(soil: Soil): Project {
  const project = plantProject(soil, {
    id: "64b1f0a27c3d5e4f8a9b0c1d",
    name: "payments-prod",
    clusterCount: 3,
  })
  plantAws(soil, project)
  plantGcp(soil, project)
  plantAzure(soil, project)
  const createdAt = project.createdAt
  project.accessList = [
    {
      kind: "cidrBlock",
      value: "10.0.0.0/16",
      comment: "us-east-1 application VPC",
      deleteAfter: null,
      createdAt,
    },
    { kind: "ipAddress", value: "203.0.113.24", comment: "office VPN", deleteAfter: null, createdAt },
    {
      kind: "awsSecurityGroup",
      value: "sg-0026348ec11780bd1",
      comment: "workers",
      deleteAfter: null,
      createdAt,
    },
  ]
  return project
}
