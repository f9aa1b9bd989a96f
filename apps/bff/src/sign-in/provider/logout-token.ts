import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from "jose"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { clockSkewSeconds } from "./provider-clock.ts"
import type { Provider } from "./provider-connection.ts"
import { isNetworkFailure } from "./oidc-problem.ts"

/**
 * Allowed deviations of a provider from the specification: `typ-jwt` accepts the header `typ: JWT` or none instead
 * of `logout+jwt`, `no-exp` a token that does not say when it ends.
 */
export const logoutTokenAllowances = ["typ-jwt", "no-exp"] as const
export type LogoutTokenAllowance = (typeof logoutTokenAllowances)[number]

/** Whom a good logout token is about. */
export type LogoutToken = ReturnType<typeof toLogoutToken>

/** The cause of a refusal of a token that does not have the provider's signature, so anybody may have written it. */
export class ForeignToken extends Error {}

// A token is valid for this long after it was issued, also when it claims more.
const longestLifeSeconds = clockSkewSeconds
const eventName = "http://schemas.openid.net/event/backchannel-logout"

/** @returns a reader of logout tokens (OpenID Connect Back-Channel Logout §2.6), all steps but the one about replays */
export function createLogoutTokenReader(parts: {
  metadata: () => Promise<Pick<Provider, "issuer" | "algorithms" | "findKey">>
  clientId: string
  allowances: readonly LogoutTokenAllowance[]
  clock: Clock
}): (token: string) => Promise<LogoutToken> {
  const { metadata, clientId, allowances, clock } = parts

  return async (token) => {
    const { issuer, algorithms, findKey } = await metadata()
    const nowMs = clock.now()
    try {
      const { payload, protectedHeader } = await jwtVerify(token, findKey, {
        issuer,
        audience: clientId,
        algorithms: [...algorithms],
        currentDate: new Date(nowMs),
        clockTolerance: clockSkewSeconds,
        requiredClaims: ["iat", "jti", "events", ...(allowances.includes("no-exp") ? [] : ["exp"])],
      })
      checkType(protectedHeader.typ, allowances.includes("typ-jwt"))
      return toLogoutToken(payload, issuer, nowMs / 1000)
    } catch (error) {
      throw toLogoutProblem(error)
    }
  }
}

/** Returns whether a text has the form of a token, from any issuer. */
export function isToken(text: string): boolean {
  try {
    decodeProtectedHeader(text)
    decodeJwt(text)
    return true
  } catch {
    return false
  }
}

/** Another kind of token of the same issuer for the same client must not pass for this one (RFC 8725 §3.11). */
function checkType(typ: string | undefined, jwtAllowed: boolean): void {
  const type = typ?.toLowerCase().replace(/^application\//, "")
  if (type === "logout+jwt" || (jwtAllowed && (type === "jwt" || type === undefined))) return
  throw new Error("its typ is not logout+jwt")
}

function toLogoutToken(payload: JWTPayload, issuer: string, nowSeconds: number) {
  const { iat = 0, jti, sub, events } = payload
  const sid = payload["sid"]
  if (Math.abs(nowSeconds - iat) > longestLifeSeconds) throw new Error("its iat is not of this moment")
  const event = isObject(events) && Object.hasOwn(events, eventName) ? events[eventName] : undefined
  if (!isObject(event)) throw new Error("its events do not name a back-channel logout")
  if ("nonce" in payload) throw new Error("it has a nonce, as only ID tokens have")
  if (typeof jti !== "string" || jti === "") throw new Error("its jti is no text")
  if (sid !== undefined && typeof sid !== "string") throw new Error("its sid is no text")
  if (sub !== undefined && typeof sub !== "string") throw new Error("its sub is no text")
  if (sid === undefined && sub === undefined) throw new Error("it names neither a session nor a subject")
  return {
    issuer,
    jti,
    /** The provider's session; null when it means every session of the subject. */
    providerSession: sid ?? null,
    subject: sub ?? null,
    /** From when on it is refused for its age, so that nobody needs to remember it. Milliseconds since 1970. */
    expiresAt: (iat + 2 * longestLifeSeconds) * 1000,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function toLogoutProblem(error: unknown): AppError {
  if (error instanceof Error && isNetworkFailure(error))
    return new AppError("identity_provider_unreachable", { cause: error })
  const isForeign = error instanceof errors.JOSEError && !isClaimProblem(error)
  const why = isForeign ? toForeignReason(error) : error instanceof Error ? error.message : "it can't be read"
  return new AppError("invalid_request", {
    detail: `The logout token is refused: ${why}.`,
    ...(isForeign && { cause: new ForeignToken(why) }),
  })
}

/** jose looks at the claims only after the signature. */
function isClaimProblem(error: errors.JOSEError): boolean {
  return error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
}

/** Reasons of our own: anybody may send such a token, and jose's sentences quote it. */
function toForeignReason(error: errors.JOSEError): string {
  if (error instanceof errors.JOSEAlgNotAllowed) return "its alg is none that the provider signs with"
  if (error instanceof errors.JWKSNoMatchingKey) return "its key is none of the provider's"
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature is not the provider's"
  return "it is not signed as the provider signs"
}
