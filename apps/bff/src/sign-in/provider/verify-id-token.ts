import { createHash } from "node:crypto"
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose"
import type { Clock } from "#base/clock.ts"
import { clockSkewSeconds } from "./provider-clock.ts"

interface Expected {
  issuer: string
  clientId: string
  algorithms: readonly string[]
  findKey: JWTVerifyGetKey
  clock: Clock
  accessToken: string
  /** When the token was asked for, in milliseconds since 1970: an older one answers something else. */
  askedAt: number
  /** The ways of signing in of which it must name one (`acr`); none are asked for when empty. */
  acrValues: readonly string[]
}

export type IdTokenClaims = JWTPayload & { iss: string; sub: string; iat: number }

/**
 * Verifies an ID token: its signature, though the specification would let us trust the connection it came over (OpenID Connect Core
 * §3.1.3.7 point 6), and what openid-client does not look at. The nonce is openid-client's.
 * @throws Error with the reason
 */
export async function verifyIdToken(token: string, expected: Expected): Promise<IdTokenClaims> {
  const { issuer, clientId, algorithms, findKey, clock, accessToken, askedAt, acrValues } = expected
  const { payload, protectedHeader } = await jwtVerify(token, findKey, {
    issuer,
    audience: clientId,
    algorithms: [...algorithms],
    currentDate: new Date(clock.now()),
    clockTolerance: clockSkewSeconds,
    requiredClaims: ["sub", "exp", "iat"],
  })
  // Another kind of token of the same issuer for the same client must not pass for this one (RFC 8725 §3.11).
  if (!/^(application\/)?jwt$/i.test(protectedHeader.typ ?? "JWT"))
    throw new Error("the ID token's typ is not JWT")
  const { azp, at_hash: hash, acr } = payload
  if (azp !== undefined && azp !== clientId) throw new Error("the ID token's azp is another application")
  if (hash !== undefined && hash !== computeHalfHash(accessToken))
    throw new Error("the ID token's at_hash is not of the access token")
  const claims = payload as IdTokenClaims
  if (claims.iat * 1000 > clock.now() + clockSkewSeconds * 1000)
    throw new Error("the ID token's iat is in the future")
  // Whole seconds, as iat is: a token of the same second is not an older one.
  if (claims.iat < Math.floor(askedAt / 1000) - clockSkewSeconds)
    throw new Error("the ID token's iat is before this sign-in began")
  if (acrValues.length > 0 && !acrValues.some((value) => value === acr))
    throw new Error("the ID token's acr is none of OIDC_ACR_VALUES")
  return claims
}

/** All supported algorithms hash with SHA-256 (OpenID Connect Core §3.1.3.6). */
function computeHalfHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url")
}
