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

/** Builds the roles of the demo's two AWS accounts. The second one may not read network ACLs. Both take any external id, but need one. */
export function seedRoles(): ReadingRole[] {
  return [
    createRole("482913570264", readingRights),
    createRole(
      "719304826155",
      readingRights.filter((right) => right !== "ec2:DescribeNetworkAcls"),
    ),
  ]
}

function createRole(account: string, rights: readonly string[]): ReadingRole {
  const arn = `arn:aws:iam::${account}:role/peering-desk-read`
  return { arn, account, externalIds: ["*"], rights: [...rights], isRevoked: false }
}
