import type { AtlasPeer, PeeringDraft, ProjectAddresses, ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toVerdict } from "#verdict/verdict.ts"
import {
  draftForNew,
  drafts,
  draftWith,
  ids,
  listedContainer,
  listedPeer,
  lookedUp,
  payments,
  snapshot,
  told,
} from "#test/drafts.ts"

const containerIds = { AWS: ids.aws, GCP: ids.gcp, AZURE: ids.azureEurope } as const
const cidrs = { AWS: "10.8.0.0/21", GCP: "10.64.0.0/18", AZURE: "10.24.8.0/21" } as const
const names = { AWS: "vpc-0a1b2c3d4e5f60718", GCP: "payments-vpc", AZURE: "vnet-payments" } as const
const orders = { id: "64b1f0a27c3d5e4f8a9b0c2e", name: "orders" }
const peeringId = "1a2b3c4d5e6f1a2b3c4d5e77"

/** A draft whose container has no other networks. */
const draftOf = (cloud: ProviderName): PeeringDraft => draftWith(cloud, { containerId: containerIds[cloud] })

/** The snapshot with a project whose container is peered with the draft's network. */
function peeredIn(
  cloud: ProviderName,
  { status = "AVAILABLE", cidr = cidrs[cloud] as string | null, more = {} as Partial<ProjectAddresses> } = {},
): ProjectSnapshot {
  const container = listedContainer({
    id: "507f1f77bcf86cd799439077",
    providerName: cloud,
    regionName: "EU_WEST_1",
    region: "EUROPE_NORTH",
    atlasCidrBlock: cidr,
  })
  const peer: AtlasPeer = listedPeer(cloud, {
    ...drafts[cloud].request,
    id: peeringId,
    containerId: container.id,
    [cloud === "AWS" ? "statusName" : "status"]: status,
  })
  const other = { ...payments, project: orders, containers: [container], peers: [peer], ...more }
  const here =
    cloud === "AWS"
      ? { ...payments, peers: payments.peers.filter((one) => one.providerName !== "AWS") }
      : payments
  return { ...snapshot, here, otherProjects: [other] }
}

describe("A network that another project peers with an equal Atlas CIDR [B6] [C11]", () => {
  test.each([
    ["AZURE", "10.24.8.0/21 in EUROPE_NORTH of orders", "Azure"],
    ["GCP", "10.64.0.0/18 of orders", "Google Cloud"],
  ] as const)(
    "is red on %s for an existing container, with a container in its place",
    (cloud, where, label) => {
      const world = peeredIn(cloud)
      const verdict = toVerdict(draftOf(cloud), world)
      const red = verdict.checks.filter(({ status }) => status === "red")
      expect(red.map(({ id, field, errorCode, says }) => ({ id, field, errorCode, says }))).toEqual([
        {
          id: "overlap-with-other-container",
          field: "containerId",
          errorCode: null,
          says: `${names[cloud]} is already connected to container ${where}. It has the same CIDR, and ${label} refuses a second network with these addresses`,
        },
      ])
      expect(red[0]?.peering).toEqual({ projectId: orders.id, peeringId })
      expect([verdict.status, verdict.plan]).toEqual(["red", null])
    },
  )

  test("is amber on AWS, since one route table can't hold both, and no other region is suggested", () => {
    const world = peeredIn("AWS")
    const { status, checks, plan, suggestedFixes } = toVerdict(lookedUp(draftOf("AWS")), world)
    const amber = checks.filter((check) => check.status === "amber")
    expect(amber.map(({ id, says }) => `${id}: ${says}`)).toEqual([
      "overlap-with-other-container: vpc-0a1b2c3d4e5f60718 is already connected to container 10.8.0.0/21 in EU_WEST_1 of orders. One route table can't send 10.8.0.0/21 to both: use separate route tables or narrower routes",
    ])
    expect(amber[0]?.peering).toEqual({ projectId: orders.id, peeringId })
    expect(status).toBe("amber")
    expect(plan).not.toBeNull()
    expect(suggestedFixes.map(({ title }) => title)).toEqual([])
  })

  test("gets another warning on AWS when the prefix differs: the narrower route wins", () => {
    expect(
      told("overlap-with-other-container", draftOf("AWS"), peeredIn("AWS", { cidr: "10.8.0.0/20" })),
    ).toEqual([
      "amber -: vpc-0a1b2c3d4e5f60718 is already connected to container 10.8.0.0/20 in EU_WEST_1 of orders, which overlaps 10.8.0.0/21. A route table sends the shared addresses to the narrower of the two CIDRs only",
    ])
  })

  test.each(["AZURE", "GCP"] as const)(
    "is red on %s for a new container, and a free CIDR is the first fix",
    (cloud) => {
      const world = peeredIn(cloud, { cidr: cloud === "GCP" ? "10.192.0.0/18" : "10.96.0.0/21" })
      const here = cloud === "GCP" ? { ...payments, containers: [] } : payments
      const draft = draftForNew(cloud)
      const { checks, suggestedFixes } = toVerdict(draft, { ...world, here })
      expect(checks.filter(({ status }) => status === "red").map(({ id, field }) => [id, field])).toEqual([
        ["overlap-with-other-container", "atlasCidrBlock"],
      ])
      // The same overlap is not a warning besides.
      expect(told("overlap-other-projects", draft, { ...world, here })).toEqual([
        expect.stringMatching(/^green/),
      ])
      const [fix] = suggestedFixes
      const filled = fix?.change.kind === "fill" ? fix.change.draft : draft
      expect(fix?.title).toMatch(/^Use \S+ for Atlas$/)
      expect(toVerdict(filled, { ...world, here }).status).not.toBe("red")
    },
  )

  test("is compared in any spelling of an Azure name, and with containers of this project too", () => {
    const capitals = { ...drafts.AZURE.request, containerId: ids.azureEurope, vnetName: "VNET-PAYMENTS" }
    expect(toVerdict({ ...drafts.AZURE, request: capitals }, peeredIn("AZURE")).status).toBe("red")
    const containers = payments.containers.map((one) =>
      one.id === ids.azure ? { ...one, atlasCidrBlock: "10.24.8.0/22" } : one,
    )
    const peer = listedPeer("AZURE", { ...drafts.AZURE.request, id: peeringId, status: "AVAILABLE" })
    const here = { ...payments, containers, peers: [peer] }
    expect(told("overlap-with-other-container", draftOf("AZURE"), { ...snapshot, here })).toEqual([
      expect.stringContaining("of payments. It overlaps 10.24.8.0/21"),
    ])
  })
})

test.each([
  ["AZURE", "ADDING_PEER", "red", "refuses"],
  ["AZURE", "DELETION_FAILED", "red", "refuses"],
  ["AZURE", "DELETING", "amber", "is being deleted"],
  ["AZURE", "FAILED", "amber", "may have left a peering in Azure"],
  ["AZURE", "SOMETHING_NEW", "amber", "accepts only one of the two"],
  ["GCP", "WAITING_FOR_USER", "amber", "Google Cloud accepts only one of the two"],
  ["GCP", "FAILED", "green", "no other known connection that overlaps 10.64.0.0/18"],
  ["AWS", "PENDING_ACCEPTANCE", "amber", "One route table"],
  ["AWS", "FAILED", "green", "no other known connection that overlaps 10.8.0.0/21"],
] as const)("An overlapping %s connection in %s is %s: %s [B6]", (cloud, status, expected, words) => {
  const [says, ...more] = told("overlap-with-other-container", draftOf(cloud), peeredIn(cloud, { status }))
  expect(more).toEqual([])
  expect(says).toMatch(new RegExp(`^${expected} `))
  expect(says).toContain(words)
})

test("A network's connection to a container of unknown CIDR leaves the overlap not checked", () => {
  for (const world of [peeredIn("AZURE", { cidr: null }), peeredIn("AZURE", { more: { containers: [] } })])
    expect(told("overlap-with-other-container", draftOf("AZURE"), world)).toEqual([
      "unchecked -: vnet-payments is also connected to a container of orders, whose CIDR isn't known. Overlap not checked",
    ])
})

describe("Addresses that are not known [B6]", () => {
  test.each(["AZURE", "GCP", "AWS"] as const)(
    "unknown CIDRs on %s leave the overlap not checked, until a look-up tells them",
    (cloud) => {
      const unknown = { ...draftOf(cloud), networkBlocks: [] }
      const { status, checks, plan } = toVerdict(unknown, snapshot)
      expect(status).toBe("unchecked")
      expect(plan).not.toBeNull()
      const unchecked = checks.filter((check) => check.status === "unchecked")
      const ofBlocks = unchecked.filter((check) => check.field === "networkBlocks")
      expect(ofBlocks.map(({ id }) => id)).toEqual(["overlap-with-container"])
      const known = { ...unknown, networkBlocks: cloud === "AWS" ? ["10.48.0.0/16"] : ["10.44.0.0/16"] }
      const left = toVerdict(lookedUp(known), snapshot).checks.filter((check) => check.status === "unchecked")
      expect(left).toEqual([])
    },
  )

  test("unknown CIDRs of other networks in the container are named, never green", () => {
    expect(told("overlap-with-peer", drafts.AZURE)).toEqual([
      "unchecked -: Overlap with vnet-hub not checked: Atlas doesn't report the CIDRs of this container's other networks",
    ])
    expect(told("overlap-with-peer", draftOf("AZURE"))).toEqual([
      "green -: The container has no other connections",
    ])
  })
})

test("Blocks of a VPC outside the routed CIDR are warned of", () => {
  const draft = draftOf("AWS")
  const blocks = (networkBlocks: string[]) => told("unrouted-blocks", { ...draft, networkBlocks })
  expect(blocks(["10.48.0.0/16", "172.20.0.0/16"])).toEqual([
    "amber -: Atlas routes only to 10.48.0.0/16. Hosts in 172.20.0.0/16 probably get no answers",
  ])
  expect(blocks(["10.48.0.0/15"])).toEqual([
    "amber -: Atlas routes only to 10.48.0.0/16. Hosts in 10.48.0.0/15 outside 10.48.0.0/16 probably get no answers",
  ])
  expect(blocks(["10.48.0.0/16", "10.48.4.0/24"])).toEqual([])
})

test.each([
  ["AWS", 50, "AWS allows 50 per VPC, 125 on request"],
  ["AZURE", 500, "Azure allows 500 per VNet"],
] as const)(
  "A network on %s with %i active connections is warned of its cloud's limit",
  (cloud, most, words) => {
    const of = (count: number): ProjectSnapshot => {
      const [peer] = peeredIn(cloud).otherProjects[0]?.peers ?? []
      const peers = Array.from({ length: count }, (_, at) => ({ ...peer!, id: String(at).padStart(24, "0") }))
      return peeredIn(cloud, { cidr: "10.199.0.0/21", more: { peers } })
    }
    expect(told("network-quota", draftOf(cloud), of(most - 1))).toEqual([])
    expect(told("network-quota", draftOf(cloud), of(most))).toEqual([
      `amber -: ${names[cloud]} has ${most} active peerings. ${words}`,
    ])
  },
)
