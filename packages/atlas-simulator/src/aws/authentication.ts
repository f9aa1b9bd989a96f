import { isSameText } from "#auth/same-text.ts"
import type { AwsCaller, CredentialStore } from "./credentials.ts"
import { AwsError, type AwsService } from "./errors.ts"
import { getHeader, isSignedWith, parseAuthorization, type SignedRequest } from "./signature.ts"

/** The place and service that a request was signed for; both count even when the signature does not. */
export type Scope = { service: AwsService; region: string }

const mostApartMs = 5 * 60_000

/** Returns what an unverified request was signed for: EC2 in the default region without a signature. */
export function readScope(request: SignedRequest): Scope {
  const authorization = parseAuthorization(getHeader(request, "authorization"))
  return { service: authorization?.service ?? "ec2", region: authorization?.region ?? "us-east-1" }
}

/** Verifies the signature, its time and the token. Throws the error that the service refuses the request with. */
export function authenticate(credentials: CredentialStore, request: SignedRequest, now: number): AwsCaller {
  const authorization = parseAuthorization(getHeader(request, "authorization"))
  if (authorization === null) throw new AwsError("MissingAuthenticationToken")
  const isEc2 = authorization.service === "ec2"
  const invalid = () => new AwsError(isEc2 ? "AuthFailure" : "InvalidClientTokenId")

  const found = credentials.find(authorization.accessKeyId)
  if (found === null) throw invalid()
  if (!isSameText(getHeader(request, "x-amz-security-token"), found.sessionToken ?? "")) throw invalid()
  if (!isSignedWith(found.secretAccessKey, request, authorization)) {
    if (isEc2) throw invalid()
    throw new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    )
  }
  checkTime(getHeader(request, "x-amz-date"), authorization.date, isEc2, now)
  if (found.expiresAt !== null && found.expiresAt <= now)
    throw new AwsError(isEc2 ? "RequestExpired" : "ExpiredToken")
  return found.caller
}

function checkTime(stamp: string, date: string, isEc2: boolean, now: number): void {
  const signedAt = Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  )
  if (Number.isNaN(signedAt) || !stamp.startsWith(date))
    throw new AwsError("SignatureDoesNotMatch", `Date in Credential scope does not match ${stamp}`)
  const apartMs = now - signedAt
  if (Math.abs(apartMs) <= mostApartMs) return
  if (isEc2) throw new AwsError("RequestExpired")
  const [limit, sign, how] =
    apartMs > 0
      ? [now - mostApartMs, "-", "Signature expired: % is now earlier than"]
      : [now + mostApartMs, "+", "Signature not yet current: % is still later than"]
  const message = `${how.replace("%", stamp)} ${toStamp(limit)} (${toStamp(now)} ${sign} 5 min.)`
  throw new AwsError("SignatureDoesNotMatch", message)
}

function toStamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")
}
