import { describe, expect, test } from "vitest"
import { summarizePasted } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const vpcId = "vpc-0a1b2c3d"
const account = "210987654321"

/** Title, pasted text, and all that is read from it. */
const rows: readonly [string, string, readonly string[]][] = [
  [
    "names an ARN that is cut off",
    "arn:aws:ec2:eu-west-1:vpc",
    ["aws-arn (no cloud)", "- arn:aws:ec2:eu-west-1:vpc isn't a valid ARN."],
  ],
  [
    "says that an ARN is not a VPC's",
    "arn:aws:s3:::bucket",
    ["aws-arn AWS", "- Not a VPC's ARN (s3 bucket). It has no account."],
  ],
  [
    "keeps the VPC's account when another ARN contradicts it",
    `arn:aws:ec2:eu-west-1:${account}:vpc/${vpcId}\narn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1`,
    [
      "aws-arn AWS",
      "awsAccountId=210987654321",
      "accepterRegionName=eu-west-1",
      "vpcId=vpc-0a1b2c3d",
      "- The account of the ARN has 210987654321 and 111122223333. The first is used.",
      "- Not a VPC's ARN (ec2 subnet): only its account and region are used.",
    ],
  ],
  [
    "takes account and region from ARNs without a VPC",
    `arn:aws:ec2:eu-west-1:${account}:subnet/subnet-1 arn:aws:iam::${account}:role/x`,
    [
      "aws-arn AWS",
      "awsAccountId=210987654321",
      "accepterRegionName=eu-west-1",
      "- Not a VPC's ARN (ec2 subnet): only its account and region are used.",
      "- Not a VPC's ARN (iam role): only its account is used.",
    ],
  ],
  [
    "takes the account of aws sts get-caller-identity",
    JSON.stringify({ UserId: "AIDA", Account: account, Arn: `arn:aws:iam::${account}:user/x` }),
    [
      "aws-json AWS",
      "awsAccountId=210987654321",
      "- This is the caller's account. The VPC may belong to another one.",
    ],
  ],
  [
    "says that a list of VPCs is empty",
    JSON.stringify({ Vpcs: [] }),
    ["aws-json AWS", "- The list of VPCs is empty. Check the region and account."],
  ],
  [
    "reads the answer of aws ec2 create-vpc",
    JSON.stringify({ Vpc: { VpcId: vpcId, CidrBlock: "10.15.0.0/16", OwnerId: account } }),
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "awsAccountId=210987654321",
      "routeTableCidrBlock=10.15.0.0/16",
      "- No VPC region found.",
    ],
  ],
  [
    "offers each VPC of a plain list",
    JSON.stringify([{ VpcId: vpcId }, { VpcId: "vpc-11112222" }, { x: 1 }]),
    ["aws-json AWS", "- 2 VPCs here. Choose one.", "> vpc-0a1b2c3d", "> vpc-11112222"],
  ],
  [
    "leaves out an IPv6 block and a block that failed",
    JSON.stringify({
      VpcId: vpcId,
      CidrBlock: "10.15.0.0/16",
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: "::/56" }],
      CidrBlockAssociationSet: [
        { CidrBlock: "10.16.0.0/16" },
        { CidrBlock: "10.17.0.0/16", CidrBlockState: { State: "failed" } },
      ],
    }),
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "routeTableCidrBlock=10.15.0.0/16",
      "networkBlocks=10.16.0.0/16",
      "- The VPC also has 10.16.0.0/16. A connection routes one CIDR: 10.15.0.0/16 is used.",
      "- IPv6 CIDR skipped: Atlas peers over IPv4 only.",
      "- No VPC region found.",
    ],
  ],
  [
    "refuses a region that the command misspells",
    `aws ec2 describe-vpcs --region nowhere-99\n${JSON.stringify({ Vpcs: [{ VpcId: vpcId }] })}`,
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "- The command above it skipped: nowhere-99. An AWS region looks like us-east-1.",
      "- No VPC region found.",
    ],
  ],
  [
    "keeps the leading zero of an account id without quotes",
    `{"VpcId": "${vpcId}", "OwnerId": 012345678901,}`,
    ["aws-json AWS", "vpcId=vpc-0a1b2c3d", "awsAccountId=012345678901", "- No VPC region found."],
  ],
  [
    "writes a block and a region as the form wants them",
    JSON.stringify({ VpcId: vpcId, CidrBlock: "10.15.3.4/16", Region: "EU_WEST_1" }),
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "routeTableCidrBlock=10.15.0.0/16",
      "accepterRegionName=eu-west-1",
      "- 10.15.3.4/16 changed to 10.15.0.0/16.",
      "- EU_WEST_1 changed to eu-west-1.",
    ],
  ],
  [
    "names a broken ARN beside a good one",
    JSON.stringify({
      VpcId: vpcId,
      OwnerId: account,
      VpcArn: `arn:aws:ec2:eu-west-1:${account}:vpc/${vpcId}`,
      OtherArn: "arn:aws:broken",
    }),
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "awsAccountId=210987654321",
      "accepterRegionName=eu-west-1",
      "- arn:aws:broken isn't a valid ARN.",
    ],
  ],
  [
    "reads the answer of aws ec2 accept-vpc-peering-connection",
    JSON.stringify({
      VpcPeeringConnection: {
        AccepterVpcInfo: { VpcId: vpcId, OwnerId: account },
        VpcPeeringConnectionId: "pcx-0a1b2c3d",
      },
    }),
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "awsAccountId=210987654321",
      "- pcx-0a1b2c3d is an AWS peering ID. Atlas assigns it after the request, so no field needs it.",
    ],
  ],
  [
    "offers each peering of aws ec2 describe-vpc-peering-connections",
    JSON.stringify({
      VpcPeeringConnections: [
        { AccepterVpcInfo: { VpcId: vpcId, Region: "eu-west-1" }, VpcPeeringConnectionId: "pcx-0a1b2c3d" },
        {
          AccepterVpcInfo: { VpcId: "vpc-11112222", Region: "eu-west-1" },
          VpcPeeringConnectionId: "pcx-11112222",
        },
        {},
      ],
    }),
    [
      "aws-json AWS",
      "accepterRegionName=eu-west-1",
      "- 2 peerings here. Choose one.",
      "> pcx-0a1b2c3d",
      "> pcx-11112222",
    ],
  ],
  [
    "offers the VPCs of two AWS outputs",
    `${JSON.stringify({ Vpcs: [{ VpcId: vpcId }] })}\n${JSON.stringify({ Vpcs: [{ VpcId: "vpc-11112222" }] })}`,
    ["aws-json AWS", "- 2 VPCs here. Choose one.", "> vpc-0a1b2c3d", "> vpc-11112222"],
  ],
  [
    "lists what it repaired in JSON that is cut off",
    `{"Vpcs": [{"VpcId": "${vpcId}", "CidrBlock": "10.15.0.0/16`,
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "routeTableCidrBlock=10.15.0.0/16",
      '- Repaired: the closing quote after "10.15.0.0/16" is missing.',
      "- Repaired: the text ends before its last }.",
      "- Repaired: the text ends before its last ].",
      "- Repaired: the text ends before its last }.",
      "- No VPC region found.",
    ],
  ],
  [
    "lists a missing comma",
    `{"VpcId": "${vpcId}" "OwnerId": "${account}"}`,
    [
      "aws-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "awsAccountId=210987654321",
      '- Repaired: a comma is missing before "OwnerId": "210987654321"}.',
      "- No VPC region found.",
    ],
  ],
  ["finds an id in JSON of unknown form", `{"note": "use ${vpcId}"}`, ["text AWS", "vpcId=vpc-0a1b2c3d"]],
  [
    "knows nothing in unknown JSON below a heading",
    `output:\n{"a": 1}`,
    ["nothing (no cloud)", "- No network ID, command or JSON found."],
  ],
]

describe("readPasted of AWS text and damaged JSON", () => {
  test.each(rows)("%s", (_title, text, read) => {
    expect(summarizePasted(readPasted(text))).toEqual(read)
  })
})
