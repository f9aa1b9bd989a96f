import type { ReadingRole } from "#world/customer/network-schema.ts"
import type { AwsCaller, CredentialStore } from "./credentials.ts"
import { AwsError } from "./errors.ts"
import type { Query } from "./query.ts"
import type { XmlFields } from "./xml.ts"

/** Creates the actions of STS. */
export function createSts(deps: { credentials: CredentialStore; roles: () => readonly ReadingRole[] }) {
  return { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole }

  function getCallerIdentity({ arn, userId, account }: AwsCaller): XmlFields {
    return { Arn: arn, UserId: userId, Account: account }
  }

  function assumeRole(caller: AwsCaller, query: Query): XmlFields {
    const arn = requireMember(query, "RoleArn", /^[^]{20,2048}$/)
    const sessionName = requireMember(query, "RoleSessionName", /^[\w+=,.@-]{2,64}$/)
    const seconds = Number(query.get("DurationSeconds") ?? 3600)
    if (!(seconds >= 900 && seconds <= 43_200))
      throw new AwsError("ValidationError", toConstraint(String(seconds), "durationSeconds"))
    const externalId = query.get("ExternalId")
    const role = deps.roles().find((one) => one.arn === arn)
    // AWS answers the same for a role that is missing, another trust, and a wrong external id.
    const isTrusted =
      role !== undefined &&
      !role.isRevoked &&
      (role.externalIds.length === 0 || role.externalIds.some((one) => isLike(one, externalId)))
    if (!isTrusted)
      throw new AwsError(
        "AccessDenied",
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      )
    const issued = deps.credentials.issue(role, sessionName, seconds)
    return {
      AssumedRoleUser: { AssumedRoleId: issued.caller.userId, Arn: issued.caller.arn },
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiresAt).toISOString().replace(/\.\d+/, ""),
      },
    }
  }
}

/** Compares as StringLike does in a trust policy. A text that is missing is like nothing. */
function isLike(pattern: string, text: string | undefined): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
  return text !== undefined && new RegExp(`^${parts.join(".*")}$`).test(text)
}

function requireMember(query: Query, name: string, pattern: RegExp): string {
  const value = query.get(name)
  if (value !== undefined && pattern.test(value)) return value
  const member = name.charAt(0).toLowerCase() + name.slice(1)
  throw new AwsError("ValidationError", toConstraint(value, member))
}

function toConstraint(value: string | undefined, member: string): string {
  const found = value === undefined ? "null" : `'${value}'`
  return `1 validation error detected: Value ${found} at '${member}' failed to satisfy constraint`
}
