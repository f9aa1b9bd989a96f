import type { AwsPeer, Container } from "@peering-desk/shared-schemas"
import { readTag, type Moto, type MotoAccount } from "./moto.ts"

export const atlasCidr = "10.8.0.0/21"
/** The region that connections name. */
export const region = "us-west-1"
const atlasAccount = "111111111111"
export const ownAccount = "123456789012"

export const container: Container = {
  providerName: "AWS",
  id: "507f1f77bcf86cd799439011",
  atlasCidrBlock: atlasCidr,
  regionName: "EU_WEST_1",
}

type Parameters = Readonly<Record<string, string>>

/** A VPC of moto with a peering to Atlas, in which everything is right until a world changes it. */
export interface AwsWorld {
  own: MotoAccount
  vpcId: string
  connectionId: string
  mainTable: string
  aclId: string
  groupId: string
  /** Calls EC2 as the owner and returns the XML of its answer. */
  ask: (action: string, parameters: Parameters) => Promise<string>
  createSubnet: (cidr: string) => Promise<string>
  /** Creates a table; the subnets use it. */
  createTable: (...subnets: string[]) => Promise<string>
  /** Routes a CIDR of a table to a target, `{ VpcPeeringConnectionId: … }`. */
  route: (table: string, cidr: string, target: Parameters) => Promise<void>
  removeRoute: (table: string, cidr: string) => Promise<void>
  /** Requests another peering, from a VPC of Atlas's account with a CIDR. */
  request: (cidr: string) => Promise<string>
  accept: (connectionId: string) => Promise<void>
  /** Adds an entry to the ACL of the subnets. */
  addEntry: (
    number: string,
    direction: "in" | "out",
    action: "allow" | "deny",
    ports?: readonly [string, string],
  ) => Promise<void>
  removeEntry: (number: string, direction: "in" | "out") => Promise<void>
  /** Replaces what the VPC's group lets out. */
  letOut: (cidr: string, ports: readonly [string, string]) => Promise<void>
}

/** Builds a world with two subnets. A pending one has no acceptance and no route. */
export async function buildAwsWorld(
  moto: Moto,
  place: { region?: string; isPending?: boolean },
): Promise<AwsWorld> {
  const here = place.region ?? region
  const [own, atlas] = await Promise.all([moto.openAccount(ownAccount), moto.openAccount(atlasAccount)])
  const ask = (action: string, parameters: Parameters) => own.ask(here, action, parameters)
  const vpcId = readTag(await ask("CreateVpc", { CidrBlock: "10.15.0.0/16" }), "vpcId")
  await ask("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "true" })
  const ofVpc = { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpcId }
  const mainTable = readTag(await ask("DescribeRouteTables", ofVpc), "routeTableId")
  const aclId = readTag(await ask("DescribeNetworkAcls", ofVpc), "networkAclId")
  const groupId = readTag(await ask("DescribeSecurityGroups", ofVpc), "groupId")
  const request = async (CidrBlock: string) => {
    const VpcId = readTag(await atlas.ask("eu-west-1", "CreateVpc", { CidrBlock }), "vpcId")
    const asked = { VpcId, PeerVpcId: vpcId, PeerOwnerId: ownAccount, PeerRegion: here }
    return readTag(
      await atlas.ask("eu-west-1", "CreateVpcPeeringConnection", asked),
      "vpcPeeringConnectionId",
    )
  }
  const connectionId = await request(atlasCidr)
  const toEgress = (direction: "in" | "out") => String(direction === "out")
  const world: AwsWorld = {
    own,
    vpcId,
    connectionId,
    mainTable,
    aclId,
    groupId,
    ask,
    request,
    createSubnet: async (CidrBlock) =>
      readTag(await ask("CreateSubnet", { VpcId: vpcId, CidrBlock }), "subnetId"),
    createTable: async (...subnets) => {
      const RouteTableId = readTag(await ask("CreateRouteTable", { VpcId: vpcId }), "routeTableId")
      for (const SubnetId of subnets) await ask("AssociateRouteTable", { RouteTableId, SubnetId })
      return RouteTableId
    },
    route: async (RouteTableId, DestinationCidrBlock, target) => {
      await ask("CreateRoute", { RouteTableId, DestinationCidrBlock, ...target })
    },
    removeRoute: async (RouteTableId, DestinationCidrBlock) => {
      await ask("DeleteRoute", { RouteTableId, DestinationCidrBlock })
    },
    accept: async (VpcPeeringConnectionId) => {
      await ask("AcceptVpcPeeringConnection", { VpcPeeringConnectionId })
    },
    addEntry: async (RuleNumber, direction, RuleAction, ports) => {
      const range: Parameters =
        ports === undefined ? {} : { "PortRange.From": ports[0], "PortRange.To": ports[1] }
      const entry = {
        NetworkAclId: aclId,
        RuleNumber,
        RuleAction,
        CidrBlock: "0.0.0.0/0",
        Egress: toEgress(direction),
      }
      await ask("CreateNetworkAclEntry", { ...entry, ...range, Protocol: ports === undefined ? "-1" : "6" })
    },
    removeEntry: async (RuleNumber, direction) => {
      await ask("DeleteNetworkAclEntry", { NetworkAclId: aclId, RuleNumber, Egress: toEgress(direction) })
    },
    letOut: async (cidr, [from, to]) => {
      const all = { "IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" }
      await ask("RevokeSecurityGroupEgress", { GroupId: groupId, ...all })
      await ask("AuthorizeSecurityGroupEgress", {
        GroupId: groupId,
        "IpPermissions.1.IpProtocol": "tcp",
        "IpPermissions.1.FromPort": from,
        "IpPermissions.1.ToPort": to,
        "IpPermissions.1.IpRanges.1.CidrIp": cidr,
      })
    },
  }
  for (const cidr of ["10.15.0.0/24", "10.15.1.0/24"]) await world.createSubnet(cidr)
  if (place.isPending !== true) {
    await world.accept(connectionId)
    await world.route(mainTable, atlasCidr, { VpcPeeringConnectionId: connectionId })
  }
  return world
}

/** Returns the connection of a world as Atlas shows it. */
export function toAwsPeer({ vpcId, connectionId }: AwsWorld, changes: Partial<AwsPeer>): AwsPeer {
  return {
    providerName: "AWS",
    id: "1a2b3c4d5e6f1a2b3c4d5e01",
    containerId: container.id,
    accepterRegionName: region,
    awsAccountId: ownAccount,
    connectionId,
    routeTableCidrBlock: "10.15.0.0/16",
    statusName: "AVAILABLE",
    vpcId,
    ...changes,
  }
}

/** Lists the ids of the VPC's subnets. */
export async function listSubnets({ ask, vpcId }: AwsWorld): Promise<string[]> {
  const xml = await ask("DescribeSubnets", { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpcId })
  return [...xml.matchAll(/<subnetId>([^<]+)/g)].map(([, id = ""]) => id)
}

/** Opens the way to the internet, a route that every VPC may have. Returns its target. */
export async function createGateway({ ask, vpcId }: AwsWorld): Promise<Parameters> {
  const InternetGatewayId = readTag(await ask("CreateInternetGateway", {}), "internetGatewayId")
  await ask("AttachInternetGateway", { InternetGatewayId, VpcId: vpcId })
  return { GatewayId: InternetGatewayId }
}

/** Routes a prefix list with Atlas's CIDR to the peering. Returns its id. */
export async function routePrefixList(
  { ask, connectionId }: AwsWorld,
  RouteTableId: string,
): Promise<string> {
  const list = await ask("CreateManagedPrefixList", {
    PrefixListName: "atlas",
    MaxEntries: "10",
    AddressFamily: "IPv4",
    "Entry.1.Cidr": atlasCidr,
    "Entry.1.Description": "Atlas",
  })
  const DestinationPrefixListId = readTag(list, "prefixListId")
  await ask("CreateRoute", { RouteTableId, DestinationPrefixListId, VpcPeeringConnectionId: connectionId })
  return DestinationPrefixListId
}
