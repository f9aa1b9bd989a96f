import type { AwsPeer } from "@peering-desk/shared-schemas"
import { atlasCidr, createGateway, listSubnets, routePrefixList, type AwsWorld } from "./world.ts"

/** One state of a customer's VPC, and the cause that has to be named. */
export interface WorldRow {
  title: string
  /** Null for a healthy one. */
  cause: { stop: string; says: RegExp } | null
  /** Differences of Atlas's answer to a connection that is available. */
  peer?: Partial<AwsPeer>
  /** The region of the VPC; that of the connection when left out. */
  region?: string
  isPending?: true
  /** Changes the VPC in which everything is right. */
  change?: (world: AwsWorld) => Promise<void>
  /** What moto can't be brought to: the state of this connection in AWS. */
  patchedState?: string
}

const own = ({ connectionId }: AwsWorld) => ({ VpcPeeringConnectionId: connectionId })
const pending: Pick<WorldRow, "isPending" | "peer"> = {
  isPending: true,
  peer: { statusName: "PENDING_ACCEPTANCE" },
}
const failed = (errorStateName: string): Partial<AwsPeer> => ({ statusName: "FAILED", errorStateName })

/** Faults, each alone in a VPC in which the rest is right. */
const faults: readonly WorldRow[] = [
  { title: "not accepted", cause: { stop: "peering", says: /isn't accepted yet/ }, ...pending },
  {
    title: "rejected",
    cause: { stop: "peering", says: /rejected/ },
    isPending: true,
    peer: failed("REJECTED"),
    change: async (world) => void (await world.ask("RejectVpcPeeringConnection", own(world))),
  },
  {
    title: "deleted by the owner, before Atlas noticed",
    cause: { stop: "peering", says: /is deleted in AWS/ },
    change: async (world) => void (await world.ask("DeleteVpcPeeringConnection", own(world))),
  },
  {
    title: "expired",
    cause: { stop: "peering", says: /expired/ },
    isPending: true,
    peer: failed("EXPIRED"),
    patchedState: "expired",
  },
  {
    title: "wrong region",
    cause: { stop: "peering", says: /is in us-east-2, and the connection names us-west-1/ },
    region: "us-east-2",
    isPending: true,
    peer: { ...failed("INVALID_ARGUMENT"), connectionId: null },
  },
  {
    title: "wrong account",
    cause: {
      stop: "peering",
      says: /belongs to account 123456789012, and the connection names 210987654321/,
    },
    isPending: true,
    peer: { ...failed("INVALID_ARGUMENT"), awsAccountId: "210987654321", connectionId: null },
  },
  {
    title: "a second request accepted instead",
    cause: { stop: "peering", says: /is accepted, another request/ },
    ...pending,
    change: async (world) => world.accept(await world.request(atlasCidr)),
  },
  {
    title: "main table forgotten",
    cause: { stop: "route", says: /has no route for 10\.8\.0\.0\/21/ },
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(await world.createTable(), atlasCidr, own(world))
    },
  },
  {
    title: "custom table forgotten",
    cause: { stop: "route", says: /has no route for 10\.8\.0\.0\/21/ },
    change: async (world) => void (await world.createTable(...(await listSubnets(world)))),
  },
  {
    title: "wrong target",
    cause: { stop: "route", says: /leads 10\.8\.0\.0\/21 to igw-/ },
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(world.mainTable, atlasCidr, await createGateway(world))
    },
  },
  {
    title: "route to an old peering",
    cause: { stop: "route", says: /which is gone \(blackhole\)/ },
    change: async (world) => {
      const old = await world.request(atlasCidr)
      await world.accept(old)
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(world.mainTable, atlasCidr, { VpcPeeringConnectionId: old })
      await world.ask("DeleteVpcPeeringConnection", { VpcPeeringConnectionId: old })
    },
  },
  {
    title: "route too narrow",
    cause: { stop: "route", says: /is too narrow: it leaves out the addresses from 10\.8\.1\.0 on/ },
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(world.mainTable, "10.8.0.0/24", own(world))
    },
  },
  {
    title: "narrower route to something else",
    cause: { stop: "route", says: /leads 10\.8\.2\.0\/24 to igw-.*narrower/ },
    change: async (world) => world.route(world.mainTable, "10.8.2.0/24", await createGateway(world)),
  },
  {
    title: "DNS resolution off",
    cause: { stop: "dns", says: /^DNS resolution off/ },
    change: async ({ ask, vpcId }) =>
      void (await ask("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsSupport.Value": "false" })),
  },
  {
    title: "DNS hostnames off",
    cause: { stop: "dns", says: /^DNS hostnames off/ },
    change: async ({ ask, vpcId }) =>
      void (await ask("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "false" })),
  },
  {
    title: "groups let only HTTPS out",
    cause: { stop: "firewall", says: /sg-\w+ lets none of 27015–27017 out/ },
    change: (world) => world.letOut("0.0.0.0/0", ["443", "443"]),
  },
  {
    title: "groups let the ports out to another CIDR",
    cause: { stop: "firewall", says: /sg-\w+ lets none of 27015–27017 out/ },
    change: (world) => world.letOut("10.9.0.0/16", ["27015", "27017"]),
  },
  {
    title: "network ACL denies the ports out",
    cause: { stop: "firewall", says: /acl-\w+ lets none of 27015–27017 out/ },
    change: (world) => world.addEntry("90", "out", "deny", ["27000", "28000"]),
  },
  {
    title: "network ACL denies the answers in",
    cause: { stop: "firewall", says: /acl-\w+ lets no answers in/ },
    change: async (world) => {
      await world.removeEntry("100", "in")
      await world.addEntry("110", "in", "allow", ["443", "443"])
    },
  },
  {
    title: "second CIDR of the VPC not given to Atlas",
    cause: { stop: "application", says: /no way back to 10\.20\.0\.0\/16/ },
    change: async (world) => {
      await world.ask("AssociateVpcCidrBlock", { VpcId: world.vpcId, CidrBlock: "10.20.0.0/16" })
      await world.createSubnet("10.20.0.0/24")
    },
  },
  {
    title: "overlap",
    cause: { stop: "peering", says: /10\.8\.0\.0\/16 of vpc-\w+ overlaps 10\.8\.0\.0\/21/ },
    isPending: true,
    peer: failed("INVALID_ARGUMENT"),
    patchedState: "absent",
    change: async ({ ask, vpcId }) =>
      void (await ask("AssociateVpcCidrBlock", { VpcId: vpcId, CidrBlock: "10.8.0.0/16" })),
  },
]

/** Healthy ones, most of which look like a fault. */
const healthy: readonly WorldRow[] = [
  { title: "all right", cause: null },
  {
    title: "wider route",
    cause: null,
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(world.mainTable, "10.8.0.0/16", own(world))
    },
  },
  {
    title: "two halves",
    cause: null,
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(world.mainTable, "10.8.0.0/22", own(world))
      await world.route(world.mainTable, "10.8.4.0/22", own(world))
    },
  },
  {
    title: "prefix list",
    cause: null,
    change: async (world) => {
      await world.removeRoute(world.mainTable, atlasCidr)
      await routePrefixList(world, world.mainTable)
    },
  },
  {
    title: "tables that no subnet uses",
    cause: null,
    change: async (world) => void (await world.createTable()),
  },
  {
    title: "main table that no subnet uses",
    cause: null,
    change: async (world) => {
      const table = await world.createTable(...(await listSubnets(world)))
      await world.removeRoute(world.mainTable, atlasCidr)
      await world.route(table, atlasCidr, own(world))
    },
  },
  {
    title: "default route beside",
    cause: null,
    change: async (world) => world.route(world.mainTable, "0.0.0.0/0", await createGateway(world)),
  },
  {
    title: "network ACL whose lower number allows",
    cause: null,
    change: async (world) => {
      for (const direction of ["in", "out"] as const) await world.addEntry("200", direction, "deny")
    },
  },
  { title: "port range", cause: null, change: (world) => world.letOut("10.0.0.0/8", ["27000", "28000"]) },
  {
    title: "second CIDR of the VPC without a subnet",
    cause: null,
    change: async ({ ask, vpcId }) =>
      void (await ask("AssociateVpcCidrBlock", { VpcId: vpcId, CidrBlock: "10.20.0.0/16" })),
  },
]

/** Every world. */
export const awsWorlds: readonly WorldRow[] = [...faults, ...healthy]
