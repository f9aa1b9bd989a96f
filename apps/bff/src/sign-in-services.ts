import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { ApiTokens } from "#api-tokens/api-tokens.ts"
import { dayMs } from "#api-tokens/token-lifetimes.ts"
import { TokenOwners } from "#api-tokens/token-owners.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { createRuleBook } from "#sign-in/access-rules.ts"
import { createLogoutTokenReader } from "#sign-in/provider/logout-token.ts"
import { createOidcClient } from "#sign-in/provider/oidc-client.ts"
import { createClaimsCheck } from "#sign-in/claims-check.ts"
import { createPendingSignIns } from "#sign-in/pending-sign-ins.ts"
import { createRateLimits } from "#sign-in/rate-limits.ts"
import { createRefusalLog } from "#sign-in/refusal-log.ts"
import { createRoleGuards } from "#sign-in/require-role.ts"
import { toSessionCookie } from "#sign-in/session-cookie.ts"
import { toSessionOwner } from "#sign-in/session-data.ts"
import { createCallerWatch, type CallerWatch } from "#sign-in/caller-watch.ts"
import type { Config } from "./config.ts"
import type { Store } from "#store/store.ts"
import { SessionStore } from "#store/session-store.ts"

interface SignInInputs {
  config: Config
  clock: Clock
  /** The clock of this machine, whose difference from the provider's a failed sign-in names. */
  machineClock: Clock
  logger: Logger
  store: Store
  audit: AuditLog
}

/** Builds what recognises people, in a browser or by their API tokens. */
export function createSignInServices({ config, clock, machineClock, logger, store, audit }: SignInInputs) {
  const { signIn, publicUrl } = config
  const sessions = new SessionStore({ store, clock, ownerOf: toSessionOwner, ...config.limits.sessions })
  const ruleBook = createRuleBook(signIn.accessRules)
  const oidc = createOidcClient({ ...signIn, publicUrl }, clock, () => ruleBook.claimNames(), machineClock)
  const { checkMs, signInMs } = config.limits.sessions
  const sessionWatch = createCallerWatch({ credentials: sessions, ruleBook, clock, logger, checkMs })
  const cookie = toSessionCookie(publicUrl)
  const refusals = createRefusalLog({ audit, clock, logger })
  const apiTokens = new ApiTokens({ store, clock })
  const tokenOwners = new TokenOwners({ store, audit, apiTokens, clock })
  const ownerMs = config.limits.tokens.ownerDays * dayMs
  const tokenWatch = createCallerWatch({
    credentials: apiTokens,
    ruleBook,
    clock,
    logger,
    checkMs: ownerMs,
  })
  const callerWatch: Pick<CallerWatch, "follow"> = {
    follow: (user, listener) =>
      (user.identity.token === undefined ? sessionWatch : tokenWatch).follow(user, listener),
  }
  return {
    apiTokens,
    tokenOwners,
    callerWatch,
    tokenWatch,
    /** The time for which the provider's word about the owner of an API token counts. */
    ownerMs,
    people: tokenOwners,
    refusals,
    // A copy: it is replaced in place when the secrets are rotated.
    sessionSecrets: [...signIn.sessionSecrets] as string[],
    sessions,
    ruleBook,
    oidc,
    cookie,
    pendingSignIns: createPendingSignIns({
      cookie,
      secrets: signIn.sessionSecrets,
      lastsMs: signInMs,
      clock,
    }),
    claimsCheck: createClaimsCheck({
      oidc,
      sessions,
      audit,
      sessionWatch,
      people: tokenOwners,
      clock,
      logger,
      checkMs,
    }),
    guards: createRoleGuards(ruleBook, refusals),
    limits: createRateLimits(config.limits.rates),
    sessionWatch,
    readLogoutToken: createLogoutTokenReader({
      metadata: () => oidc.metadata(),
      clientId: signIn.clientId,
      allowances: signIn.logoutAllowances,
      clock,
    }),
  }
}
