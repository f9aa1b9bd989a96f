import { readFileSync } from "node:fs"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { awsCalls, type AwsCall } from "./calls.ts"
import { listDifferences, type Difference } from "./compare-answers.ts"
import type { Sides } from "./stand-in.ts"

/** A difference that is meant: the stand-in follows AWS's page. */
interface Known {
  call: RegExp
  /** `side part`, as in `moto Vpcs[].State = available`. */
  part: RegExp
  title: string
  page: string
}

const ec2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"
const errors = `${ec2}/errors-overview.html`
const assumeRole = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"

/** Where moto answers something else, with AWS's page. The decision record has the same rows. */
const known: readonly Known[] = [
  {
    call: /^AssumeRole( for 15 minutes)?$/,
    part: /^moto PackedPolicySize/,
    title: "PackedPolicySize without a session policy",
    page: assumeRole,
  },
  {
    call: /^AssumeRole for a minute$/,
    part: /^(moto (Packed|Credentials|AssumedRoleUser)|stand-in (error = "ValidationError"|status = 400))/,
    title: "DurationSeconds below 900",
    page: assumeRole,
  },
  {
    call: /^DescribeVpcs/,
    part: /^moto Vpcs\[\]\.Ipv6CidrBlockAssociationSet = \[\]/,
    title: "An empty list of IPv6 CIDRs",
    page: `${ec2}/API_Vpc.html`,
  },
  {
    call: /unknown filter$/,
    part: /^(moto (error = "Error"|status = 500)|stand-in (error = "InvalidParameterValue"|status = 400))/,
    title: "A filter that the action does not have",
    page: errors,
  },
  {
    call: /in pages$/,
    part: /^(moto|stand-in) sizes/,
    title: "MaxResults of DescribeVpcs",
    page: `${ec2}/API_DescribeVpcs.html`,
  },
  {
    call: /with pages of 2$/,
    part: /^(moto Vpcs|stand-in (error = "InvalidParameterValue"|status = 400))/,
    title: "MaxResults below 5",
    page: `${ec2}/API_DescribeVpcs.html`,
  },
  {
    call: /made-up token$/,
    part: /^(moto Vpcs|stand-in (error = "InvalidNextToken"|status = 400))/,
    title: "A NextToken that nobody gave out",
    page: errors,
  },
  {
    call: /^DescribeSubnets/,
    part: /^(stand-in Subnets\[\]\.Tags = \[\])/,
    title: "An empty list of tags of a subnet",
    page: `${ec2}/API_Subnet.html`,
  },
  {
    call: /^DescribeRouteTables/,
    part: /^stand-in RouteTables\[\]\.PropagatingVgws = \[\]/,
    title: "An empty list of gateways that propagate routes",
    page: `${ec2}/API_RouteTable.html`,
  },
  {
    call: /^GetManagedPrefixListEntries$/,
    part: /^moto Entries\[\]\.Description/,
    title: "Descriptions of a prefix list's entries, which the simulated world has none of",
    page: `${ec2}/API_PrefixListEntry.html`,
  },
  {
    call: /of an unknown list$/,
    part: /^(moto Entries = \[\]|stand-in (error = "InvalidPrefixListID.NotFound"|status = 400))/,
    title: "A prefix list that is not there",
    page: errors,
  },
  {
    call: /^DescribeVpcPeeringConnections/,
    part: /(moto .*CidrBlockSet = \[\]|stand-in .*CidrBlockSet\[\]\.CidrBlock)/,
    title: "The CIDRs of a peering's ends",
    page: `${ec2}/API_VpcPeeringConnectionVpcInfo.html`,
  },
]

/** Sends each call to both sides. Fails for a difference that isn't known, and for a known one that is gone or not written down. */
export async function checkDifferences(sides: Sides): Promise<Figure[]> {
  const seen = new Set<Known>()
  const figures: Figure[] = []
  for (const call of awsCalls)
    figures.push(await check(`stand-in and moto: ${call.title}`, () => compareCall(call, sides, seen)))
  figures.push(
    await check("each known difference from moto is there, and in the decision record", () => {
      const record = readFileSync("docs/decisions/0062-a-stand-in-for-ec2-and-sts.md", "utf8")
      for (const row of known) {
        expectThat(seen.has(row), `moto answers as AWS does now: ${row.title}`)
        expectThat(record.includes(row.title) && record.includes(row.page), `not written down: ${row.title}`)
      }
      return `${known.length} differences`
    }),
  )
  return figures
}

async function compareCall(call: AwsCall, sides: Sides, seen: Set<Known>): Promise<string> {
  const titles = new Set<string>()
  for (const difference of await listDifferences(call, sides)) {
    const row = findKnown(difference)
    expectThat(row !== undefined, `${difference.side} alone: ${difference.part}`)
    seen.add(row)
    titles.add(`${row.title} (${row.page})`)
  }
  return [...titles].join("; ")
}

function findKnown({ call, side, part }: Difference): Known | undefined {
  return known.find((row) => row.call.test(call) && row.part.test(`${side} ${part}`))
}
