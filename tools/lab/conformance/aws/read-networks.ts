import {
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  type EC2Client,
  type IpPermission,
  type Route,
} from "@aws-sdk/client-ec2"
import type { Simulator } from "@peering-desk/atlas-simulator"

/** A network to put into the simulated world. */
export type NewNetwork = Parameters<Simulator["putNetwork"]>[0]
type AwsNetwork = Extract<NewNetwork, { providerName: "AWS" }>
type Rule = NonNullable<AwsNetwork["securityGroups"]>[number]["rules"][number]

/** Reads a VPC whole, and the others of the region by their CIDRs. */
export async function readNetworks(ec2: EC2Client, vpcId: string): Promise<AwsNetwork[]> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}))
  const networks: AwsNetwork[] = []
  for (const vpc of Vpcs) {
    const own = {
      providerName: "AWS" as const,
      awsAccountId: vpc.OwnerId ?? "",
      vpcId: vpc.VpcId ?? "",
      region: await ec2.config.region(),
      name: vpc.Tags?.find(({ Key }) => Key === "Name")?.Value ?? null,
      cidrs: (vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock = "" }) => CidrBlock),
    }
    networks.push(vpc.VpcId === vpcId ? { ...own, ...(await readParts(ec2, vpcId)) } : own)
  }
  return networks
}

async function readParts(ec2: EC2Client, VpcId: string): Promise<Partial<AwsNetwork>> {
  const ofVpc = { Filters: [{ Name: "vpc-id", Values: [VpcId] }] }
  const support = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsSupport" }))
  const hostnames = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsHostnames" }),
  )
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(ofVpc))
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(ofVpc))
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand(ofVpc))
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(ofVpc))
  return {
    dnsSupport: support.EnableDnsSupport?.Value === true,
    dnsHostnames: hostnames.EnableDnsHostnames?.Value === true,
    subnets: Subnets.map(({ SubnetId = "", AvailabilityZone = "", CidrBlock = "" }) => ({
      id: SubnetId,
      name: "",
      zone: AvailabilityZone,
      cidr: CidrBlock,
    })),
    routeTables: RouteTables.map(({ RouteTableId = "", Associations = [], Routes = [] }) => ({
      id: RouteTableId,
      name: "",
      isMain: Associations.some(({ Main }) => Main === true),
      subnets: Associations.flatMap(({ SubnetId = [] }) => SubnetId),
      routes: Routes.map(toRoute),
    })),
    networkAcls: NetworkAcls.map(({ NetworkAclId = "", IsDefault, Associations = [], Entries = [] }) => ({
      id: NetworkAclId,
      isDefault: IsDefault === true,
      subnets: Associations.flatMap(({ SubnetId = [] }) => SubnetId),
      entries: Entries.filter(({ RuleNumber = 0 }) => RuleNumber < 32767).map((entry) => ({
        number: entry.RuleNumber ?? 0,
        direction: entry.Egress === true ? ("out" as const) : ("in" as const),
        allows: entry.RuleAction === "allow",
        protocol: entry.Protocol ?? "",
        from: entry.PortRange?.From ?? null,
        to: entry.PortRange?.To ?? null,
        cidr: entry.CidrBlock ?? "",
      })),
    })),
    securityGroups: SecurityGroups.map(
      ({ GroupId = "", GroupName = "", IpPermissions = [], IpPermissionsEgress = [] }) => ({
        id: GroupId,
        name: GroupName,
        rules: [
          ...IpPermissions.map((one) => toRule(one, "in")),
          ...IpPermissionsEgress.map((one) => toRule(one, "out")),
        ],
      }),
    ),
    prefixLists: await readPrefixLists(ec2),
  }
}

function toRoute(route: Route): { to: string; target: string } {
  return {
    to: route.DestinationPrefixListId ?? route.DestinationCidrBlock ?? "",
    target: route.VpcPeeringConnectionId ?? route.GatewayId ?? "",
  }
}

function toRule(permission: IpPermission, direction: "in" | "out"): Rule {
  const { IpProtocol = "", FromPort = null, ToPort = null, IpRanges = [], UserIdGroupPairs = [] } = permission
  return {
    direction,
    protocol: IpProtocol,
    from: FromPort,
    to: ToPort,
    cidrs: IpRanges.map(({ CidrIp = "" }) => CidrIp),
    prefixLists: [],
    groups: UserIdGroupPairs.map(({ GroupId = "" }) => GroupId),
  }
}

async function readPrefixLists(ec2: EC2Client): Promise<NonNullable<AwsNetwork["prefixLists"]>> {
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}))
  const own = PrefixLists.filter(({ OwnerId }) => OwnerId !== "AWS" && OwnerId !== "aws")
  return Promise.all(
    own.map(async ({ PrefixListId = "", PrefixListName = "" }) => {
      const { Entries = [] } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId }))
      return { id: PrefixListId, name: PrefixListName, cidrs: Entries.map(({ Cidr = "" }) => Cidr) }
    }),
  )
}
