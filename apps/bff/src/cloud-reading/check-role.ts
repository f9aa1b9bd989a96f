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
import type { CloudRight } from "@peering-desk/shared-schemas"
import { isNotFound, toAwsWords, toProblem, toRefusal } from "./aws-error.ts"
import { assumeRole, openEc2, parseArn, readSession, timeout } from "./aws-session.ts"
import type { ReadProblem, ReadingRole, RoleCheck } from "./reading.ts"

type Send = (ec2: EC2Client, options: { abortSignal: AbortSignal }) => Promise<unknown>

const DryRun = true
/** AWS checks rights before it looks for what an id names. */
const absentVpc = "vpc-00000000000000000"
const absentList = "pl-00000000000000000"

/** A dry run for each right: AWS answers with an error that tells if the call would be allowed. */
const dryRuns: Readonly<Record<CloudRight, Send>> = {
  "ec2:DescribeVpcs": (ec2, options) => ec2.send(new DescribeVpcsCommand({ DryRun }), options),
  "ec2:DescribeVpcAttribute": (ec2, options) =>
    ec2.send(
      new DescribeVpcAttributeCommand({ DryRun, VpcId: absentVpc, Attribute: "enableDnsSupport" }),
      options,
    ),
  "ec2:DescribeSubnets": (ec2, options) => ec2.send(new DescribeSubnetsCommand({ DryRun }), options),
  "ec2:DescribeRouteTables": (ec2, options) => ec2.send(new DescribeRouteTablesCommand({ DryRun }), options),
  "ec2:DescribeManagedPrefixLists": (ec2, options) =>
    ec2.send(new DescribeManagedPrefixListsCommand({ DryRun }), options),
  "ec2:GetManagedPrefixListEntries": (ec2, options) =>
    ec2.send(new GetManagedPrefixListEntriesCommand({ DryRun, PrefixListId: absentList }), options),
  "ec2:DescribeVpcPeeringConnections": (ec2, options) =>
    ec2.send(new DescribeVpcPeeringConnectionsCommand({ DryRun }), options),
  "ec2:DescribeNetworkAcls": (ec2, options) => ec2.send(new DescribeNetworkAclsCommand({ DryRun }), options),
  "ec2:DescribeSecurityGroups": (ec2, options) =>
    ec2.send(new DescribeSecurityGroupsCommand({ DryRun }), options),
}

/** Tries what a role may do: assumes it with and without the external id, and asks for each right with a dry run. */
export async function checkRole({
  role,
  region,
  callMs,
}: {
  role: ReadingRole
  region: string
  callMs: number
}): Promise<RoleCheck> {
  const none = { account: null, missing: [], isOpenToOthers: null, calls: 0 }
  const assumed = await assumeRole(role, callMs)
  if ("problem" in assumed) return { ...none, problem: assumed.problem }
  const { credentials } = assumed
  const elsewhere = await checkPlace(credentials, role.roleArn, callMs)
  if (elsewhere !== null) return { ...none, problem: elsewhere }
  const open = await assumeRole({ roleArn: role.roleArn }, callMs)
  const isRefused = "problem" in open && open.problem.code === "role-refused"
  const isOpenToOthers = "credentials" in open ? true : isRefused ? false : null
  const ec2 = openEc2(credentials, region)
  const missing: CloudRight[] = []
  let problem: ReadProblem | null = null
  let calls = 0
  for (const [right, send] of Object.entries(dryRuns) as [CloudRight, Send][]) {
    calls += 1
    const found = await tryRight(ec2, send, region, callMs)
    if (found === "missing") missing.push(right)
    else if (found !== null) {
      problem = found
      break
    }
  }
  ec2.destroy()
  return { problem, account: parseArn(role.roleArn).account, missing, isOpenToOthers, calls }
}

/** Compares where the role's session is with the account and partition of its ARN. */
async function checkPlace(
  credentials: Parameters<typeof readSession>[0],
  roleArn: string,
  callMs: number,
): Promise<ReadProblem | null> {
  const named = parseArn(roleArn)
  try {
    const { account, partition } = await readSession(credentials, roleArn, callMs)
    if (account === named.account && partition === named.partition) return null
    return {
      code: "role-refused",
      says: `The role is in account ${account} of ${partition}, and its ARN names account ${named.account} of ${named.partition}.`,
    }
  } catch (error) {
    return toProblem(error, "") ?? { code: "unexpected", says: `AWS failed (${toAwsWords(error)}).` }
  }
}

/** Returns null for a right that the role has. */
async function tryRight(
  ec2: EC2Client,
  send: Send,
  region: string,
  callMs: number,
): Promise<ReadProblem | "missing" | null> {
  try {
    await send(ec2, timeout(callMs))
    return null
  } catch (error) {
    if ((error as Error).name === "DryRunOperation" || isNotFound(error)) return null
    return toRefusal(error) === "right" ? "missing" : toProblem(error, region)
  }
}
