import { seededIds } from "@peering-desk/atlas-simulator"
import { readingRoleArn, sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { People } from "@peering-desk/demo-director"
import {
  apiUrls,
  cloudUrls,
  type CloudAccount,
  type ConnectionPage,
  type InventoryPeering,
  type Peering,
} from "@peering-desk/shared-schemas"

/** Names of connections by network, and the setup steps that were done. */
const connections: Record<string, readonly [label: string, ...steps: string[]]> = {
  "vpc-05c1d9e87b3a2f406": [
    "Checkout",
    "aws-dns",
    "aws-routes",
    "aws-security-group",
    "connection-string",
    "try-it",
  ],
  "vpc-078ac381aa90e1e63": ["Ledger"],
  "vpc-0c93f7b2d15ea8046": ["Fraud scoring"],
  "vpc-0d2e4f6081a3c5e79": ["Checkout (EU)", "aws-dns", "aws-routes"],
  "vpc-0f1e2d3c4b5a69788": ["Payouts"],
  "vnet-payments-eastus2": ["Card vault", "azure-network-security-group"],
  "vnet-settlement": ["Settlement"],
  warehouse: ["Data warehouse", "gcp-firewall"],
  [sandboxes.paymentsNight.network.vpcId]: ["Settlement → Payments"],
}

function toAws(awsAccountId: string, vpcId: string, accepterRegionName: string, cidr: string) {
  return { providerName: "AWS", awsAccountId, vpcId, accepterRegionName, routeTableCidrBlock: cidr }
}

/** Requests of the demo people, in the container that another network of the project uses. */
const requests = [
  {
    by: "nadia",
    beside: "vpc-05c1d9e87b3a2f406",
    label: "Refunds",
    reason: "Refunds service reads orders, NET-1204",
    request: toAws("482913570264", "vpc-05c1d7e9b3a2f4860", "us-east-1", "10.44.0.0/16"),
  },
  {
    by: "nadia",
    beside: "vpc-0d2e4f6081a3c5e79",
    label: "Chargebacks (EU)",
    reason: "Chargeback reports for the EU entity, NET-1198",
    request: toAws("719204638815", "vpc-0b8e6d4c2a0f19375", "eu-west-1", "10.46.0.0/16"),
  },
  {
    by: "olivia",
    beside: "warehouse",
    label: "Forecasting notebooks",
    reason: "Forecasting reads the sales collections",
    request: { providerName: "GCP", gcpProjectId: "acme-forecast-551907", networkName: "forecast-vpc" },
  },
] as const

/** AWS accounts whose reading role is there, each with its project. The role of the second one may not read network ACLs. */
const accounts = [
  { projectId: seededIds.payments, account: "482913570264", name: "Commerce" },
  { projectId: seededIds.payments, account: "719304826155", name: "Platform" },
  ...Object.values(sandboxes).flatMap((one) =>
    "isConnected" in one
      ? [{ projectId: one.projectId, account: one.network.awsAccountId, name: one.name }]
      : [],
  ),
]

/**
 * Lets the people of the demo name connections, mark steps as done, request connections, share one, connect AWS accounts and have
 * notifications sent, through the API of the product that runs at an address. Every row of the audit log is therefore true.
 * @param chatUrl takes the notifications
 */
export async function seedDemo(url: string, chatUrl: string): Promise<void> {
  const people = new People(new URL(url))
  await people.ask("olivia", "POST", apiUrls.notificationRoutes(), {
    name: "Platform team",
    channel: "slack",
    url: chatUrl,
    projects: "*",
    clouds: ["AWS", "GCP", "AZURE"],
    events: ["action-required", "expires-soon", "declined", "failed", "left-available"],
  })
  const all = apiUrls.connections({ limit: "500" })
  const { rows } = await people.ask<ConnectionPage>("olivia", "GET", all)
  const found = new Map(
    rows.map(
      ({ project, peering: { id, peer } }) => [readNetwork(peer), { in: project.id, id, peer }] as const,
    ),
  )
  for (const [network, [label, ...steps]] of Object.entries(connections)) {
    const one = found.get(network)
    if (one === undefined) continue
    await people.ask("olivia", "PUT", apiUrls.peeringLabel(one.in, one.id), { label })
    for (const step of steps)
      await people.ask("olivia", "PUT", apiUrls.peeringStep(one.in, one.id, step), { done: true })
  }
  for (const { by, beside, label, reason, request } of requests) {
    const one = found.get(beside)
    if (one === undefined) continue
    const body = { label, reason, request: { ...request, containerId: one.peer.containerId } }
    await people.ask<Peering>(by, "POST", apiUrls.peerings(one.in), body)
  }
  for (const { projectId, account, name } of accounts) {
    const begun = { projectId, name }
    const { id } = await people.ask<CloudAccount>("olivia", "POST", cloudUrls.cloudAccounts(), begun)
    await people.ask("olivia", "PUT", cloudUrls.cloudRole(id), { roleArn: readingRoleArn(account) })
  }
  const waiting = found.get("vpc-078ac381aa90e1e63")
  if (waiting !== undefined)
    await people.ask("nadia", "POST", apiUrls.handOffs(waiting.in, waiting.id), {
      expiresInHours: 120,
      for: "Network team",
    })
}

const readNetwork = (peer: InventoryPeering["peer"]) =>
  "vpcId" in peer ? peer.vpcId : "networkName" in peer ? peer.networkName : peer.vnetName
