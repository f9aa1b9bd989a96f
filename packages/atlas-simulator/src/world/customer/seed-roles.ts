import { readingRoleArn } from "#world/sandboxes.ts"
import type { ReadingRole } from "./network-schema.ts"

/** Every right that reading a network takes. */
export const readingRights = [
  "ec2:DescribeVpcs",
  "ec2:DescribeVpcAttribute",
  "ec2:DescribeSubnets",
  "ec2:DescribeRouteTables",
  "ec2:DescribeManagedPrefixLists",
  "ec2:GetManagedPrefixListEntries",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeSecurityGroups",
]

/** Builds the roles of the demo's two AWS accounts. The second one may not read network ACLs. */
export function seedRoles(): ReadingRole[] {
  return [
    createRole("482913570264"),
    createRole(
      "719304826155",
      readingRights.filter((right) => right !== "ec2:DescribeNetworkAcls"),
    ),
  ]
}

/** Creates the role of an account. It takes any external id, but needs one. */
export function createRole(account: string, rights: readonly string[] = readingRights): ReadingRole {
  return { arn: readingRoleArn(account), account, externalIds: ["*"], rights: [...rights], isRevoked: false }
}
