import {
  formatCidr,
  parseCidr,
  privateRanges,
  toCanonicalCidr,
  type CloudRoute,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "./cidr-overlap.ts"
import type { PrefixSpan } from "./container-size.ts"

/** The sizes of a VPC's blocks, and of its subnets (AWS: VPC CIDR blocks). */
export const vpcPrefixes: PrefixSpan = { shortest: 16, longest: 28 }

/** Returns a region's partition as ARNs name it. AWS peers no VPCs across partitions (AWS: VPC peering limitations). */
export function toAwsPartition(regionId: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (regionId.startsWith("cn-")) return "aws-cn"
  return regionId.startsWith("us-gov-") ? "aws-us-gov" : "aws"
}

/** The place for a VPC's further block. */
export interface FurtherBlockPlace {
  within: string
  outside: readonly string[]
  /** Blocks the VPC may already have: a known block may be a subnet of a /16 at most. */
  around: readonly string[]
}

/**
 * Computes where AWS allows a VPC a further block (AWS: IPv4 CIDR block association restrictions); null when nowhere in
 * the private ranges.
 * @param blocks all that are known of the VPC
 */
export function toFurtherBlockPlace(blocks: readonly string[]): FurtherBlockPlace | null {
  const within = privateRanges.find((range) => blocks.every((block) => isOverlapping(range, block)))
  if (within === undefined) return null
  const isInLowest = blocks.some((block) => isOverlapping(block, "10.0.0.0/15"))
  return {
    within,
    outside: ["172.31.0.0/16", ...(isInLowest ? ["10.0.0.0/16"] : [])],
    around: blocks.flatMap((block) => {
      const cidr = parseCidr(block)
      if (cidr === null) return []
      const prefix = Math.min(cidr.prefix, vpcPrefixes.shortest)
      return formatCidr(toCanonicalCidr({ network: cidr.network, prefix }))
    }),
  }
}

/** Tells if a route is for a prefix list whose CIDRs aren't known. That of a gateway endpoint has AWS's public addresses. */
export function isUnread({ to, target }: CloudRoute): boolean {
  return to.startsWith("pl-") && !target.startsWith("vpce-")
}
