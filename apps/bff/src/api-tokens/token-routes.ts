import { randomBytes } from "node:crypto"
import type { ApiToken, CreateApiToken, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { mayAdministerAll, toHigherRole } from "#sign-in/access.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import type { ApiTokens, StoredToken } from "./api-tokens.ts"
import { getTokenState, limitAccess } from "./token-access.ts"
import { dayMs, type TokenLifetimes } from "./token-lifetimes.ts"
import { createTokenText, toTokenHash } from "./token-text.ts"
import type { TokenOwners } from "./token-owners.ts"

/** The most tokens of one person that may be in use. */
const mostTokens = 50

interface TokenRouteDeps {
  apiTokens: ApiTokens
  tokenOwners: TokenOwners
  audit: Pick<AuditLog, "recordChange">
  guards: Pick<RoleGuards, "check" | "checkEverywhere" | "checkGlobalAdministrator">
  ruleBook: RuleBook
  clock: Clock
  lifetimes: TokenLifetimes
}

/** API tokens of a person; for administrators of all projects those of everybody. */
export function createTokenHandlers(deps: TokenRouteDeps) {
  const { apiTokens, tokenOwners, audit, guards, ruleBook, clock, lifetimes } = deps

  function toAnswer(token: StoredToken): ApiToken {
    const access = limitAccess(ruleBook.accessOf(token.owner.claims), token)
    return {
      id: token.id,
      name: token.name,
      owner: token.owner.identity,
      projects: token.projects,
      role: token.role,
      state: getTokenState(token, access, clock.now(), lifetimes.ownerDays * dayMs),
      createdAt: toInstant(token.createdAt),
      expiresAt: toInstant(token.expiresAt),
      lastUsedAt: toInstant(token.lastUsedAt),
      lastUsedFrom: token.lastUsedFrom,
      revokedAt: toInstant(token.revokedAt),
      revokedBy: token.revokedBy,
      ownerConfirmedAt: toInstant(token.owner.confirmedAt),
    }
  }

  /** A token may do no more than its maker, and only people who may change something make any. */
  async function checkScope(request: Request, { projects, role }: CreateApiToken): Promise<void> {
    const needs = toHigherRole(role, "requester") ?? role
    if (projects === "*") await guards.checkEverywhere(request, needs)
    else for (const projectId of projects) await guards.check(request, needs, projectId)
  }

  return {
    apiTokens: {
      async get({ request, query: { everybody } }) {
        if (everybody !== undefined) await guards.checkGlobalAdministrator(request)
        const tokens = await apiTokens.list(
          everybody === undefined ? toUserKey(userOf(request).identity) : null,
        )
        return { tokens: tokens.map(toAnswer), ...lifetimes }
      },
      async post({ request, body }) {
        const { name, projects, role, expiresInDays = lifetimes.defaultDays } = body
        await checkScope(request, body)
        if (expiresInDays > lifetimes.mostDays)
          throw new AppError("invalid_request", {
            fields: { expiresInDays: `Use at most ${lifetimes.mostDays} days` },
          })
        const { identity, claims, checkedAt, credentialId: sessionId } = userOf(request)
        const userKey = toUserKey(identity)
        const secret = createTokenText()
        const id = randomBytes(9).toString("base64url")
        const now = clock.now()
        const expiresAt = now + expiresInDays * dayMs
        await audit.recordChange(
          {
            action: "token-created",
            ...toActor(request),
            detail: {
              token: id,
              name,
              role,
              projects: [projects].flat().join(", "),
              expiresAt: toInstant(expiresAt),
            },
          },
          async (transaction) => {
            // The head's lock keeps another request of the person from being between the two.
            refuseTooMany(name, await apiTokens.list(userKey, transaction), now)
            const hash = toTokenHash(secret)
            await apiTokens.add(
              { id, hash, userKey, name, role, projects, createdAt: now, expiresAt, sessionId },
              transaction,
            )
            await tokenOwners.save({ identity, claims }, checkedAt, transaction)
          },
        )
        const token = await apiTokens.find(id)
        if (token === null) throw new AppError("not_found", { detail: "No such token." })
        return { token: toAnswer(token), secret }
      },
    },
    apiToken: {
      async delete({ request, params: { tokenId } }) {
        const { identity, access } = userOf(request)
        const token = await apiTokens.find(tokenId)
        const isOwn = token?.userKey === toUserKey(identity)
        // Another person's token answers as one that does not exist, unless the person administers everything.
        if (token === null || !(isOwn || mayAdministerAll(access)))
          throw new AppError("not_found", { detail: "No such token." })
        await audit.recordChange(
          {
            action: "token-revoked",
            ...toActor(request),
            detail: {
              token: token.id,
              name: token.name,
              owner: token.owner.identity.name,
              how: isOwn ? "by-owner" : "by-administrator",
            },
          },
          (transaction) => apiTokens.revoke(token.id, { by: identity.name, at: clock.now() }, transaction),
        )
        apiTokens.announceEnded([token])
      },
    },
  } satisfies ApiHandlers<Routes, "apiTokens" | "apiToken">
}

/** @throws AppError `invalid_request` when the name is taken, or the person has as many tokens as they may */
function refuseTooMany(name: string, tokens: readonly StoredToken[], now: number): void {
  const inUse = tokens.filter(({ expiresAt, revokedAt }) => revokedAt === null && expiresAt > now)
  if (inUse.some((token) => token.name === name))
    throw new AppError("invalid_request", { fields: { name: "You have a token with this name" } })
  if (inUse.length >= mostTokens)
    throw new AppError("invalid_request", {
      fields: { name: `You have ${mostTokens} tokens. Revoke one first.` },
    })
}
