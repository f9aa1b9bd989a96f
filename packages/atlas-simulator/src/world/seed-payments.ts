import { seededIds } from "./seeded-ids.ts"
import { aws, azure, gcp, nodesIn, type ProjectSeed } from "./seeding.ts"
import { azureOverlapText } from "./simulated-failures.ts"

const hour = 3600
const day = 24 * hour
const account = "482913570264"
const otherAccount = "719304826155"
const subscription = "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42"
const otherSubscription = "9c41d7e2-5a08-4f3b-b6d1-0e8f2a7c3159"

/** A busy project with a peer in every state of the three clouds. */
export const paymentsProject: ProjectSeed = {
  id: seededIds.payments,
  name: "payments-prod",
  containers: [
    {
      providerName: "AWS",
      region: "US_EAST_1",
      atlasCidrBlock: "192.168.248.0/21",
      peers: [
        [aws(account, "vpc-05c1d9e87b3a2f406", "us-east-1", "10.0.0.0/16"), "AVAILABLE", 210 * day],
        [aws(account, "vpc-078ac381aa90e1e63", "us-east-1", "10.15.0.0/16"), "PENDING_ACCEPTANCE", 2 * day],
        [
          aws(account, "vpc-0c93f7b2d15ea8046", "us-west-2", "10.20.0.0/16"),
          "PENDING_ACCEPTANCE",
          6 * day + 20 * hour,
        ],
        [aws(account, "vpc-7b64b41e", "us-east-1", "10.25.0.0/16"), "FAILED", 12 * day, "EXPIRED"],
      ],
    },
    {
      providerName: "AWS",
      region: "EU_WEST_1",
      atlasCidrBlock: "192.168.240.0/21",
      peers: [
        [aws(otherAccount, "vpc-0d2e4f6081a3c5e79", "eu-west-1", "10.30.0.0/16"), "AVAILABLE", 95 * day],
        [
          aws(otherAccount, "vpc-0f1e2d3c4b5a69788", "eu-west-1", "10.32.0.0/16"),
          "FAILED",
          3 * day,
          "REJECTED",
        ],
        [
          aws(otherAccount, "vpc-0bad5eed0bad5eed0", "eu-west-3", "10.34.0.0/16"),
          "FAILED",
          5 * hour,
          "INVALID_ARGUMENT",
        ],
      ],
    },
    {
      providerName: "AWS",
      region: "EU_CENTRAL_1",
      atlasCidrBlock: "10.80.0.0/21",
      peers: [
        [aws(account, "vpc-0e7d6c5b4a3928170", "eu-central-1", "10.40.0.0/16"), "INITIATING", 2],
        [aws(account, "vpc-0123fedc4567ba980", "eu-central-1", "10.42.0.0/16"), "FINALIZING", 3],
        [aws(account, "vpc-09f8e7d6c5b4a3021", "eu-central-1", "10.44.0.0/16"), "TERMINATING", 4],
      ],
    },
    { providerName: "AWS", region: "AP_SOUTHEAST_2", atlasCidrBlock: "192.168.232.0/21" },
    {
      providerName: "GCP",
      atlasCidrBlock: "10.96.0.0/18",
      peers: [
        [gcp("acme-payments-prod-417203", "payments-vpc"), "WAITING_FOR_USER", 26 * hour],
        [gcp("acme-shared-net-208841", "shared-core"), "AVAILABLE", 60 * day],
        [gcp("acme-payments-dr-552190", "default"), "ADDING_PEER", 5],
        [
          gcp("acme-ledger-118342", "missing-ledger-net"),
          "FAILED",
          9 * day,
          "The network missing-ledger-net was not found in project acme-ledger-118342.",
        ],
      ],
    },
    {
      providerName: "AZURE",
      region: "US_EAST_2",
      atlasCidrBlock: "172.20.0.0/21",
      peers: [
        [azure(subscription, "rg-payments-network", "vnet-payments-eastus2"), "AVAILABLE", 150 * day],
        [azure(subscription, "rg-payments-network", "vnet-settlement"), "FAILED", 7 * hour, azureOverlapText],
      ],
    },
    {
      providerName: "AZURE",
      region: "EUROPE_WEST",
      atlasCidrBlock: "172.20.8.0/21",
      peers: [
        [azure(otherSubscription, "rg-hub-westeurope", "vnet-hub"), "ADDING_PEER", 6],
        [azure(otherSubscription, "rg-old", "vnet-retired"), "DELETING", 3],
      ],
    },
  ],
  clusters: [
    { name: "payments", regions: [nodesIn("AWS", "US_EAST_1")] },
    {
      name: "ledger",
      clusterType: "SHARDED",
      instanceSize: "M50",
      regions: [nodesIn("AWS", "US_EAST_1"), nodesIn("AWS", "EU_WEST_1", 2)],
    },
    { name: "orders", regions: [nodesIn("AWS", "US_EAST_1")], stateName: "CREATING", secondsAgo: 60 },
    { name: "reports-2024", instanceSize: "M10", regions: [nodesIn("AWS", "EU_WEST_1")], paused: true },
    { name: "catalog", regions: [nodesIn("GCP", "CENTRAL_US")] },
    { name: "settlement", regions: [nodesIn("AZURE", "US_EAST_2")] },
    { name: "playground", instanceSize: "M0", regions: [nodesIn("AWS", "US_EAST_1")] },
  ],
  accessList: [
    ["cidrBlock", "10.0.0.0/16", "us-east-1 application VPC"],
    ["ipAddress", "203.0.113.24", "office VPN"],
    ["awsSecurityGroup", "sg-0026348ec11780bd1", "workers"],
  ],
}
