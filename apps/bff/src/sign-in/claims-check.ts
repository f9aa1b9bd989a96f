import type { Request } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { checkRequest } from "#http/check-request.ts"
import type { OidcClient, RefreshedClaims } from "#sign-in/provider/oidc-client.ts"
import { hasRefusedPerson } from "#sign-in/provider/oidc-problem.ts"
import type { SessionStore } from "#store/session-store.ts"
import { endSessions, toEndedEvent } from "./end-sessions.ts"
import { saveSession, type SignedInData } from "./session-data.ts"
import type { CallerWatch } from "./caller-watch.ts"
import type { PersonListener } from "./person-listener.ts"

/** The provider is asked from this part of the allowed age on, which leaves time for one that is away. */
const refreshAtShare = 3 / 4
/** A provider that did not answer is asked again after this time. */
const retryMs = 10_000
const rememberMs = 60_000
/** A process has this long for a check, in which no other process makes the same. */
const leaseMs = 30_000
/** A request whose time is over waits this long for the check of another process, and looks for its end this often. */
const patienceMs = 10_000
const lookEveryMs = 200

/** `silent`: only the browser can ask. `elsewhere`: another process asks at this moment. */
type Outcome =
  { is: "good"; refreshed: RefreshedClaims } | { is: "refused" | "away" | "silent" | "elsewhere" }

interface Check {
  at: number
  /** On the clock's `elapsed`. */
  begunAt: number
  outcome: Promise<Outcome>
}

export type ClaimsCheck = ReturnType<typeof createClaimsCheck>

/**
 * Sees to it that claims are never older than `checkMs`: anyone who is removed at the provider loses access within that time. A
 * session with a refresh token asks by it. Without one `check_due` makes the page go to the provider and back (`prompt=none`).
 */
export function createClaimsCheck(parts: {
  oidc: Pick<OidcClient, "refresh">
  sessions: SessionStore
  audit: Pick<AuditLog, "recordChanges">
  sessionWatch: Pick<CallerWatch, "renew">
  people: PersonListener
  clock: Clock
  logger: Logger
  checkMs: number
}) {
  const { oidc, sessions, audit, sessionWatch, people, clock, logger, checkMs } = parts
  /** By session: requests at the same time share one check, since a refresh token may work only once. */
  const checks = new Map<string, Check>()

  /** Returns true when the claims are so old that nothing may be done with them. */
  const isDue = ({ checkedAt }: SignedInData): boolean => clock.now() - checkedAt >= checkMs

  function isEarly({ checkedAt, refreshEndsAt }: SignedInData): boolean {
    const lastsMs = Math.min(checkMs, refreshEndsAt === null ? checkMs : refreshEndsAt - checkedAt)
    return clock.now() - checkedAt >= lastsMs * refreshAtShare
  }

  async function refresh(refreshToken: string, subject: string): Promise<Outcome> {
    try {
      const refreshed = await oidc.refresh(refreshToken, subject)
      return refreshed === null ? { is: "silent" } : { is: "good", refreshed }
    } catch (error) {
      if (hasRefusedPerson(error)) return { is: "refused" }
      logger.warn({ err: error, subject }, "Could not check a person's claims at the identity provider")
      return { is: "away" }
    }
  }

  async function refreshAlone(id: string, refreshToken: string, subject: string): Promise<Outcome> {
    if (!(await sessions.claimCheck(id, leaseMs))) return { is: "elsewhere" }
    const outcome = await refresh(refreshToken, subject)
    if (outcome.is === "away") await sessions.claimCheck(id, 0)
    return outcome
  }

  async function check(request: Request, signedIn: SignedInData, refreshToken: string): Promise<Outcome> {
    const id = sessions.toListedId(request.sessionID)
    const now = clock.now()
    const begunAt = clock.elapsed()
    for (const [key, known] of checks) if (begunAt - known.begunAt >= rememberMs) checks.delete(key)
    for (let known = checks.get(id); known !== undefined;) {
      const outcome = await known.outcome
      // A request that was on its way when the check ended has the session as it was before.
      if (outcome.is === "good" ? known.at > signedIn.checkedAt : begunAt - known.begunAt < retryMs)
        return outcome
      const newer = checks.get(id)
      known = newer === known ? undefined : newer
    }
    const started: Check = {
      at: now,
      begunAt,
      outcome: refreshAlone(id, refreshToken, signedIn.identity.subject).catch((error: unknown) => {
        // The database failed, which says nothing of the next request.
        checks.delete(id)
        throw error
      }),
    }
    checks.set(id, started)
    const outcome = await started.outcome
    if (outcome.is === "good") sessionWatch.renew(id, outcome.refreshed.claims)
    return outcome
  }

  /** Takes over the claims that another process has confirmed by then. Returns false when it has not. */
  async function waitForOther(request: Request): Promise<boolean> {
    for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
      const { signedIn } = (await sessions.readAgain(request.sessionID)) ?? {}
      if (signedIn === undefined) throw new AppError("not_signed_in")
      if (!isDue(signedIn)) {
        request.session.signedIn = signedIn
        return true
      }
      if (waitedMs >= patienceMs) return false
      await new Promise<void>((resolve) => clock.after(lookEveryMs, resolve))
    }
  }

  /** Ends a session for which the provider does not vouch any more. */
  async function endRefused(request: Request): Promise<void> {
    const { signedIn } = request.session
    // First: if the session stays, its next request is refused again.
    if (signedIn !== undefined) await people.refused(signedIn.identity, request.ip ?? null)
    await end(request)
  }

  /** Ends a session whose person is somebody else at the provider now. */
  async function end(request: Request): Promise<void> {
    const by = { actor: null, address: request.ip ?? null }
    await endSessions({ sessions, audit }, { ids: [sessions.toListedId(request.sessionID)] }, (ended) =>
      toEndedEvent(ended, by, "by-provider"),
    )
  }

  /** Before `requireUser`: lets nobody through whose claims are too old, and renews them by refresh token where there is one. */
  const middleware = checkRequest(async (request) => {
    const { signedIn } = request.session
    if (signedIn === undefined || !isEarly(signedIn)) return
    const { refreshToken } = signedIn
    const outcome: Outcome =
      refreshToken === null ? { is: "silent" } : await check(request, signedIn, refreshToken)
    if (outcome.is === "refused") {
      await endRefused(request)
      throw new AppError("not_signed_in")
    }
    if (outcome.is === "good") {
      request.session.signedIn = { ...signedIn, ...outcome.refreshed, checkedAt: clock.now() }
      await saveSession(request)
      await people.confirmed({ identity: signedIn.identity, claims: outcome.refreshed.claims })
    } else if (isDue(signedIn)) {
      if (outcome.is === "elsewhere" && (await waitForOther(request))) return
      if (outcome.is === "silent") throw new AppError("check_due")
      throw new AppError("identity_provider_unreachable", { retryAfterSeconds: retryMs / 1000 })
    }
  })

  return { isDue, end, endRefused, middleware }
}
