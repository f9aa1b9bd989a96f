import { apiUrls } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { forbidStoring } from "#http/security-headers.ts"
import type { SessionStore } from "#store/session-store.ts"
import type { AuditSink } from "./audit-sink.ts"
import { readLine } from "./id-token-claims.ts"
import type { OidcClient, SignInResult } from "./oidc-client.ts"
import { keepPendingSignIn, takePendingSignIn } from "./pending-sign-ins.ts"
import type { RateLimits } from "./rate-limits.ts"
import type { RefusalLog } from "./refusal-log.ts"
import { toReturnAddress } from "./return-address.ts"
import type { SessionCookie } from "./session-cookie.ts"
import { renewSession, saveSession, type PendingSignIn } from "./session-data.ts"
import { showSignInProblem } from "./sign-in-page.ts"

export interface SignInParts {
  oidc: OidcClient
  /** The URL that browsers use: the only origin of sign-ins. */
  publicUrl: URL
  cookie: SessionCookie
  sessions: SessionStore
  audit: Pick<AuditSink, "record">
  refusals: RefusalLog
  limits: RateLimits
  clock: Clock
}

/** `/sign-in` and `/sign-in/callback`: to the identity provider, and back. */
export function createSignInRouter(parts: SignInParts): Router {
  const { oidc, publicUrl, cookie, sessions, audit, refusals, limits, clock } = parts
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
      if (request.session.signedIn !== undefined) {
        response.redirect(303, `${publicUrl.origin}${returnTo}`)
        return
      }
      refuseLostCookie(request, cookie)
      const { goTo, pending } = await oidc.start(returnTo)
      keepPendingSignIn(request, pending)
      await saveSession(request)
      response.redirect(303, goTo)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/callback")
    .get(limits.callback, async (request, response) => {
      const pending = takePendingSignIn(request, request.query["state"], clock.now())
      response.locals["returnTo"] = pending?.returnTo
      const result = await finish(request, pending)
      await renewSession(request)
      const { identity, claims, providerSession } = result
      await audit.record({
        action: "sign-in",
        actor: identity,
        address: request.ip ?? null,
        detail: { session: sessions.toListedId(request.sessionID) },
      })
      request.session.signedIn = {
        identity,
        claims,
        providerSession,
        signedInAt: clock.now(),
        address: request.ip ?? "",
        browser: readLine(request.headers["user-agent"]) ?? "",
      }
      await saveSession(request)
      // Prefixed with our origin, any address stays ours.
      response.redirect(303, `${publicUrl.origin}${pending?.returnTo ?? "/"}`)
    })
    .all(allowOnly("GET", "HEAD"))

  async function finish(request: Request, pending: PendingSignIn | null): Promise<SignInResult> {
    try {
      if (pending === null) {
        throw new AppError("sign_in_failed", {
          detail: "This browser did not start this sign-in, or it was used already.",
        })
      }
      const query = request.originalUrl.replace(/^[^?]*/, "")
      return await oidc.finish(query, pending)
    } catch (error) {
      await refusals.record({
        action: "sign-in-refused",
        actor: null,
        address: request.ip ?? null,
        detail: { why: toReason(error) },
      })
      throw error
    }
  }

  router.use(showSignInProblem)
  return router
}

/** A Secure cookie is not set on a connection that looks like plain HTTP, and then no sign-in could ever be completed. */
function refuseLostCookie(request: Request, cookie: SessionCookie): void {
  if (!cookie.options.secure || request.secure) return
  throw new AppError("sign_in_failed", {
    detail:
      "This server is set up for https, but the request reached it as plain http. Its operator has to set TRUST_PROXY.",
  })
}

function toReason(error: unknown): string {
  if (!(error instanceof AppError)) return "an error of our own"
  return error.cause instanceof Error ? error.cause.message : error.message
}
