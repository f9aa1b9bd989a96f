/** A VPC in which all is in order, but for what is said. */
interface Network {
  vpcId: string
  account: string
  region: string
  cidr: string
  atlasCidr: string
  connectionId: string
  tableId?: string
  leadsToAtlas?: boolean
}

/** Prints what the look-up script prints of a VPC. */
export function printLookUp(network: Network): string {
  const { vpcId: VpcId, account, region, cidr, atlasCidr, connectionId } = network
  const { tableId = "rtb-0a17", leadsToAtlas = true } = network
  const toAtlas = { DestinationCidrBlock: atlasCidr, VpcPeeringConnectionId: connectionId, State: "active" }
  const block = {
    peeringDeskLookUp: 1,
    cloud: "AWS",
    asked: { vpcId: VpcId },
    at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    region,
    read: {
      caller: { Account: account },
      vpcs: { Vpcs: [{ VpcId, OwnerId: account, CidrBlock: cidr }] },
      "dns-support": { VpcId, EnableDnsSupport: { Value: true } },
      "dns-hostnames": { VpcId, EnableDnsHostnames: { Value: true } },
      subnets: { Subnets: [{ SubnetId: "subnet-1", VpcId, CidrBlock: cidr }] },
      peerings: { VpcPeeringConnections: [] },
      "peerings-requested": { VpcPeeringConnections: [] },
      "network-acls": { NetworkAcls: [printAcl(VpcId)] },
      "security-groups": {
        SecurityGroups: [{ GroupId: "sg-1", VpcId, IpPermissions: [], IpPermissionsEgress: [everything] }],
      },
      "route-tables": {
        RouteTables: [
          {
            RouteTableId: tableId,
            VpcId,
            Associations: [{ Main: true }],
            Routes: [
              { DestinationCidrBlock: cidr, GatewayId: "local", State: "active" },
              ...(leadsToAtlas ? [toAtlas] : []),
            ],
          },
        ],
      },
    },
    failed: {},
  }
  return `----- BEGIN PEERING DESK LOOK-UP -----\n${JSON.stringify(block)}\n----- END PEERING DESK LOOK-UP -----`
}

const everything = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }

function printAcl(VpcId: string) {
  const entry = { RuleNumber: 100, Protocol: "-1", RuleAction: "allow", CidrBlock: "0.0.0.0/0" }
  return {
    NetworkAclId: "acl-1",
    VpcId,
    Associations: [{ SubnetId: "subnet-1" }],
    Entries: [
      { ...entry, Egress: true },
      { ...entry, Egress: false },
    ],
  }
}
