import { apiUrls } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { forbidStoring } from "#http/security-headers.ts"
import { toUserKey, type SessionStore } from "#store/session-store.ts"
import type { ClaimsCheck } from "./claims-check.ts"
import { readLine } from "#sign-in/provider/id-token-claims.ts"
import type { OidcClient, PendingSignIn, SignInResult } from "#sign-in/provider/oidc-client.ts"
import { hasRefusedPerson } from "#sign-in/provider/oidc-problem.ts"
import type { PersonListener } from "./person-listener.ts"
import type { PendingSignIns } from "./pending-sign-ins.ts"
import type { RateLimits } from "./rate-limits.ts"
import type { RefusalLog } from "./refusal-log.ts"
import { toReturnAddress } from "./return-address.ts"
import type { SessionCookie } from "./session-cookie.ts"
import { renewSession, saveSession, type SignedInData } from "./session-data.ts"
import { showSignInProblem } from "./sign-in-page.ts"

export interface SignInParts {
  oidc: OidcClient
  /** The URL that browsers use: the only origin of sign-ins. */
  publicUrl: URL
  cookie: SessionCookie
  pendingSignIns: PendingSignIns
  claimsCheck: Pick<ClaimsCheck, "isDue" | "end" | "endRefused">
  sessions: SessionStore
  audit: Pick<AuditLog, "recordChanges">
  refusals: RefusalLog
  limits: RateLimits
  people: Pick<PersonListener, "confirmed">
  clock: Clock
}

/** `/sign-in` and `/sign-in/callback`: to the identity provider, and back. */
export function createSignInRouter(parts: SignInParts): Router {
  const { oidc, publicUrl, cookie, pendingSignIns, claimsCheck, sessions, audit, limits, people, clock } =
    parts
  const router = Router()
  router.use(forbidStoring)

  router
    .route("/")
    .get(limits.signIn, async (request, response) => {
      const returnTo = toReturnAddress(request.query["return"])
      response.locals["returnTo"] = returnTo
      if (request.headers.host !== publicUrl.host) {
        // The cookie would stay behind under the other name of this server.
        response.redirect(303, new URL(apiUrls.signIn({ return: returnTo }), publicUrl).href)
        return
      }
      const { signedIn } = request.session
      if (signedIn !== undefined && !claimsCheck.isDue(signedIn)) {
        response.redirect(303, `${publicUrl.origin}${returnTo}`)
        return
      }
      refuseLostCookie(request, cookie)
      const { goTo, pending } = await oidc.start(returnTo, signedIn?.identity ?? null)
      pendingSignIns.keep(request, response, pending)
      response.redirect(303, goTo)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/callback")
    .get(limits.callback, async (request, response) => {
      const pending = pendingSignIns.take(request, response, request.query["state"])
      if (pending === null && request.session.signedIn !== undefined) {
        // Another tab was faster, or Back led here.
        response.redirect(303, `${publicUrl.origin}/`)
        return
      }
      response.locals["returnTo"] = pending?.returnTo
      const result = await finish(request, pending)
      if (result !== null) await signIn(request, result)
      // Prefixed with our origin, any address stays ours.
      response.redirect(303, `${publicUrl.origin}${pending?.returnTo ?? "/"}`)
    })
    .all(allowOnly("GET", "HEAD"))

  /** Null when a silent look found that the provider does not vouch for the person any more: the session is over, unless it is newer. */
  async function finish(request: Request, pending: PendingSignIn | null): Promise<SignInResult | null> {
    try {
      if (pending === null) {
        throw new AppError("sign_in_failed", {
          detail: "This browser did not start this sign-in, or it was used already.",
        })
      }
      const query = request.originalUrl.replace(/^[^?]*/, "")
      return await oidc.finish(query, pending)
    } catch (error) {
      if (pending?.silent === true && hasRefusedPerson(error)) {
        // The provider vouched for the session's person later, in another tab.
        const isOutdated = (request.session.signedIn?.checkedAt ?? 0) > pending.startedAt
        if (!isOutdated) await claimsCheck.endRefused(request)
        return null
      }
      await parts.refusals.record({
        action: "sign-in-refused",
        actor: null,
        address: request.ip ?? null,
        detail: { why: toReason(error) },
      })
      throw error
    }
  }

  /** Another tab may have signed the same person in by now: they keep that session, with the claims of this moment. */
  async function signIn(request: Request, { identity, ...result }: SignInResult): Promise<void> {
    const { signedIn } = request.session
    const isSame = signedIn !== undefined && toUserKey(signedIn.identity) === toUserKey(identity)
    if (!isSame) {
      if (signedIn !== undefined) await claimsCheck.end(request)
      await renewSession(request)
    }
    const data: SignedInData = {
      identity,
      ...result,
      checkedAt: clock.now(),
      signedInAt: isSame ? signedIn.signedInAt : clock.now(),
      address: request.ip ?? "",
      browser: readLine(request.headers["user-agent"]) ?? "",
    }
    if (!isSame)
      await audit.recordChanges(async (transaction) => {
        const { cookie: sessionCookie } = request.session
        await sessions.saveWithin(transaction, request.sessionID, { cookie: sessionCookie, signedIn: data })
        return [
          {
            action: "sign-in",
            actor: identity,
            address: request.ip ?? null,
            detail: { session: sessions.toListedId(request.sessionID) },
          },
        ]
      })
    // Only now: whatever the session holds at the end of the answer is saved.
    request.session.signedIn = data
    await saveSession(request)
    await people.confirmed({ identity, claims: result.claims })
  }

  router.use(showSignInProblem)
  return router
}

/** A Secure cookie is not set on a connection that looks like plain HTTP, and then no sign-in could ever be completed. */
function refuseLostCookie(request: Request, cookie: SessionCookie): void {
  if (!cookie.options.secure || request.secure) return
  throw new AppError("sign_in_failed", {
    detail:
      "This server is set up for https, but the request reached it as plain http. Its operator has to set TRUST_PROXY, and X-Forwarded-Proto in the proxy.",
  })
}

function toReason(error: unknown): string {
  if (!(error instanceof AppError)) return "an error of our own"
  return error.cause instanceof Error ? error.cause.message : error.message
}
