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
} from "@aws-sdk/client-ec2"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestAws, testRole, type TestAws } from "#testing-aws.ts"

let aws: TestAws
let ec2: EC2Client
beforeAll(async () => {
  aws = await startTestAws()
})
beforeEach(async () => {
  aws.simulator.reset("demo")
  aws.simulator.putReadingRole({ ...testRole })
  ec2 = aws.ec2(await aws.assume())
  aws.simulator.clearAwsCalls()
})
afterAll(() => aws.close())

const vpcId = "vpc-0c93f7b2d15ea8046"
const put = (given: object = {}) =>
  aws.simulator.putNetwork({
    providerName: "AWS",
    awsAccountId: "482913570264",
    vpcId,
    region: "us-east-1",
    name: "tried",
    cidrs: ["10.77.0.0/16", "10.78.0.0/16"],
    ...given,
  })
const ofVpc = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] }

describe("The EC2 stand-in", () => {
  it("lists the VPCs of the account in the region of the call alone", async () => {
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}))
    const names = Vpcs?.map(({ Tags }) => Tags?.[0]?.Value)
    expect(names).toContain("payments-prod")
    expect(names).not.toContain("payments-frankfurt")
    expect(names).not.toContain("ledger-prod")
    expect(await aws.ec2(await aws.assume(), "eu-central-1").send(new DescribeVpcsCommand({}))).toMatchObject(
      {
        Vpcs: expect.arrayContaining([
          expect.objectContaining({ VpcId: "vpc-0e7d6c5b4a3928170" }),
        ]) as unknown,
      },
    )
  })

  it("answers every CIDR and the name of a VPC", async () => {
    put()
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }))
    expect(Vpcs).toMatchObject([
      {
        VpcId: vpcId,
        OwnerId: "482913570264",
        CidrBlock: "10.77.0.0/16",
        CidrBlockAssociationSet: [
          { CidrBlock: "10.77.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "10.78.0.0/16", CidrBlockState: { State: "associated" } },
        ],
        Tags: [{ Key: "Name", Value: "tried" }],
      },
    ])
  })

  it("answers the DNS attributes one by one", async () => {
    put({ dnsSupport: true, dnsHostnames: false })
    const read = (Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
      ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute }))
    expect(await read("enableDnsSupport")).toMatchObject({ VpcId: vpcId, EnableDnsSupport: { Value: true } })
    expect(await read("enableDnsHostnames")).toMatchObject({ EnableDnsHostnames: { Value: false } })
  })

  it("answers the subnets of a VPC", async () => {
    put({ subnets: [{ id: "subnet-0a", name: "apps", zone: "us-east-1a", cidr: "10.77.1.0/24" }] })
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand(ofVpc))
    expect(Subnets).toMatchObject([
      { SubnetId: "subnet-0a", VpcId: vpcId, CidrBlock: "10.77.1.0/24", OwnerId: "482913570264" },
    ])
  })

  it("calls a route to a peering that isn't active a blackhole", async () => {
    put({
      routeTables: [
        {
          id: "rtb-0main",
          name: "main",
          isMain: true,
          subnets: [],
          routes: [
            { to: "10.77.0.0/16", target: "local" },
            { to: "10.8.0.0/21", target: "pcx-0gone" },
            { to: "pl-0lists", target: "tgw-0a" },
          ],
        },
      ],
    })
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand(ofVpc))
    expect(RouteTables).toMatchObject([
      {
        RouteTableId: "rtb-0main",
        Associations: [{ Main: true, AssociationState: { State: "associated" } }],
        Routes: [
          { DestinationCidrBlock: "10.77.0.0/16", GatewayId: "local", State: "active" },
          { DestinationCidrBlock: "10.8.0.0/21", VpcPeeringConnectionId: "pcx-0gone", State: "blackhole" },
          { DestinationPrefixListId: "pl-0lists", TransitGatewayId: "tgw-0a", State: "active" },
        ],
      },
    ])
  })

  it("lists prefix lists of the account and of AWS, and their entries", async () => {
    put({ prefixLists: [{ id: "pl-0a1b2c3d", name: "atlas", cidrs: ["10.8.0.0/21", "10.9.0.0/21"] }] })
    const { PrefixLists } = await ec2.send(new DescribeManagedPrefixListsCommand({}))
    expect(PrefixLists).toMatchObject([
      { PrefixListId: "pl-0a1b2c3d", PrefixListName: "atlas", OwnerId: "482913570264" },
      { PrefixListName: "com.amazonaws.us-east-1.s3", OwnerId: "AWS" },
      { PrefixListName: "com.amazonaws.us-east-1.dynamodb", OwnerId: "AWS" },
    ])
    const { Entries } = await ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: "pl-0a1b2c3d" }),
    )
    expect(Entries?.map(({ Cidr }) => Cidr)).toEqual(["10.8.0.0/21", "10.9.0.0/21"])
  })

  it("answers the groups' and ACLs' rules with the ACL's last one", async () => {
    const entry = { number: 90, direction: "out", allows: false, protocol: "6", from: 27015, to: 27017 }
    put({
      networkAcls: [
        {
          id: "acl-0a",
          isDefault: true,
          subnets: ["subnet-0a"],
          entries: [{ ...entry, cidr: "10.8.0.0/21" }],
        },
      ],
      securityGroups: [
        {
          id: "sg-0a",
          name: "apps",
          rules: [
            {
              direction: "out",
              protocol: "tcp",
              from: 27015,
              to: 27017,
              cidrs: ["10.8.0.0/21"],
              prefixLists: ["pl-0a"],
              groups: ["sg-0b"],
            },
          ],
        },
      ],
    })
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand(ofVpc))
    expect(NetworkAcls).toMatchObject([
      {
        NetworkAclId: "acl-0a",
        IsDefault: true,
        Associations: [{ SubnetId: "subnet-0a" }],
        Entries: [
          { RuleNumber: 90, Egress: true, RuleAction: "deny", PortRange: { From: 27015, To: 27017 } },
          { RuleNumber: 32767, Egress: false, RuleAction: "deny", Protocol: "-1" },
          { RuleNumber: 32767, Egress: true, RuleAction: "deny" },
        ],
      },
    ])
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(ofVpc))
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: "sg-0a",
        GroupName: "apps",
        IpPermissions: [],
        IpPermissionsEgress: [
          {
            IpProtocol: "tcp",
            FromPort: 27015,
            ToPort: 27017,
            IpRanges: [{ CidrIp: "10.8.0.0/21" }],
            PrefixListIds: [{ PrefixListId: "pl-0a" }],
            UserIdGroupPairs: [{ GroupId: "sg-0b" }],
          },
        ],
      },
    ])
  })

  it("answers a VPC's peerings with Atlas's end, by the accepter's filter alone", async () => {
    const id = "vpc-05c1d9e87b3a2f406"
    const find = (Name: string) =>
      ec2.send(new DescribeVpcPeeringConnectionsCommand({ Filters: [{ Name, Values: [id] }] }))
    const { VpcPeeringConnections: accepted } = await find("accepter-vpc-info.vpc-id")
    expect(accepted?.[0]).toMatchObject({
      Status: { Code: "active" },
      AccepterVpcInfo: { VpcId: id, OwnerId: "482913570264", Region: "us-east-1" },
    })
    expect((await find("requester-vpc-info.vpc-id")).VpcPeeringConnections).toEqual([])
  })

  it("shows a shared VPC to another account without its groups and peerings", async () => {
    put({ awsAccountId: "719304826155", sharedWith: ["482913570264"] })
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand(ofVpc))
    expect(Vpcs).toMatchObject([{ VpcId: vpcId, OwnerId: "719304826155" }])
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand(ofVpc))
    expect(Subnets?.map(({ OwnerId }) => OwnerId)).toEqual(["719304826155", "719304826155"])
    expect((await ec2.send(new DescribeRouteTablesCommand(ofVpc))).RouteTables).toHaveLength(2)
    expect((await ec2.send(new DescribeSecurityGroupsCommand(ofVpc))).SecurityGroups).toEqual([])
    expect(
      await ec2.send(
        new DescribeVpcPeeringConnectionsCommand({
          Filters: [{ Name: "accepter-vpc-info.vpc-id", Values: [vpcId] }],
        }),
      ),
    ).toMatchObject({ VpcPeeringConnections: [] })
  })

  it("pages by MaxResults and NextToken", async () => {
    for (const at of Array(12).keys()) put({ vpcId: `vpc-0${String(at).padStart(16, "0")}` })
    const found: (string | undefined)[] = []
    let NextToken: string | undefined
    do {
      const page = await ec2.send(new DescribeVpcsCommand({ MaxResults: 5, ...(NextToken && { NextToken }) }))
      expect(page.Vpcs?.length).toBeLessThanOrEqual(5)
      found.push(...(page.Vpcs ?? []).map((one) => one.VpcId))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}))
    expect(found).toEqual(Vpcs?.map((one) => one.VpcId))
    await expect(
      ec2.send(new DescribeVpcsCommand({ MaxResults: 5, NextToken: "made-up" })),
    ).rejects.toMatchObject({ name: "InvalidNextToken" })
  })

  it.each([
    [{ VpcIds: ["vpc-0none"] }, "InvalidVpcID.NotFound"],
    [{ Filters: [{ Name: "vpcid", Values: ["x"] }] }, "InvalidParameterValue"],
    [{ MaxResults: 2 }, "InvalidParameterValue"],
  ])("refuses DescribeVpcs with %j as %s", async (input, name) => {
    await expect(ec2.send(new DescribeVpcsCommand(input))).rejects.toMatchObject({ name })
  })

  it("answers a dry run by the right of the role, and refuses a call without its right", async () => {
    const rights = testRole.rights.filter((right) => right !== "ec2:DescribeNetworkAcls")
    aws.simulator.putReadingRole({ ...testRole, rights })
    await expect(ec2.send(new DescribeVpcsCommand({ DryRun: true }))).rejects.toMatchObject({
      name: "DryRunOperation",
      $metadata: { httpStatusCode: 412 },
    })
    for (const DryRun of [true, false])
      await expect(ec2.send(new DescribeNetworkAclsCommand({ DryRun }))).rejects.toMatchObject({
        name: "UnauthorizedOperation",
        message: expect.stringContaining("ec2:DescribeNetworkAcls") as unknown,
      })
  })

  it("logs each call with its region, caller and refusal", async () => {
    await ec2.send(new DescribeVpcsCommand({ VpcIds: ["vpc-0none"] })).catch(() => {})
    expect(aws.simulator.awsCalls()).toMatchObject([
      {
        service: "ec2",
        action: "DescribeVpcs",
        region: "us-east-1",
        caller: "arn:aws:sts::482913570264:assumed-role/peering-desk-read/peering-desk",
        code: "InvalidVpcID.NotFound",
        dryRun: false,
        parameters: { "VpcId.1": "vpc-0none" },
      },
    ])
  })

  it("fails calls by the faults for AWS, and leaves those for Atlas alone", async () => {
    aws.simulator.addFault({ match: { method: "POST" }, fault: { status: 500 } })
    aws.simulator.addFault({
      match: { service: "aws", path: "/ec2/DescribeSubnets" },
      fault: { code: "RequestLimitExceeded" },
      times: 1,
    })
    await ec2.send(new DescribeVpcsCommand({}))
    await expect(ec2.send(new DescribeSubnetsCommand({}))).rejects.toMatchObject({
      name: "RequestLimitExceeded",
      $metadata: { httpStatusCode: 503 },
    })
    await ec2.send(new DescribeSubnetsCommand({}))
    aws.simulator.addFault({
      match: { service: "aws", path: "region=us-east-1" },
      fault: { code: "OptInRequired" },
    })
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: "OptInRequired" })
    aws.simulator.clearFaults()
    aws.simulator.addFault({ match: { service: "aws" }, fault: { cut: "before" } })
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow("socket hang up")
    expect(aws.simulator.awsCalls().map(({ code }) => code)).toEqual([
      null,
      "RequestLimitExceeded",
      null,
      "OptInRequired",
      "cut",
    ])
  })
})
