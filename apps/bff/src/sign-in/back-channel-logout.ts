import { Router, urlencoded } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { forbidStoring } from "#http/security-headers.ts"
import type { SessionStore } from "#store/session-store.ts"
import type { AuditSink } from "./audit-sink.ts"
import type { LogoutToken } from "./logout-token.ts"
import type { RateLimits } from "./rate-limits.ts"

export interface BackChannelParts {
  readLogoutToken: (token: string) => Promise<LogoutToken>
  /** False when a token with that `jti` was here before. */
  rememberLogoutToken: (token: LogoutToken) => Promise<boolean>
  sessions: SessionStore
  audit: AuditSink
  limits: RateLimits
}

/**
 * `POST /sign-in/back-channel-logout`: the identity provider itself tells that somebody signed out. It comes from a server and
 * has neither cookie nor Origin, so it stands before the refusal of forged requests; its proof is the token's signature.
 */
export function createBackChannelRouter(parts: BackChannelParts): Router {
  const { readLogoutToken, rememberLogoutToken, sessions, audit, limits } = parts
  const router = Router()

  async function readGenuine(body: unknown): Promise<LogoutToken> {
    const text = isForm(body) ? body["logout_token"] : undefined
    if (typeof text !== "string") {
      throw new AppError("invalid_request", { detail: "Send logout_token in a form, once." })
    }
    const token = await readLogoutToken(text)
    if (await rememberLogoutToken(token)) return token
    throw new AppError("invalid_request", { detail: "The logout token is refused: it was used before." })
  }

  router
    .route("/")
    .post(
      forbidStoring,
      limits.logoutTokens,
      urlencoded({ extended: false, limit: "64kb" }),
      async (request, response) => {
        const address = request.ip ?? null
        const token = await readGenuine(request.body).catch(async (error: unknown) => {
          const why = error instanceof AppError ? error.message : "an error of our own"
          await audit.record({ action: "sign-in-refused", actor: null, address, detail: { why } })
          throw error
        })
        const { issuer, providerSession, subject } = token
        const ended =
          providerSession === null
            ? await sessions.endBySubject(issuer, subject ?? "")
            : await sessions.endByProviderSession(issuer, providerSession)
        for (const { id, user } of ended) {
          await audit.record({
            action: "session-ended",
            actor: null,
            address,
            detail: {
              session: id,
              subject: user?.subject ?? null,
              name: user?.name ?? null,
              how: "by-provider",
            },
          })
        }
        response.status(200).end()
      },
    )
    .all(allowOnly("POST"))
  return router
}

function isForm(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null
}
