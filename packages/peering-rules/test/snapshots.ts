import {
  formatCidr,
  providerNames,
  readAtlasPeer,
  readContainer,
  toCanonicalCidr,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { lookedAt } from "./look-ups.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

const providerName = fc.constantFrom(...providerNames)

// Few values of each kind, so a draft often overlaps or matches its snapshot.
const containerId = fc.constantFrom(...Array.from({ length: 4 }, (_, n) => `507f1f77bcf86cd79943901${n}`))
const peerId = fc.constantFrom(
  ...Array.from({ length: 12 }, (_, n) => (0x1a2b3c + n).toString(16).padStart(24, "0")),
)
const values = {
  accepterRegionName: ["us-east-1", "us-west-2", "eu-west-1", "eu-fjord-9"],
  awsAccountId: ["482913570264", "719304826155"],
  vpcId: ["vpc-0a1b2c3d", "vpc-0f1e2d3c", "vpc-0a1b2c3d4e5f60718"],
  gcpProjectId: ["acme-payments-prod-417203", "acme-ledger-118342"],
  networkName: ["default", "payments-vpc"],
  azureDirectoryId: ["35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"],
  azureSubscriptionId: ["2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42"],
  resourceGroupName: ["rg-hub", "RG-HUB", "rg-old"],
  vnetName: ["vnet-hub", "VNET-HUB", "vnet-old"],
} as const

const regions: Record<ProviderName, readonly string[]> = {
  AWS: ["US_EAST_1", "US_WEST_2", "EU_WEST_1", "CN_NORTH_1"],
  GCP: ["CENTRAL_US", "EASTERN_US", "US_EAST_4", "WESTERN_EUROPE", "EUROPE_WEST_2", "EUROPE_WEST_3"],
  AZURE: ["US_EAST_2", "EUROPE_WEST", "EUROPE_NORTH", "CHINA_EAST"],
}

const statuses: Record<ProviderName, readonly string[]> = {
  AWS: ["INITIATING", "PENDING_ACCEPTANCE", "AVAILABLE", "FAILED", "TERMINATING", "SOMETHING_NEW"],
  GCP: ["ADDING_PEER", "WAITING_FOR_USER", "AVAILABLE", "FAILED", "DELETING"],
  AZURE: ["ADDING_PEER", "AVAILABLE", "FAILED", "DELETION_FAILED", "DELETING"],
}

/** Blocks in a corner of the private ranges, of every size that matters, each in its one spelling. */
const block = fc
  .tuple(
    fc.constantFrom(
      10 * 2 ** 24,
      10 * 2 ** 24 + 2 ** 23,
      172 * 2 ** 24 + 16 * 2 ** 16,
      192 * 2 ** 24 + 168 * 2 ** 16,
    ),
    fc.integer({ min: 0, max: 90 }),
    fc.constantFrom(16, 18, 20, 21, 22, 23, 24, 26),
  )
  .map(([base, at, prefix]) => formatCidr(toCanonicalCidr({ network: base + at * 2 ** 11, prefix })))

/** Hostile texts, and some common ones. */
export const hostileText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "",
    " ",
    "new",
    "null",
    "constructor",
    "__proto__",
    "'; rm -rf /",
    "<script>",
    "10.0.0.0",
    "10.0.0.1/16",
    "8.8.8.0/24",
    "0.0.0.0/0",
    "10.0.0.0/33",
    " vpc-0A1B2C3D ",
    "arn:aws:ec2:us-east-1:482913570264:vpc/vpc-0a1b2c3d",
    "us-east-1a",
    "Frankfurt",
    "x".repeat(2000),
  ),
)

/** Atlas may leave a field out, give null, or give something else. */
const lapse = fc.constantFrom<unknown>(undefined, null, "null", 7, {}, "10.0.0.0/99")
const mostly = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 15, arbitrary: value }, { weight: 1, arbitrary: lapse })

/** The network that Atlas has in a container: seldom one that a draft names by mistake. */
const ownNetwork = Object.fromEntries(
  (["vpcId", "gcpProjectId", "networkName", "vnetName"] as const).map((name) => [
    name,
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(null, "atlas-own") },
      { weight: 1, arbitrary: fc.constantFrom<string>(...values[name]) },
    ),
  ]),
)

const container: fc.Arbitrary<Container> = providerName
  .chain((cloud) =>
    fc.tuple(
      fc.constant(cloud),
      fc.record({
        id: containerId,
        atlasCidrBlock: mostly(block),
        provisioned: mostly(fc.boolean()),
        regionName: mostly(fc.constantFrom(...regions.AWS)),
        region: mostly(fc.constantFrom(...regions.AZURE)),
        ...ownNetwork,
      }),
    ),
  )
  .map(([cloud, raw]) => readContainer(raw, cloud))
  .filter((one) => one !== null)

const peer: fc.Arbitrary<AtlasPeer> = providerName
  .chain((cloud) => {
    const named = Object.fromEntries(
      Object.entries(values).map(([name, of]) => [name, mostly(fc.constantFrom<string>(...of))]),
    )
    const status = mostly(fc.constantFrom(...statuses[cloud]))
    return fc.tuple(
      fc.constant(cloud),
      fc.record({
        ...named,
        id: peerId,
        containerId: mostly(containerId),
        routeTableCidrBlock: mostly(block),
        [cloud === "AWS" ? "statusName" : "status"]: status,
      }),
    )
  })
  .map(([cloud, raw]) => readAtlasPeer(raw, cloud))
  .filter((one) => one !== null)

const unreadProblem = fc.constantFrom("atlas_unreachable", "atlas_rate_limited")
const mostlyRead = fc.oneof(
  { weight: 9, arbitrary: fc.constant("2026-11-24T12:00:00.000Z") },
  { weight: 1, arbitrary: fc.constant(null) },
)

/** A project of one's own or another's; `most` is how many connections it may have. */
function projectAddresses(most: number): fc.Arbitrary<ProjectAddresses> {
  return fc.record({
    project: fc.record({
      id: peerId,
      name: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom("payments", "orders", "ledger") },
        { weight: 1, arbitrary: hostileText },
      ),
      keyMayCreate: fc.constantFrom(
        ...(["yes", "yes", "yes", "yes", "yes", "in-existing-containers", "no", "unknown"] as const),
      ),
    }),
    containers: fc.uniqueArray(container, {
      minLength: 2,
      maxLength: 9,
      selector: ({ providerName: cloud, id }) => `${cloud} ${id}`,
    }),
    peers: fc.uniqueArray(peer, { maxLength: most, selector: ({ id }) => id }),
    privateIpMode: fc.constantFrom(false, false, false, true, null),
    readAt: mostlyRead,
    problem: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: unreadProblem }),
  })
}

/** Snapshots small enough to be full of collisions, with everything in them that Atlas may leave out. */
export const arbitrarySnapshot: fc.Arbitrary<ProjectSnapshot> = fc.record({
  here: projectAddresses(12),
  otherProjects: fc.array(projectAddresses(3), { maxLength: 3 }),
  peersPerProject: fc.constantFrom(3, 10, 50, 50, 50, 51),
  now: fc.constant(lookedAt),
})

const sometimesHostile = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: hostileText })

/** Drafts in every state: right, half filled in, wrong, hostile, for an existing container or a new one. */
export const arbitraryDraft: fc.Arbitrary<PeeringDraft> = providerName.chain((cloud) => {
  const named = Object.fromEntries(
    Object.entries(values).map(([name, of]) => [name, sometimesHostile(fc.constantFrom<string>(...of))]),
  )
  const allFields = {
    ...named,
    containerId: fc.oneof(
      { weight: 12, arbitrary: containerId },
      { weight: 8, arbitrary: fc.constant("new") },
      { weight: 1, arbitrary: hostileText },
    ),
    routeTableCidrBlock: sometimesHostile(block),
  }
  const request = fc.oneof(
    { weight: 5, arbitrary: fc.record(allFields) },
    { weight: 1, arbitrary: fc.record(allFields, { requiredKeys: [] }) },
  )
  const region = sometimesHostile(fc.constantFrom(...regions[cloud]))
  const newContainer = fc.record(
    {
      atlasCidrBlock: sometimesHostile(block),
      region,
      regions: fc.oneof(fc.constant<string[]>([]), fc.array(region, { maxLength: 10 })),
    },
    { requiredKeys: ["atlasCidrBlock", "region"] },
  )
  const networkBlocks = fc.array(sometimesHostile(block), { maxLength: 3 })
  const peeredBlocks = fc.array(fc.oneof(sometimesHostile(block), fc.constantFrom("none", "hub")), {
    maxLength: 3,
  })
  return fc.record(
    { providerName: fc.constant(cloud), request, newContainer, networkBlocks, peeredBlocks },
    { requiredKeys: ["providerName", "request"] },
  )
})
