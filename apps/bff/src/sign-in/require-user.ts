import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import type { SessionStore } from "#store/session-store.ts"
import type { Access } from "./access.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { RuleBook } from "./access-rules.ts"

/** The person behind a request, and what they may do at this moment. */
export interface SignedIn {
  identity: Identity
  access: Access
  claims: RoleClaims
  /** The id under which the session is listed; not the secret in the cookie. */
  sessionId: string
  /** Milliseconds since 1970. */
  signedInAt: number
  /** When the provider last vouched for the claims. Milliseconds since 1970. */
  checkedAt: number
}

const signedInBy = new WeakMap<Request, SignedIn>()

/**
 * Lets only signed-in people through (`not_signed_in` otherwise). Their rights are computed from the claims of their
 * session for every request: changed rules count at once.
 */
export function requireUser(ruleBook: RuleBook, sessions: SessionStore): RequestHandler {
  return (request, _response, next) => {
    const { signedIn } = request.session
    if (signedIn === undefined) throw new AppError("not_signed_in")
    const { identity, claims, signedInAt, checkedAt } = signedIn
    signedInBy.set(request, {
      identity,
      claims,
      signedInAt,
      checkedAt,
      access: ruleBook.accessOf(claims),
      sessionId: sessions.toListedId(request.sessionID),
    })
    next()
  }
}

/** Returns the person who sent this request. Throws when the route is not behind `requireUser`: that is a defect. */
export function userOf(request: Request): SignedIn {
  const user = signedInBy.get(request)
  if (user === undefined) throw new Error("requireUser does not stand before this route")
  return user
}
