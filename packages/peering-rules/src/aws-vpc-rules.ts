import type { PrefixSpan } from "./container-size.ts"

/** The sizes of a VPC's blocks, and of its subnets (AWS: VPC CIDR blocks). */
export const vpcPrefixes: PrefixSpan = { shortest: 16, longest: 28 }

/** The partition that a region is in, as ARNs name it. AWS peers no VPCs across them (AWS: VPC peering limitations). */
export function toAwsPartition(regionId: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (regionId.startsWith("cn-")) return "aws-cn"
  return regionId.startsWith("us-gov-") ? "aws-us-gov" : "aws"
}
