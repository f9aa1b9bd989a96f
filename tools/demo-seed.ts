import { seededIds } from "@peering-desk/atlas-simulator"
import { readingRoleArn, sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  cloudUrls,
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
  type CloudAccount,
  type Inventory,
  type InventoryPeering,
  type Peering,
} from "@peering-desk/shared-schemas"

/** The signed-in API of one demo person. */
type Caller = <T>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<T>

interface Found {
  projectId: string
  peering: InventoryPeering
}

/** Display names by network. */
const labels: Record<string, string> = {
  "vpc-05c1d9e87b3a2f406": "Checkout",
  "vpc-078ac381aa90e1e63": "Ledger",
  "vpc-0c93f7b2d15ea8046": "Fraud scoring",
  "vpc-0d2e4f6081a3c5e79": "Checkout (EU)",
  "vpc-0f1e2d3c4b5a69788": "Payouts",
  "vnet-payments-eastus2": "Card vault",
  "vnet-settlement": "Settlement",
  warehouse: "Data warehouse",
  [sandboxes.paymentsNight.network.vpcId]: "Settlement → Payments",
}

/** Setup steps that were done, by network. */
const doneSteps: Record<string, readonly string[]> = {
  "vpc-05c1d9e87b3a2f406": ["aws-dns", "aws-routes", "aws-security-group", "connection-string", "try-it"],
  "vpc-0d2e4f6081a3c5e79": ["aws-dns", "aws-routes"],
  "vnet-payments-eastus2": ["azure-network-security-group"],
  warehouse: ["gcp-firewall"],
}

/** Requests of the demo people, in the container that another network of the project uses. */
const requests = [
  {
    by: "nadia",
    beside: "vpc-05c1d9e87b3a2f406",
    label: "Refunds",
    reason: "Refunds service reads orders, NET-1204",
    request: {
      providerName: "AWS",
      accepterRegionName: "us-east-1",
      awsAccountId: "482913570264",
      routeTableCidrBlock: "10.44.0.0/16",
      vpcId: "vpc-05c1d7e9b3a2f4860",
    },
  },
  {
    by: "nadia",
    beside: "vpc-0d2e4f6081a3c5e79",
    label: "Chargebacks (EU)",
    reason: "Chargeback reports for the EU entity, NET-1198",
    request: {
      providerName: "AWS",
      accepterRegionName: "eu-west-1",
      awsAccountId: "719204638815",
      routeTableCidrBlock: "10.46.0.0/16",
      vpcId: "vpc-0b8e6d4c2a0f19375",
    },
  },
  {
    by: "olivia",
    beside: "warehouse",
    label: "Forecasting notebooks",
    reason: "Forecasting reads the sales collections",
    request: { providerName: "GCP", gcpProjectId: "acme-forecast-551907", networkName: "forecast-vpc" },
  },
] as const

const { orders, ledger, paymentsNight, guarded } = sandboxes

/** AWS accounts whose reading role is there, each with its project. The role of the second one may not read network ACLs. */
const accounts = [
  { projectId: seededIds.payments, account: "482913570264", name: "Commerce" },
  { projectId: seededIds.payments, account: "719304826155", name: "Platform" },
  { projectId: orders.projectId, account: orders.network.awsAccountId, name: "Orders" },
  { projectId: ledger.projectId, account: ledger.network.awsAccountId, name: "Reporting" },
  { projectId: paymentsNight.projectId, account: paymentsNight.network.awsAccountId, name: "Settlement" },
  { projectId: guarded.projectId, account: guarded.network.awsAccountId, name: "Records" },
]

/**
 * Lets the people of the demo name connections, mark steps as done, request connections, share one, connect AWS accounts and have notifications sent, through
 * the API of the product that runs at an address. Every row of the audit log is therefore true.
 * @param chatUrl takes the notifications
 */
export async function seedDemo(url: string, chatUrl: string): Promise<void> {
  const callers = { olivia: await signIn(url, "olivia"), nadia: await signIn(url, "nadia") }
  const { olivia } = callers
  await olivia("POST", apiUrls.notificationRoutes(), {
    name: "Platform team",
    channel: "slack",
    url: chatUrl,
    projects: "*",
    clouds: ["AWS", "GCP", "AZURE"],
    events: ["action-required", "expires-soon", "declined", "failed", "left-available"],
  })
  const found = listFound(await olivia<Inventory>("GET", apiUrls.inventory()))
  for (const [network, label] of Object.entries(labels)) {
    const one = found.get(network)
    if (one !== undefined) await olivia("PUT", apiUrls.peeringLabel(one.projectId, one.peering.id), { label })
  }
  for (const [network, steps] of Object.entries(doneSteps)) {
    const one = found.get(network)
    if (one === undefined) continue
    const { projectId, peering } = one
    for (const step of steps)
      await olivia("PUT", apiUrls.peeringStep(projectId, peering.id, step), { done: true })
  }
  for (const [index, { by, beside, label, reason, request }] of requests.entries()) {
    const place = found.get(beside)
    if (place === undefined) continue
    const { projectId, peering } = place
    const body = { reason, request: { ...request, containerId: peering.peer.containerId } }
    const headers = { [idempotencyKeyHeader]: `demo-seed-request-${index}` }
    const created = await callers[by]<Peering>("POST", apiUrls.peerings(projectId), body, headers)
    await callers[by]("PUT", apiUrls.peeringLabel(projectId, created.id), { label })
  }
  for (const { projectId, account, name } of accounts) {
    const begun = await olivia<CloudAccount>("POST", cloudUrls.cloudAccounts(), { projectId, name })
    await olivia("PUT", cloudUrls.cloudRole(begun.id), { roleArn: readingRoleArn(account) })
  }
  const waiting = found.get("vpc-078ac381aa90e1e63")
  if (waiting !== undefined)
    await callers.nadia("POST", apiUrls.handOffs(waiting.projectId, waiting.peering.id), {
      expiresInHours: 120,
      for: "Network team",
    })
}

function listFound({ projects }: Inventory): Map<string, Found> {
  return new Map(
    projects.flatMap(({ project, peerings }) =>
      peerings.map((peering) => [readNetwork(peering), { projectId: project.id, peering }] as const),
    ),
  )
}

function readNetwork({ peer }: InventoryPeering): string {
  switch (peer.providerName) {
    case "AWS":
      return peer.vpcId ?? ""
    case "GCP":
      return peer.networkName ?? ""
    case "AZURE":
      return peer.vnetName ?? ""
  }
}

async function signIn(url: string, persona: string): Promise<Caller> {
  const browser = createTestingBrowser()
  const page = await browser.follow(`${url}${apiUrls.signIn({ return: "/" })}`)
  await browser.submit(page, { persona }, (location) => location === `${url}/`)
  const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  return async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        cookie,
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        [requestedByHeader]: requestedByValue,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`The demo's ${method} ${path} answered ${answer.status}: ${text}`)
    return (text === "" ? undefined : JSON.parse(text)) as T
  }
}
