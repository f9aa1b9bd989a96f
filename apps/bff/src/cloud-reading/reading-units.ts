import type { CloudRight } from "@peering-desk/shared-schemas"
import { toBatches } from "#base/batches.ts"
import type { Ec2Calls } from "./ec2-calls.ts"

/** Answer of calls, by the name that the look-up script has for it. */
export interface Answer {
  name: string
  value: Readonly<Record<string, unknown>>
}

/** Calls that belong together: their answer is whole, or left out. */
export interface Unit {
  name: string
  /** The fewest calls that it takes. */
  calls: number
  read: (calls: Ec2Calls) => Promise<Answer[] | null>
}

interface Listing {
  name: string
  kind: string
  right: CloudRight
  /** The filter that chooses VPCs; with null, all of the region are listed. */
  filter?: string | null
  /** False where AWS gives more without a limit than with the highest one. */
  isLimited?: boolean
}

/** The most values that a filter takes, and the most things in a page. Of route tables AWS gives 100 with a limit, and all without. */
const mostValues = 200
const mostResults = 1000

const vpcs: Listing = { name: "vpcs", kind: "Vpcs", right: "ec2:DescribeVpcs" }

const listings: readonly Listing[] = [
  { name: "route-tables", kind: "RouteTables", right: "ec2:DescribeRouteTables", isLimited: false },
  { name: "subnets", kind: "Subnets", right: "ec2:DescribeSubnets" },
  {
    // A VPC is the accepter of one peering and the requester of another, which takes two filters and two calls.
    name: "peerings",
    kind: "VpcPeeringConnections",
    right: "ec2:DescribeVpcPeeringConnections",
    filter: null,
  },
  { name: "security-groups", kind: "SecurityGroups", right: "ec2:DescribeSecurityGroups" },
  { name: "network-acls", kind: "NetworkAcls", right: "ec2:DescribeNetworkAcls" },
]

/**
 * Lists what a reading asks for. VPCs share the calls of a list. DNS attributes are two calls for each VPC, as many as fit, in the order of the
 * ids; `onDns` hears of each VPC that was asked about.
 */
export function listUnits(vpcIds: readonly string[], lists: boolean, onDns: (vpcId: string) => void): Unit[] {
  const all = lists ? [toUnit({ ...vpcs, filter: null }, [])] : []
  if (vpcIds.length === 0) return all
  const [first = toUnit(vpcs, vpcIds)] = all
  return [first, ...listings.map((listing) => toUnit(listing, vpcIds)), toDnsUnit(vpcIds, onDns)]
}

function toUnit(
  { name, kind, right, filter = "vpc-id", isLimited = true }: Listing,
  vpcIds: readonly string[],
): Unit {
  const inputs =
    filter === null
      ? [{}]
      : toBatches(vpcIds, mostValues).map((Values) => ({ Filters: [{ Name: filter, Values }] }))
  const limit = isLimited ? { MaxResults: mostResults } : {}
  return {
    name,
    calls: inputs.length,
    async read(calls) {
      const found: unknown[] = []
      for (const input of inputs) {
        const items = await calls.sendAll(right, kind, { ...input, ...limit })
        if (items === null) return null
        found.push(...items)
      }
      return [{ name, value: { [kind]: found } }]
    },
  }
}

function toDnsUnit(vpcIds: readonly string[], onDns: (vpcId: string) => void): Unit {
  const read = (calls: Ec2Calls, VpcId: string, Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
    calls.send("ec2:DescribeVpcAttribute", { VpcId, Attribute })
  return {
    name: "dns",
    calls: 2,
    async read(calls) {
      const answers: Answer[] = []
      for (const VpcId of vpcIds) {
        if (calls.left < 2) break
        onDns(VpcId)
        const support = await read(calls, VpcId, "enableDnsSupport")
        const hostnames = support && (await read(calls, VpcId, "enableDnsHostnames"))
        if (support === null || hostnames === null) continue
        answers.push(
          { name: "dns-support", value: { VpcId, EnableDnsSupport: support["EnableDnsSupport"] } },
          { name: "dns-hostnames", value: { VpcId, EnableDnsHostnames: hostnames["EnableDnsHostnames"] } },
        )
      }
      return answers
    },
  }
}
