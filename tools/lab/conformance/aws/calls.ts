import {
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  type EC2Client,
  type VpcAttributeName,
} from "@aws-sdk/client-ec2"
import { AssumeRoleCommand, GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts"

/** AWS's SDK as the server, and as the role that it assumed. */
export interface Clients {
  own: STSClient
  sts: STSClient
  ec2: EC2Client
}

/** What the calls are about; both sides have it under the same ids. */
export interface Subject {
  roleArn: string
  externalId: string
  vpcId: string
  subnetId: string
  prefixListId: string
}

export interface AwsCall {
  title: string
  send: (clients: Clients, subject: Subject) => Promise<object>
}

const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] })
const assume =
  (change: (subject: Subject) => object): AwsCall["send"] =>
  ({ own }, subject) =>
    own.send(
      new AssumeRoleCommand({
        RoleArn: subject.roleArn,
        RoleSessionName: "conformance",
        ExternalId: subject.externalId,
        ...change(subject),
      }),
    )
const vpcs =
  (input: (subject: Subject) => object): AwsCall["send"] =>
  ({ ec2 }, subject) =>
    ec2.send(new DescribeVpcsCommand(input(subject)))
const attribute =
  (Attribute: string, VpcId?: string): AwsCall["send"] =>
  ({ ec2 }, subject) =>
    ec2.send(
      new DescribeVpcAttributeCommand({
        Attribute: Attribute as VpcAttributeName,
        VpcId: VpcId ?? subject.vpcId,
      }),
    )

/** The calls that the stand-in and moto both answer: each call in use, as it is used and wrong. */
export const awsCalls: readonly AwsCall[] = [
  { title: "AssumeRole", send: assume(() => ({})) },
  { title: "AssumeRole for 15 minutes", send: assume(() => ({ DurationSeconds: 900 })) },
  { title: "AssumeRole with a wrong external id", send: assume(() => ({ ExternalId: "other" })) },
  { title: "AssumeRole without the external id", send: assume(() => ({ ExternalId: undefined })) },
  { title: "AssumeRole for a minute", send: assume(() => ({ DurationSeconds: 60 })) },
  { title: "GetCallerIdentity of the role", send: ({ sts }) => sts.send(new GetCallerIdentityCommand({})) },
  { title: "DescribeVpcs", send: vpcs(() => filter("cidr", "10.15.0.0/16", "10.16.0.0/16")) },
  { title: "DescribeVpcs by id", send: vpcs(({ vpcId }) => ({ VpcIds: [vpcId] })) },
  { title: "DescribeVpcs by filter", send: vpcs(({ vpcId }) => filter("vpc-id", vpcId)) },
  { title: "DescribeVpcs of another account", send: vpcs(() => filter("owner-id", "999999999999")) },
  { title: "DescribeVpcs of an unknown id", send: vpcs(() => ({ VpcIds: ["vpc-00000000000000000"] })) },
  { title: "DescribeVpcs by an unknown filter", send: vpcs(() => filter("vpcid", "x")) },
  { title: "DescribeVpcs in pages", send: pageVpcs },
  { title: "DescribeVpcs with pages of 2", send: vpcs(() => ({ MaxResults: 2 })) },
  {
    title: "DescribeVpcs with a made-up token",
    send: vpcs(() => ({ MaxResults: 5, NextToken: "x" })),
  },
  { title: "DescribeVpcs as a dry run", send: vpcs(() => ({ DryRun: true })) },
  { title: "DescribeVpcAttribute enableDnsSupport", send: attribute("enableDnsSupport") },
  { title: "DescribeVpcAttribute enableDnsHostnames", send: attribute("enableDnsHostnames") },
  { title: "DescribeVpcAttribute of no attribute", send: attribute("dns") },
  {
    title: "DescribeVpcAttribute of an unknown VPC",
    send: attribute("enableDnsSupport", "vpc-00000000000000000"),
  },
  {
    title: "DescribeSubnets of a VPC",
    send: ({ ec2 }, { vpcId }) => ec2.send(new DescribeSubnetsCommand(filter("vpc-id", vpcId))),
  },
  {
    title: "DescribeSubnets of an unknown id",
    send: ({ ec2 }) => ec2.send(new DescribeSubnetsCommand({ SubnetIds: ["subnet-00000000000000000"] })),
  },
  {
    title: "DescribeRouteTables of a VPC",
    send: ({ ec2 }, { vpcId }) => ec2.send(new DescribeRouteTablesCommand(filter("vpc-id", vpcId))),
  },
  {
    title: "DescribeRouteTables of a subnet",
    send: ({ ec2 }, { subnetId }) =>
      ec2.send(new DescribeRouteTablesCommand(filter("association.subnet-id", subnetId))),
  },
  {
    title: "DescribeManagedPrefixLists by id",
    send: ({ ec2 }, { prefixListId }) =>
      ec2.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: [prefixListId] })),
  },
  {
    title: "GetManagedPrefixListEntries",
    send: ({ ec2 }, { prefixListId }) =>
      ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: prefixListId })),
  },
  {
    title: "GetManagedPrefixListEntries of an unknown list",
    send: ({ ec2 }) => ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: "pl-00000000" })),
  },
  {
    title: "DescribeVpcPeeringConnections by the accepter",
    send: ({ ec2 }, { vpcId }) =>
      ec2.send(new DescribeVpcPeeringConnectionsCommand(filter("accepter-vpc-info.vpc-id", vpcId))),
  },
  {
    title: "DescribeVpcPeeringConnections by the requester",
    send: ({ ec2 }, { vpcId }) =>
      ec2.send(new DescribeVpcPeeringConnectionsCommand(filter("requester-vpc-info.vpc-id", vpcId))),
  },
  {
    title: "DescribeNetworkAcls of a VPC",
    send: ({ ec2 }, { vpcId }) => ec2.send(new DescribeNetworkAclsCommand(filter("vpc-id", vpcId))),
  },
  {
    title: "DescribeSecurityGroups of a VPC",
    send: ({ ec2 }, { vpcId }) => ec2.send(new DescribeSecurityGroupsCommand(filter("vpc-id", vpcId))),
  },
  {
    title: "DescribeSecurityGroups of an unknown id",
    send: ({ ec2 }) => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ["sg-00000000000000000"] })),
  },
]

/** Reads pages of five to the end, and returns their sizes and all VPCs' CIDRs. */
async function pageVpcs({ ec2 }: Clients): Promise<object> {
  const sizes: number[] = []
  const cidrs: (string | undefined)[] = []
  let token: string | undefined
  do {
    const page = await ec2.send(
      new DescribeVpcsCommand({ MaxResults: 5, ...(token !== undefined && { NextToken: token }) }),
    )
    sizes.push(page.Vpcs?.length ?? 0)
    cidrs.push(...(page.Vpcs ?? []).map(({ CidrBlock }) => CidrBlock))
    token = page.NextToken
  } while (token !== undefined)
  return { sizes, cidrs }
}
