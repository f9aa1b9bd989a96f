import { Router, urlencoded } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { forbidStoring } from "#http/security-headers.ts"
import { rememberLogoutToken } from "#store/logout-tokens.ts"
import type { SessionSelector } from "#store/session-rows.ts"
import { toUserKey, type SessionStore } from "#store/session-store.ts"
import { endSessions, toEndedEvent } from "./end-sessions.ts"
import { ForeignToken, isToken, type LogoutToken } from "#sign-in/provider/logout-token.ts"
import type { RateLimits } from "./rate-limits.ts"
import type { RefusalLog } from "./refusal-log.ts"

export interface BackChannelParts {
  readLogoutToken: (token: string) => Promise<LogoutToken>
  sessions: SessionStore
  audit: Pick<AuditLog, "recordChanges">
  refusals: RefusalLog
  limits: RateLimits
}

/**
 * `POST /sign-in/back-channel-logout`: the identity provider itself tells that somebody signed out. It comes from a server and
 * has neither cookie nor Origin, so it is mounted before the refusal of forged requests. The token's signature proves its sender.
 */
export function createBackChannelRouter(parts: BackChannelParts): Router {
  const { readLogoutToken, limits, refusals } = parts
  const router = Router()

  async function endByToken(text: string, address: string | null): Promise<void> {
    const token = await readLogoutToken(text)
    await endSessions(
      parts,
      toWhich(token),
      (ended) => toEndedEvent(ended, { actor: null, address }, "by-provider"),
      // Used up only together with what it is for: when that fails, the provider sends the same token once more.
      {
        async before(transaction) {
          if (await rememberLogoutToken(transaction, token)) return
          throw new AppError("invalid_request", {
            detail: "The logout token is refused: it was used before.",
          })
        },
      },
    )
  }

  router
    .route("/")
    .post(
      forbidStoring,
      limits.logoutTokens,
      urlencoded({ extended: false, limit: "64kb" }),
      async (request, response) => {
        const address = request.ip ?? null
        await endByToken(parseForm(request.body), address).catch(async (error: unknown) => {
          const why = error instanceof AppError ? error.message : "an error of our own"
          const group = isForeign(error) ? "logout tokens of strangers" : undefined
          await refusals.record({ action: "sign-in-refused", actor: null, address, detail: { why } }, group)
          throw error
        })
        response.status(200).end()
      },
    )
    .all(allowOnly("POST"))
  return router
}

function isForeign(error: unknown): boolean {
  return error instanceof AppError && error.cause instanceof ForeignToken
}

/** OpenID Connect Back-Channel Logout §2.7. */
function toWhich({ issuer, providerSession, subject }: LogoutToken): SessionSelector {
  return providerSession === null
    ? { userKey: toUserKey({ issuer, subject: subject ?? "" }) }
    : { issuer, providerSession, subject }
}

/** A text that is no token names nobody: it is answered without an audit row. */
function parseForm(body: unknown): string {
  const text = isForm(body) ? body["logout_token"] : undefined
  if (typeof text !== "string")
    throw new AppError("invalid_request", { detail: "Send logout_token in a form, once." })
  if (!isToken(text))
    throw new AppError("invalid_request", { detail: "The logout token is refused: it can't be read." })
  return text
}

function isForm(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null
}
