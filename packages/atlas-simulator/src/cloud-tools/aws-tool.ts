import type { AwsNetwork } from "#world/customer/network-schema.ts"
import { isBlackhole, listNetworkPeerings } from "#world/customer-networks.ts"
import { needOption, refuseCommand, ToolError, type ToolCall } from "./tool-call.ts"

/** Answers what `aws` prints (AWS CLI command reference: ec2, sts). Its `--query` is taken as the look-up script has it. */
export function answerAws(call: ToolCall): unknown {
  return (answers.get(call.command) ?? refuse)(call)
}

const refuse = (call: ToolCall) => refuseCommand("aws", call)

const answers = new Map(
  Object.entries<(call: ToolCall) => unknown>({
    "sts get-caller-identity": (call) => ({ Account: call.account }),
    "ec2 describe-regions": (call) => [...new Set(listOwn(call).map(({ region }) => region))].join("\t"),
    "ec2 describe-vpcs": (call) => ({ Vpcs: listAsked(call, "vpc-ids", "DescribeVpcs").map(toVpc) }),
    "ec2 describe-vpc-attribute"(call) {
      const [network] = listAsked(call, "vpc-id", "DescribeVpcAttribute")
      const isSupport = needOption(call, "attribute") === "enableDnsSupport"
      const VpcId = network?.vpcId
      return isSupport
        ? { VpcId, EnableDnsSupport: { Value: network?.dnsSupport } }
        : { VpcId, EnableDnsHostnames: { Value: network?.dnsHostnames } }
    },
    "ec2 describe-subnets": (call) => ({ Subnets: listFiltered(call).flatMap(toSubnets) }),
    "ec2 describe-route-tables": (call) => ({
      RouteTables: listFiltered(call).flatMap((network) => toRouteTables(call, network)),
    }),
    "ec2 describe-network-acls": (call) => ({ NetworkAcls: listFiltered(call).flatMap(toAcls) }),
    "ec2 describe-security-groups": (call) => ({ SecurityGroups: listFiltered(call).flatMap(toGroups) }),
    "ec2 describe-vpc-peering-connections"(call) {
      // Atlas makes the requests.
      const isRequested = (call.options.get("filters") ?? "").startsWith("Name=requester-vpc-info")
      const found = isRequested ? [] : listFiltered(call)
      return { VpcPeeringConnections: found.flatMap((network) => toPeerings(call, network)) }
    },
    "ec2 get-managed-prefix-list-entries"(call) {
      const id = needOption(call, "prefix-list-id")
      const list = listInRegion(call)
        .flatMap(({ prefixLists }) => prefixLists)
        .find((one) => one.id === id)
      if (list === undefined)
        throw toAwsError(
          "InvalidPrefixListID.NotFound",
          "GetManagedPrefixListEntries",
          `The prefix list ID '${id}' does not exist`,
        )
      return { Entries: list.cidrs.map((Cidr) => ({ Cidr })) }
    },
  }),
)

function toAwsError(code: string, operation: string, says: string): ToolError {
  return new ToolError(`An error occurred (${code}) when calling the ${operation} operation: ${says}`)
}

function listOwn({ world, account }: ToolCall): AwsNetwork[] {
  return world.networks
    .filter((one) => one.providerName === "AWS")
    .filter((one) => one.awsAccountId === account)
}

function listInRegion(call: ToolCall): AwsNetwork[] {
  const region = needOption(call, "region")
  return listOwn(call).filter((one) => one.region === region)
}

/** Lists the VPC that an option names, or without it every VPC. */
function listAsked(call: ToolCall, option: string, operation: string): AwsNetwork[] {
  const id = call.options.get(option)
  const found = listInRegion(call).filter(({ vpcId }) => id === undefined || vpcId === id)
  if (id !== undefined && found.length === 0)
    throw toAwsError("InvalidVpcID.NotFound", operation, `The vpc ID '${id}' does not exist`)
  return found
}

/** Lists the VPC that `--filters` name, or without it every VPC. */
function listFiltered(call: ToolCall): AwsNetwork[] {
  const id = /^Name=[a-z-]*(?:\.)?vpc-id,Values=(\S+)$/.exec(call.options.get("filters") ?? "")?.[1]
  return listInRegion(call).filter(({ vpcId }) => id === undefined || vpcId === id)
}

const toTags = (name: string | null) => (name === null ? [] : [{ Key: "Name", Value: name }])

function toVpc({ vpcId: VpcId, awsAccountId: OwnerId, cidrs, name }: AwsNetwork) {
  const CidrBlockAssociationSet = cidrs.map((CidrBlock) => ({
    CidrBlock,
    CidrBlockState: { State: "associated" },
  }))
  const [CidrBlock] = cidrs
  return {
    VpcId,
    OwnerId,
    State: "available",
    IsDefault: false,
    CidrBlock,
    CidrBlockAssociationSet,
    Tags: toTags(name),
  }
}

function toSubnets({ vpcId: VpcId, awsAccountId: OwnerId, region, subnets }: AwsNetwork) {
  return subnets.map(({ id: SubnetId, cidr: CidrBlock, zone: AvailabilityZone, name }) => ({
    SubnetId,
    VpcId,
    OwnerId,
    CidrBlock,
    AvailabilityZone,
    State: "available",
    SubnetArn: `arn:aws:ec2:${region}:${OwnerId}:subnet/${SubnetId}`,
    Tags: toTags(name),
  }))
}

/** The field of a route's target depends on its kind. */
function toTarget(target: string): Record<string, string> {
  const [kind] = target.split("-")
  const fields: Record<string, string> = {
    pcx: "VpcPeeringConnectionId",
    nat: "NatGatewayId",
    tgw: "TransitGatewayId",
    eni: "NetworkInterfaceId",
  }
  return { [fields[kind ?? ""] ?? "GatewayId"]: target }
}

function toRouteTables({ world }: ToolCall, network: AwsNetwork) {
  return network.routeTables.map(({ id: RouteTableId, name, isMain, subnets, routes }) => ({
    RouteTableId,
    VpcId: network.vpcId,
    OwnerId: network.awsAccountId,
    Associations: [
      ...(isMain ? [{ Main: true, RouteTableId, AssociationState: { State: "associated" } }] : []),
      ...subnets.map((SubnetId) => ({
        Main: false,
        RouteTableId,
        SubnetId,
        AssociationState: { State: "associated" },
      })),
    ],
    Routes: routes.map(({ to, target }) => ({
      [to.startsWith("pl-") ? "DestinationPrefixListId" : "DestinationCidrBlock"]: to,
      ...toTarget(target),
      Origin: target === "local" ? "CreateRouteTable" : "CreateRoute",
      State: isBlackhole(world.projects, network, target) ? "blackhole" : "active",
    })),
    Tags: toTags(name),
  }))
}

const toPorts = (from: number | null, to: number | null) =>
  from === null || to === null ? null : { from, to }

function toAcls({ vpcId: VpcId, awsAccountId: OwnerId, networkAcls }: AwsNetwork) {
  const denial = { RuleNumber: 32_767, Protocol: "-1", RuleAction: "deny", CidrBlock: "0.0.0.0/0" }
  return networkAcls.map(({ id: NetworkAclId, isDefault: IsDefault, subnets, entries }) => ({
    NetworkAclId,
    VpcId,
    OwnerId,
    IsDefault,
    Associations: subnets.map((SubnetId) => ({ NetworkAclId, SubnetId })),
    Entries: [
      ...entries.map(({ number: RuleNumber, direction, allows, protocol: Protocol, from, to, cidr }) => {
        const ports = toPorts(from, to)
        return {
          RuleNumber,
          Protocol,
          RuleAction: allows ? "allow" : "deny",
          Egress: direction === "out",
          CidrBlock: cidr,
          ...(ports !== null && { PortRange: { From: ports.from, To: ports.to } }),
        }
      }),
      { ...denial, Egress: true },
      { ...denial, Egress: false },
    ],
  }))
}

function toGroups({ vpcId: VpcId, awsAccountId: OwnerId, securityGroups }: AwsNetwork) {
  return securityGroups.map(({ id: GroupId, name: GroupName, rules }) => {
    const list = (direction: "in" | "out") =>
      rules
        .filter((rule) => rule.direction === direction)
        .map(({ protocol: IpProtocol, from, to, cidrs, prefixLists, groups }) => {
          const ports = toPorts(from, to)
          return {
            IpProtocol,
            ...(ports !== null && { FromPort: ports.from, ToPort: ports.to }),
            IpRanges: cidrs.map((CidrIp) => ({ CidrIp })),
            Ipv6Ranges: [],
            PrefixListIds: prefixLists.map((PrefixListId) => ({ PrefixListId })),
            UserIdGroupPairs: groups.map((group) => ({ GroupId: group, UserId: OwnerId })),
          }
        })
    const Description = GroupName
    return {
      GroupId,
      GroupName,
      Description,
      VpcId,
      OwnerId,
      IpPermissions: list("in"),
      IpPermissionsEgress: list("out"),
    }
  })
}

function toPeerings({ world }: ToolCall, network: AwsNetwork) {
  return listNetworkPeerings(world.projects, network).map(({ id, state, atlas }) => ({
    VpcPeeringConnectionId: id,
    Status: { Code: state, Message: state },
    AccepterVpcInfo: {
      OwnerId: network.awsAccountId,
      VpcId: network.vpcId,
      Region: network.region,
      ...toCidrs(state === "pending-acceptance" || state === "active" ? network.cidrs : []),
    },
    RequesterVpcInfo: {
      OwnerId: atlas.account,
      VpcId: atlas.network,
      Region: atlas.region,
      ...toCidrs([atlas.cidr]),
    },
    Tags: [],
  }))
}

function toCidrs(cidrs: readonly string[]) {
  const [CidrBlock] = cidrs
  return CidrBlock === undefined ? {} : { CidrBlock, CidrBlockSet: cidrs.map((one) => ({ CidrBlock: one })) }
}
