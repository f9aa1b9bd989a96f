import type { SignedOut } from "@peering-desk/shared-schemas"
import { Router } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { forbidStoring } from "#http/security-headers.ts"
import type { SessionStore } from "#store/session-store.ts"
import { endSessions } from "./end-sessions.ts"
import type { OidcClient } from "#sign-in/provider/oidc-client.ts"
import type { SessionCookie } from "./session-cookie.ts"
import { leaveSession } from "./session-data.ts"

/**
 * `POST /sign-out`: the session ends here at once, and the answer says where the browser goes to end it at the identity provider.
 * Signing out twice is no mistake.
 */
export function createSignOutRouter(parts: {
  oidc: OidcClient
  cookie: SessionCookie
  sessions: SessionStore
  audit: Pick<AuditLog, "recordChanges">
}): Router {
  const { oidc, cookie, sessions, audit } = parts
  const router = Router()
  router
    .route("/")
    .post(forbidStoring, async (request, response) => {
      const { signedIn } = request.session
      // First, before anything can fail: nothing may stay in the browser of a shared machine.
      response.clearCookie(cookie.name, cookie.options)
      leaveSession(request)
      if (signedIn !== undefined) {
        const which = { ids: [sessions.toListedId(request.sessionID)] }
        await endSessions({ sessions, audit }, which, ({ id }) => ({
          action: "sign-out",
          actor: signedIn.identity,
          address: request.ip ?? null,
          detail: { session: id },
        }))
        // Best effort, and only now: the provider may take long.
        if (signedIn.refreshToken !== null) await oidc.revoke(signedIn.refreshToken).catch(() => {})
      }
      // Not "cookies": that would clear those of every host of the same domain, the identity provider's perhaps among them.
      // Not "storage": half-filled forms wait there for the person who began them, and are shown to nobody else.
      response.setHeader("Clear-Site-Data", '"cache"')
      const answer: SignedOut = {
        // A provider that can't be reached must not keep anybody signed in here.
        goTo: signedIn === undefined ? null : await oidc.endSessionUrl().catch(() => null),
      }
      response.json(answer)
    })
    .all(allowOnly("POST"))
  return router
}
