import { Router, type Request, type RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { checkRequest } from "#http/check-request.ts"
import { readBearerToken } from "#http/bearer-token.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { RateLimits } from "#sign-in/rate-limits.ts"
import type { RefusalLog } from "#sign-in/refusal-log.ts"
import { hasUser, setUser } from "#sign-in/require-user.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { ApiTokens, StoredToken } from "./api-tokens.ts"
import { getTokenState, limitAccess } from "./token-access.ts"
import { isTokenText, toTokenHash } from "./token-text.ts"

interface AuthenticateDeps {
  apiTokens: ApiTokens
  ruleBook: RuleBook
  refusals: RefusalLog
  limits: Pick<RateLimits, "tokenGuesses">
  clock: Clock
  logger: Logger
  /** The time for which the provider's word about an owner counts. */
  ownerMs: number
}

/** Why a token may not be used, for the person who runs the script. A closed list: what a stranger sent is not repeated. */
const reasons = {
  malformed: "This is not an API token of Peering Desk. Copy it again: it may be cut off or mistyped.",
  unknown: "No such API token.",
  revoked: "This API token was revoked.",
  expired: "This API token has expired. Create a new one.",
  paused:
    "The identity provider does not vouch for the owner of this API token. It works again once they sign in to Peering Desk.",
  unconfirmed:
    "The owner of this API token has not signed in to Peering Desk for too long. It works again once they do.",
  "no-rights": "The owner of this API token has no role left in its projects.",
}
type Refusal = keyof typeof reasons

/**
 * Finds the person and scope of a request that carries an API token. Nothing is cached: each request reads the token, its owner's claims
 * and the rules as they are now, so a revoked one fails at once in every process.
 */
export function authenticateTokens(deps: AuthenticateDeps): RequestHandler {
  const { apiTokens, ruleBook, clock, logger, ownerMs } = deps
  const refused = new WeakMap<Request, { why: Refusal; token: StoredToken | null }>()

  const find = checkRequest(async (request) => {
    const text = readBearerToken(request)
    const isOurs = text !== null && isTokenText(text)
    const token = isOurs ? await apiTokens.findByHash(toTokenHash(text)) : null
    if (token === null) return void refused.set(request, { why: isOurs ? "unknown" : "malformed", token })
    const { identity, claims, confirmedAt } = token.owner
    const accessOf = (current: RoleClaims) => limitAccess(ruleBook.accessOf(current), token)
    const access = accessOf(claims)
    const state = getTokenState(token, access, clock.now(), ownerMs)
    if (state !== "active") return void refused.set(request, { why: state, token })
    setUser(request, {
      identity: { ...identity, token: { id: token.id, name: token.name } },
      access,
      claims,
      accessOf,
      credentialId: token.id,
      signedInAt: token.createdAt,
      checkedAt: confirmedAt,
    })
    await apiTokens.noteUse(token, request.ip ?? null).catch((error: unknown) => {
      // That a use is not noted keeps nobody from their answer.
      logger.warn({ err: error, tokenId: token.id }, "Could not record the last use of an API token")
    })
  })

  const refuse = checkRequest(async (request) => {
    const { why, token } = refused.get(request) ?? {}
    if (hasUser(request) || why === undefined) return
    await deps.refusals.record(
      {
        action: "token-refused",
        actor: null,
        address: request.ip ?? null,
        detail: {
          why: reasons[why],
          ...(token && { token: token.id, name: token.name, owner: token.owner.identity.name }),
        },
      },
      token ? undefined : "API tokens of strangers",
    )
    throw new AppError("token_refused", { detail: reasons[why] })
  })

  return Router().use(find, deps.limits.tokenGuesses, refuse)
}
