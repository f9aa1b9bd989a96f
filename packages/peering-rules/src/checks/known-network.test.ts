import type { AtlasPeer, PeeringDraft, ProviderName } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toVerdict } from "#verdict/verdict.ts"
import {
  drafts,
  draftWith,
  ids,
  listedContainer,
  listedPeer,
  payments,
  snapshot,
  told,
} from "#test/drafts.ts"

const orders = { id: "64b1f0a27c3d5e4f8a9b0c2e", name: "orders" }
const peeringId = "1a2b3c4d5e6f1a2b3c4d5e77"
const vpc = drafts.AWS.request.vpcId
const account = drafts.AWS.request.awsAccountId
const otherAccount = "719304826155"

/** The snapshot with another project that is connected with the draft's network. */
function connectedIn(
  cloud: ProviderName,
  fields: Record<string, unknown> = {},
  { readAt = payments.readAt } = {},
): ProjectSnapshot {
  const container = listedContainer({
    id: "507f1f77bcf86cd799439077",
    providerName: cloud,
    regionName: "EU_WEST_1",
    region: "EUROPE_NORTH",
    atlasCidrBlock: "192.168.248.0/21",
  })
  const peer: AtlasPeer = listedPeer(cloud, {
    ...drafts[cloud].request,
    id: peeringId,
    containerId: container.id,
    [cloud === "AWS" ? "statusName" : "status"]: "AVAILABLE",
    ...fields,
  })
  const other = { ...payments, project: orders, containers: [container], peers: [peer], readAt }
  return { ...snapshot, otherProjects: [other as ProjectSnapshot["here"]] }
}

test.each<[string, PeeringDraft, ProjectSnapshot, string, string, Record<string, string>]>([
  [
    "the account of a VPC in another project",
    draftWith("AWS", { awsAccountId: otherAccount }),
    connectedIn("AWS"),
    `red -: ${vpc} belongs to account ${account} (connection in orders), not ${otherAccount}`,
    `Use ${account} as the AWS account ID`,
    { awsAccountId: account },
  ],
  [
    "the region of a VPC in another project",
    draftWith("AWS", { accepterRegionName: "us-west-2" }),
    connectedIn("AWS", { accepterRegionName: "us-east-1" }),
    `red -: ${vpc} is in us-east-1 (connection in orders), not us-west-2`,
    "Use us-east-1 as the VPC region",
    { accepterRegionName: "us-east-1" },
  ],
  [
    "the region of a VPC whose connection has the one of its container",
    drafts.AWS,
    connectedIn("AWS", { accepterRegionName: undefined }),
    `red -: ${vpc} is in eu-west-1 (connection in orders), not us-east-1`,
    "Use eu-west-1 as the VPC region",
    { accepterRegionName: "eu-west-1" },
  ],
  [
    "the account of a VPC whose owner has yet to accept",
    draftWith("AWS", { awsAccountId: otherAccount }),
    connectedIn("AWS", { statusName: "PENDING_ACCEPTANCE" }),
    `red -: ${vpc} belongs to account ${account} (connection in orders), not ${otherAccount}`,
    `Use ${account} as the AWS account ID`,
    { awsAccountId: account },
  ],
  [
    "the directory of a VNet in other capitals",
    draftWith("AZURE", { azureDirectoryId: "00000000-1111-4222-8333-444444444444" }),
    connectedIn("AZURE", { vnetName: "VNET-PAYMENTS" }),
    `red -: vnet-payments belongs to directory ${drafts.AZURE.request.azureDirectoryId} (connection in orders), not 00000000-1111-4222-8333-444444444444`,
    `Use ${drafts.AZURE.request.azureDirectoryId} as the directory ID`,
    { azureDirectoryId: drafts.AZURE.request.azureDirectoryId },
  ],
])(
  "A draft that contradicts %s is red, and one click takes the known value",
  (_what, draft, of, says, title, request) => {
    expect(told("known-network", draft, of)).toEqual([says])
    const { checks, suggestedFixes } = toVerdict(draft, of)
    expect(checks.find(({ id }) => id === "known-network")?.peering).toEqual({
      projectId: orders.id,
      peeringId,
    })
    expect(suggestedFixes[0]).toMatchObject({ title, change: { kind: "fill", draft: { request } } })
  },
)

test("Account and region that both contradict are corrected by one suggested fix", () => {
  const draft = draftWith("AWS", { awsAccountId: otherAccount, accepterRegionName: "us-west-2" })
  const { checks, suggestedFixes } = toVerdict(draft, connectedIn("AWS"))
  expect(checks.filter(({ status }) => status === "red")).toHaveLength(2)
  expect(suggestedFixes[0]).toMatchObject({
    title: `Use ${account} as the AWS account ID, us-east-1 as the VPC region`,
    change: { draft: { request: { awsAccountId: account, accepterRegionName: "us-east-1" } } },
  })
})

test.each(["INITIATING", "TERMINATING"])(
  "A connection in %s proves no account, so another one is a warning",
  (statusName) => {
    const draft = draftWith("AWS", { awsAccountId: otherAccount })
    expect(told("known-network", draft, connectedIn("AWS", { statusName }))).toEqual([
      `amber -: A connection in orders has account ${account} for ${vpc}, not ${otherAccount}. Check which is right`,
    ])
  },
)

test("A failed connection says nothing about a network, which may be why it failed", () => {
  const draft = draftWith("AWS", { awsAccountId: otherAccount })
  expect(told("known-network", draft, connectedIn("AWS", { statusName: "FAILED" }))).toEqual([
    `unchecked -: Account and region of ${vpc} not checked`,
  ])
})

test("A network with the values of its other connections has no contradiction", () => {
  expect(told("known-network", drafts.AWS, connectedIn("AWS"))).toEqual([
    `green -: ${vpc} has the same account and region as in orders`,
  ])
  expect(told("known-network", drafts.AZURE, connectedIn("AZURE"))).toEqual([
    "green -: vnet-payments has the same directory as in orders",
  ])
  expect(told("known-network", drafts.AWS, snapshot)).toEqual([
    `unchecked -: Account and region of ${vpc} not checked`,
  ])
  expect(told("known-network", drafts.GCP, connectedIn("GCP"))).toEqual([
    "green -: payments-vpc has a working connection",
  ])
})

const unknown = { ...draftWith("AWS", { routeTableCidrBlock: "10.117.0.0/16" }), networkBlocks: [] }

test("A CIDR that the VPC has in another project is compared with the container too", () => {
  const of = connectedIn("AWS", { routeTableCidrBlock: "10.8.0.0/16" })
  expect(told("overlap-with-container", unknown, of)).toContain(
    `red -: 10.8.0.0/16 of ${vpc} (connection in orders) overlaps the container's 10.8.0.0/21. AWS can't peer overlapping networks`,
  )
  const clear = connectedIn("AWS", { routeTableCidrBlock: "10.119.0.0/16" })
  expect(toVerdict(unknown, clear).status).toBe("unchecked")
})

test.each<[string, PeeringDraft, string]>([
  ["the told CIDRs of the VPC leave it out", { ...unknown, networkBlocks: ["10.117.0.0/16"] }, "10.8.0.0/16"],
  ["it is too large for a VPC", unknown, "10.0.0.0/12"],
])("A CIDR from another project that overlaps the container is a warning where %s", (_why, draft, block) => {
  const of = connectedIn("AWS", { routeTableCidrBlock: block })
  expect(told("overlap-with-container", draft, of)).toContainEqual(
    `amber -: ${block} of ${vpc} (connection in orders) overlaps the container's 10.8.0.0/21. If the VPC still has it, AWS can't peer the two`,
  )
  expect(toVerdict(draft, of).status).not.toBe("green")
})

test("A VPC doesn't overlap itself when its account is mistyped", () => {
  const draft = draftWith("AWS", { awsAccountId: otherAccount })
  expect(told("overlap-other-projects", draft, connectedIn("AWS")).join("\n")).not.toContain(vpc)
  const here = {
    ...payments,
    peers: [listedPeer("AWS", { ...drafts.AWS.request, statusName: "AVAILABLE", containerId: ids.awsWest })],
  }
  expect(told("overlap-other-projects", draft, { ...snapshot, here }).join("\n")).not.toContain(vpc)
})

test("A VPC that the container has under another account is named as such, not as an overlap with itself", () => {
  const draft = draftWith("AWS", { awsAccountId: otherAccount })
  const peer = listedPeer("AWS", { ...drafts.AWS.request, id: peeringId, statusName: "FAILED" })
  const of = { ...snapshot, here: { ...payments, peers: [peer] } }
  expect(told("overlap-with-peer", draft, of)).toEqual([
    `red OVERLAPPING_CIDR_BLOCK: ${vpc} already has a connection to this container with account ${account}: ${peeringId}, FAILED`,
  ])
})
