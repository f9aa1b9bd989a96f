import { EC2Client } from "@aws-sdk/client-ec2"
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts"
import { parseArn } from "./arn.ts"
import { toAwsWords, toClockApart, toRefusal } from "./aws-error.ts"
import type { ReaderIdentity, ReadingRole, ReadProblem } from "./reading.ts"

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** In milliseconds since 1970. */
  endsAt: number
}

/** Credentials of a role, or the reason that it has none for us. */
export type Assumed = { credentials: Credentials; isKept: boolean } | { problem: ReadProblem }

/** The shortest that AWS gives: a role that its owner closes is read for 15 minutes at most. */
const sessionSeconds = 900
const renewBeforeMs = 5 * 60_000
/** Nothing is sent a second time by the SDK: calls are counted, and AWS's limits kept. */
const maxAttempts = 1

/** The server's own chain: environment, web identity, files, container, instance. It remembers what it found. */
const { credentials: ownChain, region: ownRegion } = new STSClient({}).config
const kept = new Map<string, Credentials>()

/** Asks AWS who this server is. */
export async function identify({ callMs }: { callMs: number }): Promise<ReaderIdentity> {
  const region = await ownRegion().catch(() => "us-east-1")
  const sts = await openOwn(region, callMs)
  if ("problem" in sts) return sts
  try {
    const { Arn = "", Account = "" } = await sts.client.send(
      new GetCallerIdentityCommand({}),
      timeout(callMs),
    )
    return { arn: toPrincipal(Arn), account: Account }
  } catch (error) {
    return { problem: toOwnProblem(error) }
  }
}

/** Returns the credentials of a role, those of the last reading where they last. */
export async function assume(role: ReadingRole, callMs: number): Promise<Assumed> {
  const known = kept.get(toKey(role))
  if (known !== undefined && known.endsAt - Date.now() > renewBeforeMs)
    return { credentials: known, isKept: true }
  const assumed = await assumeRole(role, callMs)
  if ("credentials" in assumed) kept.set(toKey(role), assumed.credentials)
  else kept.delete(toKey(role))
  return assumed
}

/** Forgets the credentials of a role, which AWS refused. */
export function forget(role: ReadingRole): void {
  kept.delete(toKey(role))
}

/** Assumes a role; without `externalId`, as anybody may who knows its ARN. */
export async function assumeRole(
  { roleArn, externalId }: { roleArn: string; externalId?: string },
  callMs: number,
): Promise<Assumed> {
  const sts = await openOwn(parseArn(roleArn).usualRegion, callMs)
  if ("problem" in sts) return sts
  try {
    const { Credentials: given } = await sts.client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: "peering-desk",
        DurationSeconds: sessionSeconds,
        ExternalId: externalId,
      }),
      timeout(callMs),
    )
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = given ?? {}
    const endsAt = Expiration?.getTime() ?? 0
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      endsAt,
    }
    return { credentials, isKept: false }
  } catch (error) {
    return { problem: toOwnProblem(error, roleArn) }
  }
}

/** Returns the account and partition that a role's session is in. */
export async function readSession(
  credentials: Credentials,
  roleArn: string,
  callMs: number,
): Promise<ReturnType<typeof parseArn>> {
  const client = new STSClient({ region: parseArn(roleArn).usualRegion, maxAttempts, credentials })
  const { Arn = "" } = await client.send(new GetCallerIdentityCommand({}), timeout(callMs))
  return parseArn(Arn)
}

/** Opens EC2 in one region with the credentials of a role. */
export function openEc2(credentials: Credentials, region: string): EC2Client {
  return new EC2Client({ region, maxAttempts, credentials })
}

export function timeout(ms: number): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(ms) }
}

/** Opens STS as this server. A client corrects its clock after a refusal, so each question has another one. */
async function openOwn(
  region: string,
  callMs: number,
): Promise<{ client: STSClient } | { problem: ReadProblem }> {
  try {
    const { abortSignal } = timeout(2 * callMs)
    const late = new Promise<never>((_resolve, reject) => {
      abortSignal.addEventListener("abort", () => reject(abortSignal.reason as Error))
    })
    await Promise.race([ownChain(), late])
    return { client: new STSClient({ region, maxAttempts, credentials: ownChain }) }
  } catch (error) {
    const refusal = toRefusal(error)
    if (refusal === "clock") return { problem: toClockApart(toAwsWords(error)) }
    // The words of a failed chain may repeat what a program printed.
    const words = toAwsWords(error)
    return {
      problem: {
        code: "no-credentials",
        says: `This server has no identity in AWS: the SDK found no credentials (${words}).`,
      },
    }
  }
}

/** Explains why STS refused: because of the role, or because of this server. */
function toOwnProblem(error: unknown, roleArn?: string): ReadProblem {
  const words = toAwsWords(error)
  switch (toRefusal(error)) {
    case "clock":
      return toClockApart(words)
    case "throttled":
      return { code: "throttled", says: `AWS limits how often this server may ask (${words}).` }
    case "unreachable":
      return { code: "unreachable", says: `AWS could not be reached (${words}).` }
    case "credentials":
      return { code: "no-credentials", says: `AWS refuses this server's own credentials (${words}).` }
    default:
      break
  }
  const isWrong = toRefusal(error) === "right" || /^(?:Validation|Malformed|RegionDisabled)/.test(words)
  if (roleArn !== undefined && isWrong)
    return {
      code: "role-refused",
      says: `AWS refuses to let this server assume ${parseArn(roleArn).name}: the role, its trust policy or the external ID doesn't fit (${words}).`,
    }
  return { code: "unexpected", says: `AWS failed (${words}).` }
}

/** Returns the ARN that a trust policy names: of the role, not of one session of it. */
function toPrincipal(arn: string): string {
  const [, partition, account, name] = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (name === undefined) return arn
  // A role's path is missing in a session's ARN.
  return `arn:${partition}:iam::${account}:role/${name}`
}

function toKey({ roleArn, externalId }: ReadingRole): string {
  return `${roleArn} ${externalId}`
}
