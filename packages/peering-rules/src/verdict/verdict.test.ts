import {
  providerNames,
  type CheckId,
  type CheckStatus,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { looked, toLookUp } from "#test/look-ups.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toVerdict } from "./verdict.ts"
import {
  draftForNew,
  drafts,
  draftWith,
  ids,
  listedContainer,
  lookedUp,
  manyPeers,
  peerOnVpc,
  told,
  payments,
  snapshot,
  snapshotWith,
} from "#test/drafts.ts"

test.each([
  ["AWS", "green"],
  ["GCP", "green"],
  // The addresses of the container's other VNet are not known.
  ["AZURE", "unchecked"],
] as const)("a right draft for %s with a look-up of its network is %s", (providerName, status) => {
  const verdict = toVerdict(lookedUp(drafts[providerName]), snapshot)
  expect(verdict.checks.filter((check) => check.status === "red" || check.status === "open")).toEqual([])
  expect(verdict.status).toBe(status)
  expect(verdict.plan?.steps.map(({ kind }) => kind)).toEqual(["reuse-container", "create-peering"])
})

test.each(providerNames)("a right draft for %s is never green without a look-up", (providerName) => {
  const { status, checks } = toVerdict(drafts[providerName], snapshot)
  expect(status).toBe("unchecked")
  expect(checks.filter((check) => check.status === "unchecked").map(({ id }) => id)).toContain(
    "known-network",
  )
})

test.each(providerNames)(
  "a right draft for %s with a new container is green, with a note that its CIDR can't change",
  (cloud) => {
    const of = cloud === "GCP" ? snapshotWith({ containers: [] }) : snapshot
    const verdict = toVerdict(lookedUp(draftForNew(cloud)), of)
    expect(verdict.checks.filter((check) => check.status === "red" || check.status === "open")).toEqual([])
    expect(verdict.status).toBe("green")
    expect(verdict.checks).toContainEqual(expect.objectContaining({ id: "one-way-door", status: "note" }))
    expect(verdict.plan?.steps.map(({ kind }) => kind)).toEqual(["create-container", "create-peering"])
  },
)

test.each(providerNames)("an empty draft for %s is open, and says what to fill in", (providerName) => {
  const verdict = toVerdict({ providerName, request: {} }, snapshot)
  expect(verdict.status).toBe("open")
  expect(verdict.plan).toBeNull()
  const fields = verdict.checks.filter(({ id }) => id === "fields")
  expect(fields.map(({ field }) => field)).toEqual(Object.keys(drafts[providerName].request))
  expect(new Set(fields.map(({ status, errorCode }) => `${status} ${errorCode}`))).toEqual(
    new Set(["open MISSING_ATTRIBUTE"]),
  )
})

test.each<[CheckId, PeeringDraft, ProjectSnapshot, string]>([
  [
    "overlap-other-projects",
    drafts.AWS,
    {
      ...snapshot,
      otherProjects: [
        {
          ...payments,
          peers: [],
          project: { id: "1", name: "orders" },
          containers: [
            listedContainer({
              id: "1",
              providerName: "AWS",
              regionName: "EU_WEST_1",
              atlasCidrBlock: "10.48.8.0/21",
            }),
          ],
        },
      ],
    },
    "container 10.48.8.0/21 in EU_WEST_1 in orders",
  ],
  [
    "well-known-block",
    draftWith("AWS", { routeTableCidrBlock: "172.31.0.0/16" }),
    snapshot,
    "172.31.0.0/16 is used by the default VPC of every AWS region",
  ],
  [
    "well-known-block",
    draftForNew("AWS", { atlasCidrBlock: "192.168.248.0/21" }),
    snapshot,
    "is used by Atlas by default",
  ],
  ["cross-region", draftWith("AWS", { accepterRegionName: "eu-west-1" }), snapshot, "no security groups"],
  [
    "one-way-door",
    draftForNew("GCP", { atlasCidrBlock: "10.96.0.0/24", regions: ["CENTRAL_US"] }),
    snapshotWith({ containers: [] }),
    "Clusters are limited to CENTRAL_US",
  ],
])("%s is a note, which leaves a draft with a look-up green", (id, draft, of, words) => {
  expect(
    told(id, draft, of)
      .filter((one) => one.startsWith("note"))
      .join("\n"),
  ).toContain(words)
  expect(toVerdict(lookedUp(draft), of).status).toBe("green")
})

describe("toVerdict for a draft that Atlas takes [C10] [C11] [F2]", () => {
  test.each<[CheckId, PeeringDraft, ProjectSnapshot, string]>([
    [
      "overlap-other-projects",
      draftWith("AWS", { routeTableCidrBlock: "10.8.8.0/22" }),
      snapshot,
      "OVERLAPPING_ATLAS_CIDR_BLOCK: 10.8.8.0/22 overlaps container 10.8.8.0/21 in US_WEST_2 of this project. Atlas may reject it",
    ],
    [
      "overlap-other-projects",
      draftWith("AWS", { containerId: ids.awsWest, routeTableCidrBlock: "10.32.0.0/16" }),
      snapshot,
      "OVERLAPPING_CIDR_BLOCK: 10.32.0.0/16 overlaps 10.32.0.0/16 of vpc-0a1b2c3d of this project. Atlas may reject it",
    ],
    [
      "overlap-other-projects",
      draftForNew("AWS", { atlasCidrBlock: "10.32.8.0/21" }),
      snapshot,
      "OVERLAPPING_CIDR_BLOCK: 10.32.8.0/21 overlaps 10.32.0.0/16 of vpc-0a1b2c3d of this project. Atlas may reject it",
    ],
    [
      "well-known-block",
      { ...draftWith("GCP", { networkName: "default" }), networkBlocks: [] },
      snapshotWith({
        containers: [listedContainer({ id: ids.gcp, providerName: "GCP", atlasCidrBlock: "10.128.0.0/21" })],
      }),
      "10.128.0.0/21 overlaps 10.128.0.0/9, used by Google Cloud's auto mode networks. If default is one, it can't be peered",
    ],
    [
      "cross-region",
      draftWith("AWS", { accepterRegionName: "cn-north-1" }),
      snapshot,
      "separate AWS partitions",
    ],
    [
      "fields",
      draftWith("AWS", { routeTableCidrBlock: "172.16.0.0/12" }),
      snapshot,
      "AWS VPCs are /16 to /28; /12 is too large",
    ],
    ["fields", draftWith("AWS", { routeTableCidrBlock: "10.50.0.1/32" }), snapshot, "/16 to /28"],
    ["peering-only-mode", drafts.AWS, snapshotWith({ privateIpMode: true }), "which peering no longer needs"],
    [
      "cidr-ignored",
      { ...drafts.AWS, newContainer: { atlasCidrBlock: "10.96.0.0/21" } },
      snapshot,
      "10.96.0.0/21 won't be used",
    ],
    [
      "cloud-permission",
      { ...drafts.AZURE, facts: { ...toLookUp(drafts.AZURE), roles: looked([]) } },
      snapshot,
      "Atlas has no role on vnet-payments. Assign it first, or Azure will reject the request",
    ],
    [
      "dns",
      { ...drafts.AWS, facts: { ...toLookUp(drafts.AWS), dns: looked({ support: true, hostnames: false }) } },
      snapshot,
      "DNS hostnames are off in vpc-0a1b2c3d4e5f60718",
    ],
    [
      "quota",
      drafts.AWS,
      snapshotWith({ peers: manyPeers(60, "AVAILABLE") }),
      "Atlas must have raised its limit of 50",
    ],
    [
      "quota-pending",
      drafts.AWS,
      snapshotWith({ peers: manyPeers(26, "PENDING_ACCEPTANCE") }),
      "Atlas must have raised its limit of 25",
    ],
    [
      "fields",
      draftWith("AWS", { accepterRegionName: "eu-fjord-9" }),
      snapshot,
      "eu-fjord-9 isn't a known AWS region",
    ],
    [
      "atlas-network",
      draftWith("GCP", { gcpProjectId: "p-7x0h9wqzk4n5b2m8v6c3d1fa" }),
      snapshot,
      "p-7x0h9wqzk4n5b2m8v6c3d1fa looks like a project that Atlas created. Check that it's yours",
    ],
  ])("warns with an amber %s and still gives a plan", (id, draft, of, words) => {
    expect(
      told(id, draft, of)
        .filter((one) => one.startsWith("amber"))
        .join("\n"),
    ).toContain(words)
    const verdict = toVerdict(draft, of)
    expect(["amber", "unchecked"]).toContain(verdict.status)
    expect(verdict.plan).not.toBeNull()
  })

  test.each<[CheckId, PeeringDraft, ProjectSnapshot, string]>([
    [
      "overlap-with-container",
      { ...drafts.AZURE, networkBlocks: ["10.40.0.0", "fd00::/8"] },
      snapshot,
      "10.40.0.0 and fd00::/8 aren't IPv4 CIDRs and weren't checked",
    ],
    [
      "peering-only-mode",
      draftWith("AZURE", { containerId: ids.azureEurope }),
      snapshotWith({ privateIpMode: null }),
      "Couldn't read if payments is in peering-only mode",
    ],
    [
      "key-rights",
      drafts.AWS,
      snapshotWith({ project: { id: "1", name: "payments" } }),
      "Not known: the Atlas API key",
    ],
    [
      "overlap-with-peer",
      drafts.AWS,
      snapshotWith({ peers: [peerOnVpc({})] }),
      "Atlas doesn't report the CIDR of 1 connection",
    ],
    [
      "overlap-with-container",
      drafts.AWS,
      snapshotWith({ containers: [listedContainer({ id: ids.aws, providerName: "AWS" })] }),
      "Atlas doesn't report this container's CIDR",
    ],
    [
      "overlap-with-container",
      { ...drafts.AZURE, networkBlocks: [] },
      snapshot,
      "Overlap with 10.24.0.0/21 not checked: the CIDRs of vnet-payments aren't known",
    ],
    [
      "overlap-with-container",
      { ...drafts.GCP, networkBlocks: [] },
      snapshot,
      "Overlap with 10.64.0.0/18 not checked: the CIDRs of payments-vpc aren't known",
    ],
    [
      "overlap-with-container",
      { ...drafts.AWS, networkBlocks: [] },
      snapshot,
      "Overlap with 10.8.0.0/21 not checked: the other CIDRs of vpc-0a1b2c3d4e5f60718 aren't known",
    ],
    [
      "overlap-with-peer",
      drafts.AZURE,
      snapshot,
      "Overlap with vnet-hub not checked: Atlas doesn't report the CIDRs of this container's other networks",
    ],
  ])("says of %s that it was not checked, is never green, and still gives a plan", (id, draft, of, words) => {
    const [first] = told(id, draft, of).filter((one) => one.startsWith("unchecked"))
    expect(first).toContain(words)
    expect(toVerdict(draft, of)).toMatchObject({ status: "unchecked", plan: expect.anything() })
  })
})

test.each<[CheckId, PeeringDraft]>([
  ["container", draftWith("AWS", { containerId: ids.nobody })],
  ["duplicate", drafts.AWS],
  ["overlap-with-peer", drafts.AWS],
  ["quota", drafts.AWS],
  ["quota-pending", drafts.AWS],
  ["container-overlap", draftForNew("AWS")],
  ["container-is-the-only-one", draftForNew("AWS")],
])("%s is not checked, never green, when the project's lists could not be read", (id, draft) => {
  for (const away of [{ readAt: null }, { problem: "atlas_unreachable" as const }]) {
    expect(told(id, draft, snapshotWith(away)).map((one) => one.split(" ")[0])).toEqual(["unchecked"])
    expect(toVerdict(draft, snapshotWith(away)).status satisfies CheckStatus).toBe("unchecked")
  }
})

test("another project that cannot be read leaves its checks not made, said once, and still gives a plan", () => {
  const of = {
    ...snapshot,
    otherProjects: [{ ...payments, containers: [], peers: [], problem: "atlas_timeout" as const }],
  }
  const says = "Couldn't read 1 other project from Atlas. Overlap with what is there not checked"
  for (const id of ["overlap-other-projects", "overlap-with-other-container"] as const)
    expect(told(id, drafts.AWS, of)).toEqual([`unchecked -: ${says}`])
  expect(toVerdict(drafts.AWS, of)).toMatchObject({ status: "unchecked", plan: expect.anything() })
})

test.each([
  ["another block", "10.96.0.0/21", "Atlas allows one per region, so 10.96.0.0/21 can't be used"],
  ["its very block", "10.8.8.0/21", "Atlas allows one per region"],
])("a container already in place is reported once when %s was typed", (_what, atlasCidrBlock, words) => {
  const { checks } = toVerdict(draftForNew("AWS", { region: "US_WEST_2", atlasCidrBlock }), snapshot)
  const told = checks.filter(({ says }) => says.includes("10.8.8.0/21") && says.includes("US_WEST_2"))
  expect(told.map(({ id, status, errorCode }) => `${id} ${status} ${errorCode}`)).toEqual([
    "container-is-the-only-one red CONTAINER_ALREADY_EXISTS",
  ])
  expect(told[0]?.says).toContain(words)
  expect(checks.filter(({ status }) => status === "red")).toEqual(told)
})

test("a VPC peered from another container does not overlap itself", () => {
  const draft = draftWith("AWS", {
    containerId: ids.awsWest,
    vpcId: "vpc-0a1b2c3d",
    routeTableCidrBlock: "10.32.0.0/16",
  })
  expect(told("duplicate", draft)).toEqual([expect.stringContaining("green")])
  expect(told("overlap-other-projects", draft)).toEqual([expect.stringContaining("green")])
})

test("blocks of another cloud never count as an overlap", () => {
  const everywhere = { ...snapshot, otherProjects: [payments] }
  for (const [draft, of] of [
    [draftWith("AWS", { routeTableCidrBlock: "10.64.0.0/16" }), everywhere],
    [draftWith("AWS", { routeTableCidrBlock: "10.24.0.0/20" }), everywhere],
    [draftForNew("AZURE", { atlasCidrBlock: "10.32.0.0/21" }), everywhere],
    [draftForNew("AZURE", { atlasCidrBlock: "10.8.0.0/21" }), everywhere],
  ] as const)
    expect(told("overlap-other-projects", draft, of)).toEqual([
      expect.stringMatching(/^green -: .* (doesn't|don't) overlap any known network in other projects$/),
    ])
})

test("known addresses of a network that overlap nothing are green, without a warning about auto mode", () => {
  const containers = [listedContainer({ id: ids.gcp, providerName: "GCP", atlasCidrBlock: "10.128.0.0/21" })]
  const of = snapshotWith({ containers })
  const draft = { ...drafts.GCP, networkBlocks: ["10.40.0.1/16", "10.41.0.0/16", "10.40.0.0/16"] }
  expect(told("overlap-with-container", draft, of)).toEqual([
    "green -: 10.40.0.0/16 and 10.41.0.0/16 of payments-vpc don't overlap the container's 10.128.0.0/21",
  ])
  expect(toVerdict(lookedUp(draft), of).status).toBe("green")
  const unknown = toVerdict({ ...drafts.GCP, networkBlocks: [] }, of)
  expect(unknown.checks.filter(({ status }) => status === "amber")).toHaveLength(1)
})

test("a VNet with a working connection is green for Atlas's role", () => {
  const draft = draftWith("AZURE", {
    containerId: ids.azureEurope,
    resourceGroupName: "rg-hub",
    vnetName: "vnet-hub",
  })
  expect(told("cloud-permission", draft)).toEqual([expect.stringContaining("green")])
})

test("unfinished connections over their limit are amber under a raised limit, since Atlas documents no link", () => {
  const of = (count: number) => ({
    ...snapshotWith({ peers: manyPeers(count, "INITIATING") }),
    peersPerProject: 101,
  })
  expect(told("quota-pending", drafts.AWS, of(24))).toEqual([expect.stringContaining("green")])
  expect(told("quota-pending", drafts.AWS, of(25))).toEqual([
    "amber PEER_MAXIMUM_REACHED: payments has 25 unfinished connections. Atlas documents a limit of 25, which may be higher here",
  ])
  expect(told("quota", drafts.AWS, of(30))).toEqual([expect.stringContaining("green")])
})

test("the plan has the bodies that Atlas takes", () => {
  expect(toVerdict(draftForNew("AWS"), snapshot).plan?.steps.map(({ body }) => body)).toEqual([
    { providerName: "AWS", regionName: "EU_WEST_1", atlasCidrBlock: "10.96.0.0/21" },
    { providerName: "AWS", ...drafts.AWS.request, containerId: "new" },
  ])
  const small = draftForNew("GCP", {
    atlasCidrBlock: "10.96.0.0/23",
    regions: ["CENTRAL_US", "", "CENTRAL_US"],
  })
  expect(toVerdict(small, snapshotWith({ containers: [] })).plan?.steps[0]?.body).toEqual({
    providerName: "GCP",
    atlasCidrBlock: "10.96.0.0/23",
    regions: ["CENTRAL_US"],
  })
  expect(toVerdict(drafts.GCP, snapshot).plan?.steps.map(({ body }) => body)).toEqual([
    null,
    { providerName: "GCP", ...drafts.GCP.request },
  ])
})
