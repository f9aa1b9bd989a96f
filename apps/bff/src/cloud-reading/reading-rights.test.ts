import { listStops } from "@peering-desk/peering-rules"
import type { AwsPeer, Container, NetworkFacts } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"

const vpcId = "vpc-05c1d9e87b3a2f406"
const atlasCidr = "192.168.248.0/21"
const list = "pl-0a1b2c3d4e5f60718"

let aws: TestReading
let connectionId = ""
beforeAll(async () => {
  aws = await startReading("reading-rights")
})
beforeEach(() => {
  aws.simulator.reset("demo")
  const network = aws.simulator.networks().find((one) => one.providerName === "AWS" && one.vpcId === vpcId)
  if (network?.providerName !== "AWS") throw new Error("no such VPC in the demo")
  const { peerings, ...given } = network
  connectionId = peerings[0]?.id ?? ""
  // The route of the subnets' table names a prefix list, and no subnet uses the main table.
  const routeTables = given.routeTables.map((table) => ({
    ...table,
    routes: table.routes.flatMap((route) =>
      route.target !== connectionId ? [route] : table.isMain ? [] : [{ ...route, to: list }],
    ),
  }))
  const prefixLists = [{ id: list, name: "atlas", cidrs: [atlasCidr] }]
  aws.simulator.putNetwork({ ...given, routeTables, prefixLists })
})
afterAll(() => aws.close())

const container: Container = {
  providerName: "AWS",
  id: "507f1f77bcf86cd799439011",
  atlasCidrBlock: atlasCidr,
  regionName: "US_EAST_1",
}
/** Accepted a moment ago: Atlas doesn't know it yet. */
const toPeer = (): AwsPeer => ({
  providerName: "AWS",
  id: "1a2b3c4d5e6f1a2b3c4d5e01",
  containerId: container.id,
  accepterRegionName: "us-east-1",
  awsAccountId: awsAccount,
  connectionId,
  routeTableCidrBlock: "10.0.0.0/16",
  statusName: "PENDING_ACCEPTANCE",
  vpcId,
})

async function readStops() {
  const asked = { region: "us-east-1", vpcIds: [vpcId], mostCalls: 12, lists: false }
  const { networks, missing, problem } = await aws.reader.read(awsRole, asked)
  const facts: NetworkFacts | null = networks[0]?.facts ?? null
  const stops = listStops(toPeer(), container, facts, Date.now())
  return { missing, problem, stops: Object.fromEntries(stops.map(({ id, state }) => [id, state])) }
}

const proven = {
  application: "proven",
  route: "proven",
  firewall: "proven",
  dns: "proven",
  peering: "proven",
}

test("a role with all rights proves every stop in the account", async () => {
  aws.putRole()
  expect(await readStops()).toMatchObject({ missing: [], problem: null, stops: proven })
})

test.each<[right: string, stops: Record<string, string>]>([
  ["ec2:DescribeVpcs", {}],
  ["ec2:DescribeVpcAttribute", { dns: "not-checked" }],
  ["ec2:DescribeSubnets", { route: "not-checked" }],
  ["ec2:DescribeRouteTables", { route: "not-checked" }],
  ["ec2:DescribeManagedPrefixLists", { route: "not-checked" }],
  ["ec2:GetManagedPrefixListEntries", { route: "not-checked" }],
  ["ec2:DescribeNetworkAcls", { firewall: "not-checked" }],
  ["ec2:DescribeSecurityGroups", { firewall: "not-checked" }],
  // A route counts once the peering is known to be active.
  ["ec2:DescribeVpcPeeringConnections", { peering: "waiting", route: "later" }],
])("a role without %s leaves the stops that need it unchecked, and no other", async (right, stops) => {
  aws.putRole({ without: [right] })
  expect(await readStops()).toMatchObject({ missing: [right], problem: null, stops: { ...proven, ...stops } })
})

test("a role without any right proves no stop", async () => {
  aws.putRole({ without: allRights })
  const { missing, problem, stops } = await readStops()
  expect([missing.length, problem, Object.values(stops).includes("proven")]).toEqual([7, null, false])
})

const allRights = [
  "Vpcs",
  "VpcAttribute",
  "Subnets",
  "RouteTables",
  "ManagedPrefixLists",
  "VpcPeeringConnections",
  "NetworkAcls",
  "SecurityGroups",
].map((name) => `ec2:Describe${name}`)
