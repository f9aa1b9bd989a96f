import { AtlasPeer, Container, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toAddressPicture } from "./address-blocks.ts"
import { findAddressConflicts } from "./address-conflicts.ts"

function findConflicts(...spaces: Partial<ProjectAddresses>[]) {
  const picture = toAddressPicture(
    spaces.map((space, index) => ({
      project: { id: `p${index}`, name: `project ${index}` },
      containers: [],
      peers: [],
      privateIpMode: null,
      readAt: null,
      problem: null,
      ...space,
    })),
    null,
  )
  return findAddressConflicts(picture.blocks).map(({ outer, inner }) => [outer.label, inner.label])
}

const container = (id: string, atlasCidrBlock: string, providerName = "AWS") =>
  Container.parse({ providerName, id, vpcId: id, networkName: id, vnetName: id, atlasCidrBlock })
const vpc = (vpcId: string, containerId: string, routeTableCidrBlock: string) =>
  AtlasPeer.parse({ providerName: "AWS", id: `of ${vpcId}`, vpcId, containerId, routeTableCidrBlock })

test("a network conflicts with the container that it is peered with", () => {
  const containers = [container("c1", "10.8.0.0/21"), container("c2", "10.9.0.0/21")]
  expect(findConflicts({ containers, peers: [vpc("vpc-1", "c1", "10.8.0.0/16")] })).toEqual([["vpc-1", "c1"]])
})

test("a network does not conflict with a container that it is not peered with", () => {
  const containers = [container("c1", "10.8.0.0/21"), container("c2", "10.9.0.0/21")]
  expect(findConflicts({ containers, peers: [vpc("vpc-1", "c2", "10.8.0.0/16")] })).toEqual([])
})

test("two networks of one container conflict, and two of different containers do not", () => {
  const containers = [container("c1", "192.168.0.0/21"), container("c2", "192.168.8.0/21")]
  const [a, b] = [vpc("vpc-1", "c1", "10.8.0.0/16"), vpc("vpc-2", "c1", "10.8.1.0/24")]
  expect(findConflicts({ containers, peers: [a, b] })).toEqual([["vpc-1", "vpc-2"]])
  expect(findConflicts({ containers, peers: [a, vpc("vpc-2", "c2", "10.8.1.0/24")] })).toEqual([])
})

test("two containers conflict in one project and cloud only", () => {
  const twice = [container("c1", "10.8.0.0/21"), container("c2", "10.8.0.0/21")]
  expect(findConflicts({ containers: twice })).toEqual([["c1", "c2"]])
  expect(findConflicts({ containers: [twice[0]!] }, { containers: [twice[1]!] })).toEqual([])
  expect(findConflicts({ containers: [twice[0]!, container("c3", "10.8.0.0/21", "GCP")] })).toEqual([])
})
