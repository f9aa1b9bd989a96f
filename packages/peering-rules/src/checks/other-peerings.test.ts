import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { summariseVerdict } from "#verdict/summarise-verdict.ts"
import { toVerdict } from "#verdict/verdict.ts"
import { draftForNew, drafts, listedContainer, payments, snapshot, snapshotWith, told } from "#test/drafts.ts"
import { readPasted } from "#paste/read-pasted.ts"

const id = "overlap-with-other-network"
const clouds = [
  ["AZURE", "vnet-payments", "10.24.0.0/21", "10.24.0.0/16"],
  ["GCP", "payments-vpc", "10.64.0.0/18", "10.64.0.0/20"],
] as const

test.each(clouds)(
  "The verdict on %s is never green before the peerings of %s are filled in",
  (cloud, name) => {
    const { peeredBlocks: _, ...draft } = drafts[cloud]
    const { checks, status, plan } = toVerdict(draft, snapshot)
    const check = checks.find((one) => one.field === "peeredBlocks")
    expect(check).toMatchObject({ id, status: "unchecked", says: `Other peerings of ${name} not checked` })
    expect(status).toBe("unchecked")
    expect(summariseVerdict({ checks, status }).kind).toBe("not-checked")
    // The connection can still be created.
    expect(plan).not.toBeNull()
    expect(toVerdict({ ...draft, peeredBlocks: [" "] }, snapshot).checks).toContainEqual(check)
  },
)

test.each(clouds)(
  "A peered network on %s that overlaps the container of %s is red",
  (cloud, name, block, hub) => {
    const draft = { ...drafts[cloud], peeredBlocks: ["10.99.0.0/16", hub] }
    const label = cloud === "GCP" ? "Google Cloud" : "Azure"
    expect(told(id, draft)).toContain(
      `red -: ${name} is peered with ${hub}, which overlaps the container's ${block}. ${label} refuses a second network with these addresses`,
    )
    expect(toVerdict(draft, snapshot).status).toBe("red")
  },
)

test.each(clouds)(
  "Peered networks on %s that don't overlap the container of %s pass",
  (cloud, name, block) => {
    expect(told(id, { ...drafts[cloud], peeredBlocks: ["10.99.0.0/16"] })).toContain(
      `green -: 10.99.0.0/16, peered with ${name}, doesn't overlap the container's ${block}`,
    )
    expect(told(id, { ...drafts[cloud], peeredBlocks: ["None"] })).toContain(
      `green -: ${name} has no peerings beside Atlas's`,
    )
  },
)

test("A peered network without CIDRs is not checked, one that Atlas made is known by its container", () => {
  const draft = { ...drafts.GCP, peeredBlocks: ["vpc-hub", "nt-64b1f0a27c3d5e4f8a9b0c1d-4k2m9x7q"] }
  const container = listedContainer({
    id: "507f1f77bcf86cd799439088",
    providerName: "GCP",
    atlasCidrBlock: "10.64.0.0/20",
    networkName: "nt-64b1f0a27c3d5e4f8a9b0c1d-4k2m9x7q",
  })
  const other = {
    ...payments,
    project: { ...payments.project, id: "other", name: "orders" },
    peers: [],
    containers: [container],
  }
  expect(told(id, draft, { ...snapshot, otherProjects: [other] })).toEqual(
    expect.arrayContaining([
      expect.stringContaining("red -: payments-vpc is peered with 10.64.0.0/20"),
      "unchecked -: The CIDRs of vpc-hub, peered with payments-vpc, aren't known. Not checked",
    ]),
  )
})

test("AWS has no line about other peerings, which only matter to its routes", () => {
  const { checks } = toVerdict({ ...drafts.AWS, peeredBlocks: ["10.8.0.0/16"] }, snapshot)
  expect(checks.filter(({ field }) => field === "peeredBlocks")).toEqual([])
})

test("A suggested Atlas CIDR overlaps no peered network", () => {
  const draft: PeeringDraft = { ...draftForNew("GCP"), peeredBlocks: ["10.192.0.0/16", "10.0.0.0/9"] }
  const { suggestedFixes, status } = toVerdict(draft, snapshotWith({ containers: [] }))
  expect(status).toBe("red")
  const [first] = suggestedFixes
  expect(first?.title).toMatch(/^Use \S+ for Atlas$/)
  const change = first?.change.kind === "fill" ? first.change.draft : null
  expect(change && toVerdict(change, snapshotWith({ containers: [] })).status).not.toBe("red")
})

test("Output of az network vnet show that names an overlapping hub makes the verdict red", () => {
  const vnet =
    "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-payments-network/providers/Microsoft.Network/virtualNetworks/vnet-payments"
  const output = {
    id: vnet,
    name: "vnet-payments",
    addressSpace: { addressPrefixes: ["10.41.0.0/16"] },
    virtualNetworkPeerings: [
      {
        name: "to-hub",
        peeringState: "Connected",
        remoteAddressSpace: { addressPrefixes: ["10.24.0.0/16"] },
      },
    ],
  }
  const { fields } = readPasted(JSON.stringify(output))
  const { networkBlocks, peeredBlocks } = fields
  const request = { ...drafts.AZURE.request, ...fields.request }
  const draft = {
    ...drafts.AZURE,
    request,
    ...(networkBlocks && { networkBlocks }),
    ...(peeredBlocks && { peeredBlocks }),
  }
  expect(told(id, draft).join()).toContain("red -: vnet-payments is peered with 10.24.0.0/16")
})
