import { promisify } from "node:util"
import type { Request } from "express"
import type { SessionData } from "express-session"
import type { SessionOwner } from "#store/session-store.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"

/** The content of a signed-in session. */
export interface SignedInData {
  identity: Identity
  claims: RoleClaims
  /** The provider's name for its own session (`sid`); null when it gave none. */
  providerSession: string | null
  /** Milliseconds since 1970. */
  signedInAt: number
  /** When the provider last vouched for the claims. Milliseconds since 1970. */
  checkedAt: number
  /** Asks the provider for the claims again; null when it gave none. */
  refreshToken: string | null
  /** When the refresh token ends if it is not used; null when the provider does not say. */
  refreshEndsAt: number | null
  /** Where it was signed in from. */
  address: string
  /** The browser's User-Agent. */
  browser: string
}

declare module "express-session" {
  interface SessionData {
    signedIn?: SignedInData
  }
}

/** Lifetimes of a session, in milliseconds. */
export const usualSessionLifetimes = {
  /** Without use. */
  idleMs: 30 * 60_000,
  /** At most, after sign-in. */
  absoluteMs: 12 * 60 * 60_000,
  /** For signing in at the provider. */
  signInMs: 10 * 60_000,
  /** Until the provider has to vouch for the claims again. */
  checkMs: 60 * 60_000,
}

export type SessionLifetimes = typeof usualSessionLifetimes

/** Whose session it is, as the session store keeps it beside the sealed rest; null while nobody is signed in by it. */
export function toSessionOwner({ signedIn }: SessionData): SessionOwner | null {
  if (signedIn === undefined) return null
  const { identity, providerSession, address, browser } = signedIn
  return { ...identity, providerSession, address, browser }
}

/**
 * Gives the browser a new session id, and nothing of the old session with it (OWASP ASVS 7.2.4): an id that somebody planted
 * before is worth nothing after.
 */
export async function renewSession({ session }: Request): Promise<void> {
  await promisify(session.regenerate.bind(session))()
}

export async function saveSession({ session }: Request): Promise<void> {
  await promisify(session.save.bind(session))()
}

/**
 * Keeps the end of an answer from counting as a use of the session. A stream, in a tab that is only left open, would otherwise keep
 * somebody signed in.
 */
export function leaveSession(request: Request): void {
  Reflect.set(request, "session", undefined)
}
