import * as z from "zod/mini"
import { AtlasId } from "#values/ids.ts"
import { lineOfText } from "#values/line-of-text.ts"

/** The rights of a reading role in AWS: the actions of EC2 that its policy allows. */
export const CloudRight = z.enum([
  "ec2:DescribeVpcs",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeSubnets",
  "ec2:DescribeRouteTables",
  "ec2:DescribeManagedPrefixLists",
  "ec2:GetManagedPrefixListEntries",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeSecurityGroups",
])
export type CloudRight = z.infer<typeof CloudRight>

/**
 * - `waiting`: no role is named yet
 * - `reading`: the role could be assumed when it was last tried
 * - `refused`: AWS refused the role when it was last tried
 * - `unreachable`: AWS gave no usable answer when it was last tried
 */
export const CloudAccountState = z.enum(["waiting", "reading", "refused", "unreachable"])
export type CloudAccountState = z.infer<typeof CloudAccountState>

/** An AWS account that a project's connections may be read in, through one role. Moments are ISO 8601, UTC. */
export const CloudAccount = z.object({
  id: z.string(),
  projectId: AtlasId,
  name: z.string(),
  /** AWS account, 12 digits; null until a role is named. */
  account: z.nullable(z.string()),
  roleArn: z.nullable(z.string()),
  /** What the role's trust policy asks for. Made at random for this account and project. */
  externalId: z.string(),
  /** ARN of the server's own identity in AWS, which the trust policy names; null while it is not known. */
  principal: z.nullable(z.string()),
  state: CloudAccountState,
  /** Why the role can't be used or a region isn't read, with AWS's code; null where both work. */
  problem: z.nullable(z.string()),
  /** Since when the state has been what it is. */
  since: z.iso.datetime(),
  checkedAt: z.nullable(z.iso.datetime()),
  /** When something was last read through the role. */
  readAt: z.nullable(z.iso.datetime()),
  /** Rights that the last check found missing. */
  missing: z.array(CloudRight),
  /** True if the role could be assumed without the external id; null when that wasn't tried. */
  isOpenToOthers: z.nullable(z.boolean()),
  /** VPCs that were read, and their regions. */
  vpcs: z.int(),
  regions: z.array(z.string()),
  /** Connections of the project in this account. */
  connections: z.int(),
})
export type CloudAccount = z.infer<typeof CloudAccount>

/** `GET /api/cloud-accounts` */
export const CloudAccountList = z.object({
  accounts: z.array(CloudAccount),
  /** Address of the CloudFormation template that a prefilled link names; null without one. */
  templateUrl: z.nullable(z.string()),
  /** How often each account is read while nobody looks; 0 for never. */
  readMinutes: z.number(),
})
export type CloudAccountList = z.infer<typeof CloudAccountList>

/** `POST /api/cloud-accounts`: begins to connect an account; the answer has its external id. */
export const BeginCloudAccount = z.strictObject({
  projectId: AtlasId,
  name: lineOfText(60, "Enter a name"),
})
export type BeginCloudAccount = z.infer<typeof BeginCloudAccount>

/** `PUT /api/cloud-accounts/{accountId}/role`: the role that somebody made; it is checked before it is kept. */
export const NameCloudRole = z.strictObject({
  roleArn: z
    .string("Paste the role's ARN")
    .check(
      z.trim(),
      z.maxLength(300),
      z.regex(
        /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
        "Paste the ARN of a role, as in arn:aws:iam::123456789012:role/peering-desk-read",
      ),
    ),
})
export type NameCloudRole = z.infer<typeof NameCloudRole>
