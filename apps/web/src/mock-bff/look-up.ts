import { mergeFacts, readLookUp } from "@peering-desk/peering-rules"
import type { KnownFacts, NetworkFacts } from "@peering-desk/shared-schemas"

const vpcId = "vpc-0a1b2c3d4e5f60718"

/** Returns what the look-up script prints for the VPC of `makePeering("AWS")`: by default it is all in order. */
export function printLookUp(
  at: string,
  {
    tableId = "rtb-0a17",
    leadsToAtlas = true,
    hasHostnames = true,
  }: { tableId?: string; leadsToAtlas?: boolean; hasHostnames?: boolean } = {},
): string {
  const cidr = "10.20.0.0/16"
  const any = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }
  const entry = (Egress: boolean) => ({
    Egress,
    RuleNumber: 100,
    Protocol: "-1",
    RuleAction: "allow",
    CidrBlock: "0.0.0.0/0",
  })
  const toAtlas = {
    DestinationCidrBlock: "192.168.248.0/21",
    VpcPeeringConnectionId: "pcx-0f3a9188d2c41e07b",
    State: "active",
  }
  const block = {
    peeringDeskLookUp: 1,
    cloud: "AWS",
    asked: { vpcId },
    at: at.replace(".000Z", "Z"),
    region: "us-east-1",
    read: {
      caller: { Account: "123456789012" },
      vpcs: { Vpcs: [{ VpcId: vpcId, OwnerId: "123456789012", CidrBlock: cidr }] },
      "dns-support": { VpcId: vpcId, EnableDnsSupport: { Value: true } },
      "dns-hostnames": { VpcId: vpcId, EnableDnsHostnames: { Value: hasHostnames } },
      subnets: { Subnets: [{ SubnetId: "subnet-1", VpcId: vpcId, CidrBlock: "10.20.1.0/24" }] },
      peerings: { VpcPeeringConnections: [] },
      "peerings-requested": { VpcPeeringConnections: [] },
      "network-acls": {
        NetworkAcls: [
          {
            NetworkAclId: "acl-1",
            VpcId: vpcId,
            IsDefault: true,
            Associations: [{ SubnetId: "subnet-1" }],
            Entries: [entry(true), entry(false)],
          },
        ],
      },
      "security-groups": {
        SecurityGroups: [
          {
            GroupId: "sg-1",
            GroupName: "default",
            VpcId: vpcId,
            IpPermissions: [],
            IpPermissionsEgress: [any],
          },
        ],
      },
      "route-tables": {
        RouteTables: [
          {
            RouteTableId: tableId,
            VpcId: vpcId,
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

/** Answers as the server does after a paste. */
export function toKnownFacts(text: string, source: "pasted" | "link" | "read", by: string): KnownFacts {
  const found = readLookUp(text, Date.now())
  if (found === null || "problem" in found) throw new Error("is a look-up")
  const named = found.networks.map(({ providerName, ...aspects }) => ({
    providerName,
    ...Object.fromEntries(
      Object.entries(aspects).map(([name, one]) => [
        name,
        { ...one, source, by, ...toUntil(source, one.at) },
      ]),
    ),
  })) as NetworkFacts[]
  const waiting = source === "link" ? { by, at: new Date().toISOString() } : null
  return { ...mergeFacts(named, Date.now()), waiting }
}

/** A role reads again after 15 minutes. */
function toUntil(source: string, at: string): { until?: string } {
  return source === "read" ? { until: new Date(Date.parse(at) + 15 * 60_000).toISOString() } : {}
}
