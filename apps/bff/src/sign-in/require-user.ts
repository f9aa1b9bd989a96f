import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "#http/check-request.ts"
import { toUserKey, type SessionStore } from "#store/session-store.ts"
import type { Access } from "./access.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { RuleBook } from "./access-rules.ts"

/** A person, themselves in a browser or by one of their API tokens. */
export interface Caller extends Identity {
  /** The token; absent in a browser. */
  token?: { id: string; name: string }
  /** The approval of another person with which their request is carried out. */
  approval?: { id: string; by: { name: string; subject: string }; planHash: string }
}

/** The caller of a request, and what they may do at this moment. */
export interface SignedIn {
  identity: Caller
  access: Access
  claims: RoleClaims
  /** Computes the access that claims give by the rules of now, within the scope of a token. */
  accessOf: (claims: RoleClaims) => Access
  /** The id under which the session or token is listed; not the secret that was sent. */
  credentialId: string
  /** When the session or token began. Milliseconds since 1970. */
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
  return checkRequest((request) => {
    const { signedIn } = request.session
    if (signedIn === undefined) throw new AppError("not_signed_in")
    const { identity, claims, signedInAt, checkedAt } = signedIn
    setUser(request, {
      identity,
      claims,
      signedInAt,
      checkedAt,
      access: ruleBook.accessOf(claims),
      accessOf: ruleBook.accessOf,
      credentialId: sessions.toListedId(request.sessionID),
    })
  })
}

/** Notes the caller of a request, who was authenticated. */
export function setUser(request: Request, user: SignedIn): void {
  signedInBy.set(request, user)
}

/** Returns true once the caller of a request is known. */
export function hasUser(request: Request): boolean {
  return signedInBy.has(request)
}

/** Returns the caller who sent this request. Throws when the route is not behind `requireUser`: that is a defect. */
export function userOf(request: Request): SignedIn {
  const user = signedInBy.get(request)
  if (user === undefined) throw new Error("requireUser does not stand before this route")
  return user
}

/** Returns the person behind a request, and their network address, as the audit log has them. */
export function toActor(request: Request): { actor: Caller; address: string | null } {
  return { actor: userOf(request).identity, address: request.ip ?? null }
}

/** Tells callers apart for limits: each token counts by itself, and none of its owner's browsers. */
export function toCallerKey({ token, ...person }: Pick<Caller, "issuer" | "subject" | "token">): string {
  return token === undefined ? toUserKey(person) : `token ${token.id}`
}
