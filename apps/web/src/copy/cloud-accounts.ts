import { CloudRight, type CloudAccount } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatCount } from "./counts.ts"

/** What stays “not checked” without a right. */
export const missingRightWords: Record<CloudRight, string> = {
  "ec2:DescribeVpcs": "Every stop in AWS stays “not checked”, and VPCs aren't listed",
  "ec2:DescribeVpcAttribute": "DNS stays “not checked”",
  "ec2:DescribeSubnets": "Application stays “not checked”, and which route tables are used",
  "ec2:DescribeRouteTables": "Route stays “not checked”",
  "ec2:DescribeManagedPrefixLists": "Routes and rules by prefix list stay “not checked”",
  "ec2:GetManagedPrefixListEntries": "Routes and rules by prefix list stay “not checked”",
  "ec2:DescribeVpcPeeringConnections": "Acceptance and overlaps with other peerings stay “not checked”",
  "ec2:DescribeNetworkAcls": "Security group and network ACL stay “not checked”",
  "ec2:DescribeSecurityGroups": "Security group and network ACL stay “not checked”",
}

const rightCount = CloudRight.options.length

/** The state of an account: its colour, words, and whether they are followed by the time since when it is so. */
export function toAccountState({
  state,
  missing,
  isOpenToOthers,
}: Pick<CloudAccount, "state" | "missing" | "isOpenToOthers">): {
  tone: Tone
  words: string
  isSince: boolean
} {
  switch (state) {
    case "waiting":
      return { tone: "unknown", words: "Waiting for a role", isSince: false }
    case "refused":
      return { tone: "failed", words: "Role refused", isSince: true }
    case "unreachable":
      return { tone: "you", words: "Not read", isSince: true }
    case "reading":
      if (missing.length > 0)
        return {
          tone: "you",
          words: `${missing.length} of ${rightCount} rights missing`,
          isSince: false,
        }
      return isOpenToOthers === true
        ? { tone: "you", words: "Open to others", isSince: false }
        : { tone: "works", words: `All ${rightCount} rights present`, isSince: false }
  }
}

/** Counts what was read through a role: `9 VPCs in 2 regions · 11 connections`. */
export function toAccountCounts({
  vpcs,
  regions,
  connections,
  readAt,
}: Pick<CloudAccount, "vpcs" | "regions" | "connections" | "readAt">): string {
  const own = formatCount(connections, "connection")
  if (readAt === null) return own
  if (vpcs === 0) return `No VPCs · ${own}`
  return `${formatCount(vpcs, "VPC")} in ${formatCount(regions.length, "region")} · ${own}`
}

/** Describes the calls to AWS. */
export function toReadingPace(readMinutes: number): string {
  const atRest =
    readMinutes === 0
      ? "none while nobody looks"
      : `one reading every ${formatCount(readMinutes, "minute")} while nobody looks`
  return `Reads only: at most 10 calls a minute, ${atRest}. Remove the role in AWS to revoke at once.`
}

/** The name of a role in its ARN. */
export function toRoleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf("/") + 1)
}

const urgency: Record<CloudAccount["state"], number> = { refused: 0, unreachable: 1, waiting: 3, reading: 4 }

/** Orders accounts: what needs an act first, then by name. */
export function byNeed(a: CloudAccount, b: CloudAccount): number {
  return toNeed(a) - toNeed(b) || a.name.localeCompare(b.name)
}

function toNeed(account: CloudAccount): number {
  return account.state === "reading" && toAccountState(account).tone === "you" ? 2 : urgency[account.state]
}
