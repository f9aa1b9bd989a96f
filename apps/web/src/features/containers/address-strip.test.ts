import { toAddressPicture } from "@peering-desk/peering-rules"
import { AtlasPeer, Container, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { listStripPieces } from "./address-strip.ts"

function toSpace(id: string, cidrs: string[], peers: AtlasPeer[] = []): ProjectAddresses {
  const containers = cidrs.map((atlasCidrBlock, index) =>
    Container.parse({ providerName: "AWS", id: `${id}-${index}`, regionName: "US_EAST_1", atlasCidrBlock }),
  )
  return { project: { id, name: id }, containers, peers, privateIpMode: null, readAt: null, problem: null }
}

const vpc = AtlasPeer.parse({
  providerName: "AWS",
  id: "peer",
  vpcId: "vpc-1",
  containerId: "other-0",
  routeTableCidrBlock: "10.4.0.0/16",
})
const listPieces = (spaces: ProjectAddresses[]) =>
  listStripPieces(toAddressPicture(spaces, null).blocks, "own").map((piece) =>
    piece.kind === "container" ? piece.block.cidr : piece,
  )

test("a strip has the project's containers by address, with what is free and what others use between them", () => {
  const own = toSpace("own", ["192.168.8.0/21", "10.0.0.0/21", "10.8.0.0/21", "192.168.0.0/21"])
  expect(listPieces([own, toSpace("other", ["10.2.0.0/21"], [vpc])])).toEqual([
    "10.0.0.0/21",
    // Eight times 32 blocks, without the container itself, another one, and a network of 32.
    { kind: "between", freeCount: 8 * 32 - 34, otherCount: 2, first: 10 * 2 ** 24 + 8 * 2 ** 8 },
    "10.8.0.0/21",
    { kind: "break", first: 192 * 2 ** 24 + 168 * 2 ** 16 },
    "192.168.0.0/21",
    "192.168.8.0/21",
  ])
})

test("a strip of a single container is empty", () => {
  expect(listPieces([toSpace("own", ["10.0.0.0/21"]), toSpace("other", ["10.8.0.0/21"])])).toEqual([])
})
