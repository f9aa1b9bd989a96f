import type { Request } from "express"
import type { SessionData } from "express-session"
import type { SessionOwner } from "#store/session-store.ts"
import type { RoleClaims } from "./access-rules.ts"
import type { Identity } from "./identity.ts"

/** A sign-in that this browser started and did not finish. Each of its values works once. */
export interface PendingSignIn {
  state: string
  nonce: string
  codeVerifier: string
  returnTo: string
  /** Milliseconds since 1970. */
  startedAt: number
}

/** The content of a signed-in session. None of it is a token. */
interface SignedInData {
  identity: Identity
  claims: RoleClaims
  /** The provider's name for its own session (`sid`); null when it gave none. */
  providerSession: string | null
  /** Milliseconds since 1970. */
  signedInAt: number
  /** Where it was signed in from. */
  address: string
  /** The browser's User-Agent. */
  browser: string
}

declare module "express-session" {
  interface SessionData {
    pendingSignIns?: PendingSignIn[]
    signedIn?: SignedInData
  }
}

/** Lifetimes of a session, in milliseconds. */
export interface SessionLifetimes {
  /** Without use. */
  idleMs: number
  /** At most, after sign-in. */
  absoluteMs: number
  /** Before anybody has signed in. */
  unownedMs: number
}

export const usualSessionLifetimes: SessionLifetimes = {
  idleMs: 30 * 60_000,
  absoluteMs: 12 * 60 * 60_000,
  unownedMs: 15 * 60_000,
}

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
export function renewSession(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error: unknown) => (error == null ? resolve() : reject(toError(error))))
  })
}

export function saveSession(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.save((error: unknown) => (error == null ? resolve() : reject(toError(error))))
  })
}

/**
 * Keeps the end of an answer from counting as a use of the session. A stream, in a tab that is only left open, would otherwise keep
 * somebody signed in.
 */
export function leaveSession(request: Request): void {
  Reflect.deleteProperty(request, "session")
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
