import type { SessionEntry, SessionInfo, SessionList } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { toUserKey, type SessionStore } from "#store/session-store.ts"
import { mayAdministerAll, toAccessAnswer } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { AuditSink } from "./audit-sink.ts"
import { endSessions } from "./end-sessions.ts"
import type { RoleGuards } from "./require-role.ts"
import { userOf } from "./require-user.ts"
import { sessionLifetimes } from "./session-data.ts"

export interface SessionParts {
  sessions: SessionStore
  ruleBook: RuleBook
  guards: RoleGuards
  audit: AuditSink
  clock: Clock
}

/** `/api/session`: who is signed in, what they may do where, and until when. */
export function createSessionRouter({ ruleBook, clock }: Pick<SessionParts, "ruleBook" | "clock">): Router {
  const router = Router()
  router
    .route("/")
    .get((request, response) => {
      const { identity, access, sessionId, signedInAt } = userOf(request)
      const endsAt = signedInAt + sessionLifetimes.absoluteMs
      const answer: SessionInfo = {
        user: identity,
        access: toAccessAnswer(access),
        askWhom: ruleBook.askWhom(),
        sessionId,
        signedInAt: toInstant(signedInAt),
        idleEndsAt: toInstant(Math.min(clock.now() + sessionLifetimes.idleMs, endsAt)),
        endsAt: toInstant(endsAt),
      }
      response.json(answer)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

/** `/api/sessions`: one's own signed-in browsers, everybody's for an administrator, and how to end one. */
export function createSessionsRouter({ sessions, guards, audit }: SessionParts): Router {
  const router = Router()

  const onlyAdministratorForEverybody: RequestHandler = (request, response, next) =>
    wantsEverybody(request) ? guards.requireAdministrator(request, response, next) : next()

  router
    .route("/")
    .get(onlyAdministratorForEverybody, async (request, response) => {
      const { identity, sessionId } = userOf(request)
      const found = wantsEverybody(request)
        ? await sessions.listSessions()
        : await sessions.listSessionsOf(toUserKey(identity))
      const answer: SessionList = {
        sessions: found.map((one): SessionEntry => ({
          id: one.id,
          user: one.user,
          current: one.id === sessionId,
          signedInAt: toInstant(one.createdAt),
          lastSeenAt: toInstant(one.seenAt),
          endsAt: toInstant(one.createdAt + sessionLifetimes.absoluteMs),
          address: one.address ?? "",
          browser: one.browser ?? "",
        })),
      }
      response.json(answer)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/:id")
    .delete(async (request, response) => {
      const { identity, access } = userOf(request)
      // Somebody else's session is not there for who may not end it, as one that does not exist.
      const whose = mayAdministerAll(access) ? {} : { userKey: toUserKey(identity) }
      const which = { ids: [request.params.id], ...whose }
      const ended = await endSessions({ sessions, audit }, which, ({ id, user }) => ({
        action: "session-ended",
        actor: identity,
        address: request.ip ?? null,
        detail: {
          session: id,
          subject: user?.subject ?? null,
          name: user?.name ?? null,
          how: user !== null && toUserKey(user) === toUserKey(identity) ? "by-owner" : "by-administrator",
        },
      }))
      if (ended.length === 0) throw new AppError("not_found", { detail: "There is no such session." })
      response.status(204).end()
    })
    .all(allowOnly("DELETE"))
  return router
}

function wantsEverybody(request: Request): boolean {
  const { everybody } = request.query
  if (everybody === undefined || everybody === "true") return everybody === "true"
  throw new AppError("invalid_request", { fields: { everybody: 'must be "true", or left out' } })
}
