import { DescribeSubnetsCommand, DescribeVpcsCommand, type EC2Client } from "@aws-sdk/client-ec2"
import type { NewNetwork } from "@peering-desk/atlas-simulator"
import type { Subject } from "./calls.ts"
import { atlasCidr, ownAccount, region, type AwsWorld } from "./world.ts"

/** What was made in moto, with the simulator's peering. */
interface Made extends AwsWorld, Subject {
  table: string
  gateway: string
}

/** Describes the network that was made in moto for the simulated world, and the region's others by their CIDRs. */
export async function describeNetworks(ec2: EC2Client, made: Made): Promise<NewNetwork[]> {
  const { vpcId, connectionId, prefixListId, subnetId } = made
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}))
  // Moto chooses the zones.
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] }),
  )
  const subnets = Subnets.map(({ SubnetId = "", AvailabilityZone = "", CidrBlock = "" }) => {
    return { id: SubnetId, name: "", zone: AvailabilityZone, cidr: CidrBlock }
  })
  const base = { providerName: "AWS" as const, awsAccountId: ownAccount, region, name: null }
  const cidrs = ["10.15.0.0/16", "10.16.0.0/16"]
  const local = cidrs.map((to) => ({ to, target: "local" }))
  const everything = { number: 100, allows: true, protocol: "-1", from: null, to: null, cidr: "0.0.0.0/0" }
  const denied = { number: 90, allows: false, protocol: "6", from: 27_000, to: 28_000, cidr: "0.0.0.0/0" }
  return [
    ...Vpcs.filter((vpc) => vpc.VpcId !== vpcId).map((vpc) => {
      return { ...base, vpcId: vpc.VpcId ?? "", cidrs: [vpc.CidrBlock ?? ""] }
    }),
    {
      ...base,
      vpcId,
      name: "orders",
      cidrs,
      dnsSupport: true,
      dnsHostnames: true,
      subnets,
      routeTables: [
        {
          id: made.mainTable,
          name: "",
          isMain: true,
          subnets: [],
          routes: [...local, { to: atlasCidr, target: connectionId }],
        },
        {
          id: made.table,
          name: "",
          isMain: false,
          subnets: [subnetId],
          routes: [
            ...local,
            { to: "0.0.0.0/0", target: made.gateway },
            { to: prefixListId, target: connectionId },
          ],
        },
      ],
      networkAcls: [
        {
          id: made.aclId,
          isDefault: true,
          subnets: subnets.map(({ id }) => id),
          entries: [
            { ...everything, direction: "in" },
            { ...everything, direction: "out" },
            { ...denied, direction: "out" },
          ],
        },
      ],
      securityGroups: [
        {
          id: made.groupId,
          name: "default",
          rules: [
            {
              direction: "out",
              protocol: "tcp",
              from: 27_015,
              to: 27_017,
              cidrs: [atlasCidr],
              prefixLists: [],
              groups: [],
            },
          ],
        },
      ],
      prefixLists: [{ id: prefixListId, name: "atlas", cidrs: [atlasCidr] }],
    },
  ]
}
