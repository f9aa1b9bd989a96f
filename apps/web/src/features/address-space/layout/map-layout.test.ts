import { findAddressConflicts, readCidrRange, toAddressPicture } from "@peering-desk/peering-rules"
import { AtlasPeer, Container, type ProjectAddresses } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { formatAddress } from "#copy/address-blocks.ts"
import { toLanes } from "./map-lanes.ts"
import { toHoldingCidr, toSegments } from "./map-segments.ts"

const ten = readCidrRange("10.0.0.0/8")!
const reserved = [readCidrRange("10.128.0.0/9")!]

const vpc = (vpcId: string, routeTableCidrBlock: string, containerId = "c1") =>
  AtlasPeer.parse({ providerName: "AWS", id: `of-${vpcId}`, vpcId, containerId, routeTableCidrBlock })
const container = (atlasCidrBlock: string, id = "c1") =>
  Container.parse({ providerName: "AWS", id, regionName: "US_EAST_1", atlasCidrBlock })

function toSpace(name: string, more: Partial<ProjectAddresses>): ProjectAddresses {
  const project = { id: name, name }
  return { project, containers: [], peers: [], privateIpMode: null, readAt: null, problem: null, ...more }
}

function layOut(spaces: ProjectAddresses[], most = 24) {
  const blocks = toAddressPicture(spaces, null).blocks.filter(({ kind }) => kind !== "well-known")
  const segments = toSegments(ten, blocks, reserved, most)
  return { blocks, segments, lanes: toLanes(blocks, segments, findAddressConflicts(blocks), "project") }
}

test("columns are blocks, free ranges and reserved ranges, in the order of their addresses", () => {
  const { segments } = layOut([
    toSpace("a", { peers: [vpc("v1", "10.0.0.0/16"), vpc("v2", "10.200.0.0/16")] }),
  ])
  expect(segments.map(({ kind, first }) => `${kind} ${formatAddress(first)}`)).toEqual([
    "blocks 10.0.0.0",
    "free 10.1.0.0",
    "reserved 10.128.0.0",
    "blocks 10.200.0.0",
    "reserved 10.201.0.0",
  ])
})

test("a nested block splits the column of the block around it, and takes a second row", () => {
  const peers = [vpc("v1", "10.0.0.0/16"), vpc("v2", "10.0.8.0/24", "c2")]
  const { segments, lanes } = layOut([toSpace("a", { peers })])
  expect(segments.filter(({ kind }) => kind === "blocks")).toHaveLength(3)
  expect(lanes).toMatchObject([
    {
      title: "a",
      rowCount: 2,
      shapes: [
        { from: 0, to: 3, row: 0 },
        { from: 1, to: 2, row: 1 },
      ],
    },
  ])
})

test("neighbours merge until few enough columns hold blocks, and a merged column opens a smaller range", () => {
  const peers = Array.from({ length: 60 }, (_, index) => vpc(`v${index}`, `10.${index}.0.0/24`))
  const { segments, lanes } = layOut([toSpace("a", { peers })])
  const held = segments.filter(({ kind }) => kind === "blocks" || kind === "merged")
  expect(held.length).toBeLessThanOrEqual(24)
  expect(lanes[0]?.shapes.reduce((sum, { blocks }) => sum + blocks.length, 0)).toBe(60)
  expect(toHoldingCidr(held[0]!)).toBe("10.0.0.0/14")
})

test("columns merge in any small range too", () => {
  const range = readCidrRange("10.0.0.0/26")!
  const peers = Array.from({ length: 32 }, (_, index) => vpc(`v${index}`, `10.0.0.${index * 2}/32`))
  const { blocks } = layOut([toSpace("a", { peers })])
  expect(toSegments(range, blocks, [], 4).filter(({ kind }) => kind === "merged")).toHaveLength(4)
})

test("columns cover any range once, without a gap, and few enough of them hold blocks", () => {
  const cidr = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.integer({ min: 9, max: 32 }))
    .map(([offset, prefix]) => {
      const at = 10 * 2 ** 24 + Math.floor(offset / 2 ** (32 - prefix)) * 2 ** (32 - prefix)
      return `${formatAddress(at)}/${prefix}`
    })
  fc.assert(
    fc.property(
      fc.array(cidr, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 16, max: 24 }),
      (cidrs, most) => {
        const peers = cidrs.map((one, index) => vpc(`v${index}`, one))
        const { segments } = layOut([toSpace("a", { peers })], most)
        expect(segments[0]?.first).toBe(ten.first)
        expect(segments.at(-1)?.last).toBe(ten.last)
        expect(segments.slice(1).map(({ first }) => first)).toEqual(
          segments.slice(0, -1).map(({ last }) => last + 1),
        )
        expect(
          segments.filter(({ kind }) => kind === "blocks" || kind === "merged").length,
        ).toBeLessThanOrEqual(most)
      },
    ),
    { numRuns: 50 },
  )
})

test("a network of two projects is in both lanes, and lanes of clouds show it once", () => {
  const spaces = ["a", "b"].map((name) => toSpace(name, { peers: [vpc("v1", "10.0.0.0/16")] }))
  const { blocks, segments, lanes } = layOut(spaces)
  expect(lanes.map(({ title, cloud }) => [title, cloud])).toEqual([
    ["a", "AWS"],
    ["b", "AWS"],
  ])
  expect(toLanes(blocks, segments, [], "cloud").map(({ title }) => title)).toEqual(["AWS"])
})

test("a network that overlaps its container is marked as a conflict, and the same CIDR elsewhere is not", () => {
  const { lanes } = layOut([
    toSpace("a", { containers: [container("10.8.0.0/21")], peers: [vpc("v1", "10.8.0.0/16")] }),
    toSpace("b", { containers: [container("10.8.0.0/21", "c9")] }),
  ])
  expect(lanes.map(({ shapes }) => shapes.map(({ conflicts }) => conflicts.length))).toEqual([[1, 1], [0]])
})
