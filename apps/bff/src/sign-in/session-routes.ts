import type { Routes } from "@peering-desk/shared-schemas"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toPersonKey, toUserKey, type SessionStore } from "#store/session-store.ts"
import { mayAdministerAll, toAccessAnswer } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import { endSessions, toEndedEvent, type SessionTokens } from "./end-sessions.ts"
import type { RoleGuards } from "./require-role.ts"
import { toActor, userOf } from "./require-user.ts"
import type { SessionLifetimes } from "./session-data.ts"

interface SessionDeps {
  sessions: SessionStore
  ruleBook: RuleBook
  guards: RoleGuards
  audit: Pick<AuditLog, "recordChanges">
  clock: Clock
  lifetimes: SessionLifetimes
  apiTokens: SessionTokens
  /** Returns whether a policy holds some changes for approval. */
  hasPolicy: () => boolean
}

export function createSessionHandlers(deps: SessionDeps) {
  const { sessions, apiTokens, ruleBook, guards, audit, clock, lifetimes } = deps
  return {
    session: {
      get({ request }) {
        const { identity, access, credentialId, signedInAt } = userOf(request)
        const endsAt = signedInAt + lifetimes.absoluteMs
        return {
          user: identity,
          personKey: toPersonKey(identity),
          access: toAccessAnswer(access),
          askWhom: ruleBook.askWhom(),
          ...(deps.hasPolicy() && { approvals: true as const }),
          sessionId: credentialId,
          signedInAt: toInstant(signedInAt),
          idleEndsAt: toInstant(Math.min(clock.now() + lifetimes.idleMs, endsAt)),
          endsAt: toInstant(endsAt),
        }
      },
    },
    sessions: {
      async get({ request, query: { everybody } }) {
        if (everybody !== undefined) await guards.checkGlobalAdministrator(request)
        const { identity, credentialId } = userOf(request)
        const found = await sessions.listSessions(everybody === undefined ? toUserKey(identity) : undefined)
        const tokens = await apiTokens.countOfSessions(found.map(({ id }) => id))
        return {
          sessions: found.map((one) => ({
            id: one.id,
            user: one.user,
            current: one.id === credentialId,
            signedInAt: toInstant(one.createdAt),
            lastSeenAt: toInstant(one.seenAt),
            endsAt: toInstant(one.createdAt + lifetimes.absoluteMs),
            address: one.address ?? "",
            browser: one.browser ?? "",
            tokens: tokens.get(one.id) ?? 0,
          })),
        }
      },
    },
    oneSession: {
      async delete({ request, params }) {
        const { identity, access } = userOf(request)
        // Another user's session answers as one that does not exist, unless the person administers everything.
        const whose = mayAdministerAll(access) ? {} : { userKey: toUserKey(identity) }
        const which = { ids: [params.sessionId], ...whose }
        const by = toActor(request)
        let revoked: Awaited<ReturnType<SessionTokens["revokeOfSessions"]>> = []
        const ended = await endSessions(
          { sessions, audit },
          which,
          (one) => {
            const isOwn = one.user !== null && toUserKey(one.user) === toUserKey(identity)
            return toEndedEvent(one, by, isOwn ? "by-owner" : "by-administrator")
          },
          {
            // Somebody else may have had its cookie, and tokens outlive it.
            async after(ones, transaction) {
              const ids = ones.map(({ id }) => id)
              revoked = await apiTokens.revokeOfSessions(ids, identity.name, transaction)
              const ownerOf = new Map(ones.map(({ id, user }) => [id, user?.name ?? ""]))
              return revoked.map(({ id, name, sessionId }) => ({
                action: "token-revoked",
                ...by,
                detail: { token: id, name, owner: ownerOf.get(sessionId) ?? "", how: "with-session" },
              }))
            },
          },
        )
        apiTokens.announceEnded(revoked)
        if (ended.length === 0) throw new AppError("not_found", { detail: "No such session." })
      },
    },
  } satisfies ApiHandlers<Routes, "session" | "sessions" | "oneSession">
}
