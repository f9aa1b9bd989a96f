import {
  AtlasPeer,
  Container,
  formatCidr,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toAddressPicture } from "./address-blocks.ts"
import { listOverlaps } from "./block-nesting.ts"
import { isOverlapping } from "./cidr-overlap.ts"
import { wellKnownBlocks } from "./well-known-blocks.ts"

function makeSpace(name: string, more: Partial<ProjectAddresses> = {}): ProjectAddresses {
  return {
    project: { id: `id-of-${name}`, name },
    containers: [],
    peers: [],
    privateIpMode: null,
    readAt: null,
    problem: null,
    ...more,
  }
}

const container = (providerName: ProviderName, id: string, atlasCidrBlock: unknown, more = {}) =>
  Container.parse({ providerName, id, atlasCidrBlock, ...more })
const vpc = (id: string, vpcId: string, routeTableCidrBlock: unknown, more = {}) =>
  AtlasPeer.parse({
    providerName: "AWS",
    id,
    vpcId,
    routeTableCidrBlock,
    awsAccountId: "123456789012",
    ...more,
  })

const ownBlocks = (...input: Parameters<typeof toAddressPicture>) =>
  toAddressPicture(...input).blocks.filter(({ kind }) => kind !== "well-known")

test("containers and AWS networks become blocks with their kind and region", () => {
  const space = makeSpace("payments", {
    containers: [container("AWS", "c1", "192.168.240.0/21", { regionName: "US_EAST_1", vpcId: "vpc-atlas" })],
    peers: [vpc("p1", "vpc-mine", "10.20.0.0/16", { containerId: "c1" })],
  })
  expect(ownBlocks([space], null)).toMatchObject([
    {
      kind: "peer",
      cidr: "10.20.0.0/16",
      label: "vpc-mine",
      region: "us-east-1",
      projects: [{ name: "payments" }],
      overlapCount: 0,
    },
    {
      kind: "container",
      cidr: "192.168.240.0/21",
      label: "vpc-atlas",
      providerName: "AWS",
      region: "US_EAST_1",
    },
  ])
})

test("connections on Google Cloud and Azure are counted, since Atlas does not tell their addresses", () => {
  const peers = [
    AtlasPeer.parse({ providerName: "GCP", id: "p1", networkName: "prod" }),
    AtlasPeer.parse({ providerName: "AZURE", id: "p2", vnetName: "hub" }),
  ]
  const picture = toAddressPicture([makeSpace("a", { peers }), makeSpace("b", { peers })], null)
  expect(picture).toMatchObject({ peersWithoutCidr: 4, unreadable: 0 })
  expect(picture.blocks).toHaveLength(wellKnownBlocks.length)
})

test.each([null, undefined, "", "10.0.0.0", "everything"])(
  "a block of %j is counted as unreadable, not drawn",
  (text) => {
    const space = makeSpace("a", {
      containers: [container("GCP", "c1", text)],
      peers: [vpc("p1", "vpc-1", text)],
    })
    expect(toAddressPicture([space], null)).toMatchObject({ unreadable: 2, peersWithoutCidr: 0 })
    expect(ownBlocks([space], null)).toEqual([])
  },
)

test("a network connected several times is one block and does not overlap itself", () => {
  const spaces = ["a", "b"].map((name) =>
    makeSpace(name, {
      peers: [vpc(`${name}1`, "vpc-1", "10.20.0.0/16"), vpc(`${name}2`, "vpc-1", "10.20.0.0/16")],
    }),
  )
  expect(ownBlocks(spaces, null)).toMatchObject([
    { cidr: "10.20.0.0/16", overlapCount: 0, projects: [{ name: "a" }, { name: "b" }] },
  ])
})

test("another network with the same block overlaps, and so does a container of another cloud under the same id", () => {
  const space = makeSpace("a", {
    containers: [container("AWS", "c1", "10.0.0.0/21"), container("AZURE", "c1", "10.0.0.0/21")],
    peers: [vpc("p1", "vpc-1", "10.20.0.0/16"), vpc("p2", "vpc-2", "10.20.0.0/16")],
  })
  expect(ownBlocks([space], null).map(({ overlapCount }) => overlapCount)).toEqual([1, 1, 1, 1])
})

test("a draft appears in canonical spelling, and not before it is a block", () => {
  const draft = { cidr: "10.20.3.0/16", label: "wanted" }
  const space = makeSpace("a", { peers: [vpc("p1", "vpc-1", "10.20.0.0/24")] })
  expect(ownBlocks([space], draft)).toMatchObject([
    { kind: "draft", cidr: "10.20.0.0/16", label: "wanted", overlapCount: 1 },
    { kind: "peer", overlapCount: 1, depth: 0 },
  ])
  expect(ownBlocks([space], { cidr: "10.20", label: "wanted" })).toHaveLength(1)
})

test("a well-known block is listed among overlaps and not counted", () => {
  const space = makeSpace("a", { peers: [vpc("p1", "vpc-1", "172.31.0.0/16")] })
  const { blocks } = toAddressPicture([space], null)
  const peer = blocks.find(({ kind }) => kind === "peer")
  if (peer === undefined) throw new Error("there is a peer")
  expect(peer.overlapCount).toBe(0)
  expect(listOverlaps(blocks, peer, 5)).toMatchObject([{ kind: "well-known", cidr: "172.31.0.0/16" }])
})

const nearby = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([address, prefix]) => formatCidr({ network: 172 * 2 ** 24 + 31 * 2 ** 16 + address, prefix }))

test("toAddressPicture finds the same overlaps as comparing all pairs", () => {
  fc.assert(
    fc.property(fc.array(nearby, { maxLength: 30 }), fc.array(nearby, { maxLength: 10 }), (own, taken) => {
      const space = makeSpace("a", {
        peers: own.map((cidr, index) => vpc(`p${index}`, `vpc-${index}`, cidr)),
        containers: taken.map((cidr, index) => container("AWS", `c${index}`, cidr)),
      })
      const { blocks } = toAddressPicture([space], null)
      expect(blocks).toHaveLength(own.length + taken.length + wellKnownBlocks.length)
      for (const block of blocks) {
        const others = blocks.filter((other) => other !== block && isOverlapping(block.cidr, other.cidr))
        expect(new Set(listOverlaps(blocks, block, 1000))).toEqual(new Set(others))
        expect(block.overlapCount).toBe(others.filter(({ kind }) => kind !== "well-known").length)
        const holders = blocks.slice(0, block.at).filter((other) => others.includes(other))
        expect(block.depth).toBe(holders.filter(({ kind }) => kind === block.kind).length)
      }
    }),
    { numRuns: 300 },
  )
})

test("listOverlaps returns no more than its limit", () => {
  const peers = Array.from({ length: 40 }, (_, index) => vpc(`p${index}`, `vpc-${index}`, "10.0.0.0/16"))
  const { blocks } = toAddressPicture([makeSpace("a", { peers })], null)
  for (const block of blocks.filter(({ kind }) => kind === "peer")) {
    expect(block.overlapCount).toBe(39)
    expect(listOverlaps(blocks, block, 3)).toHaveLength(3)
  }
})
