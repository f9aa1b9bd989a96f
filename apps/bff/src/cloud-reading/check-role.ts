import type { EC2Client } from "@aws-sdk/client-ec2"
import { CloudRight } from "@peering-desk/shared-schemas"
import { isNotFound, toAwsWords, toProblem, toRefusal } from "./aws-error.ts"
import { parseArn } from "./arn.ts"
import { assumeRole, openEc2, readSession, timeout } from "./aws-session.ts"
import { sendCall } from "./ec2-calls.ts"
import type { ReadProblem, ReadingRole, RoleCheck } from "./reading.ts"

/** What a dry run names where it has to. AWS checks rights before it looks for what an id names. */
const absent: Partial<Record<CloudRight, object>> = {
  "ec2:DescribeVpcAttribute": { VpcId: "vpc-00000000000000000", Attribute: "enableDnsSupport" },
  "ec2:GetManagedPrefixListEntries": { PrefixListId: "pl-00000000000000000" },
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
  for (const right of CloudRight.options) {
    calls += 1
    const found = await tryRight(ec2, right, region, callMs)
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

/** Tries a right by a dry run, which AWS answers with an error that tells if the call would be allowed. Returns null for a right that the role has. */
async function tryRight(
  ec2: EC2Client,
  right: CloudRight,
  region: string,
  callMs: number,
): Promise<ReadProblem | "missing" | null> {
  try {
    await sendCall(ec2, right, { DryRun: true, ...absent[right] }, timeout(callMs))
    return null
  } catch (error) {
    if ((error as Error).name === "DryRunOperation" || isNotFound(error)) return null
    return toRefusal(error) === "right" ? "missing" : toProblem(error, region)
  }
}
