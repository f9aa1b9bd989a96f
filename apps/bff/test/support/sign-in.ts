import { createJsonBodyReader } from "#http/json-body.ts"
import { createApiRouter } from "#http/api-router.ts"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  toDemoClient,
  type Persona,
  type TestingBrowser,
  type Visit,
} from "@peering-desk/demo-identity-provider"
import { apiUrls, requestedByHeader, requestedByValue, routes } from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import express, { Router } from "express"
import { signInAt } from "./browser.ts"
import { createTestingClock, type TestingClock } from "./test-clock.ts"
import { ApiTokens } from "#api-tokens/api-tokens.ts"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { createLogger } from "#base/logger.ts"
import { refuseForgedRequests } from "#http/forged-request.ts"
import { answerNotFound, writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { createCallerWatch } from "#sign-in/caller-watch.ts"
import { createRuleBook, parseAccessRules, type RuleBook } from "#sign-in/access-rules.ts"
import { createBackChannelRouter } from "#sign-in/back-channel-logout.ts"
import { createLogoutTokenReader, type LogoutTokenAllowance } from "#sign-in/provider/logout-token.ts"
import { createClaimsCheck } from "#sign-in/claims-check.ts"
import type { CallerWatch } from "#sign-in/caller-watch.ts"
import type { PersonListener } from "#sign-in/person-listener.ts"
import { createPendingSignIns } from "#sign-in/pending-sign-ins.ts"
import { createOidcClient, type OidcSettings } from "#sign-in/provider/oidc-client.ts"
import { createRateLimits, usualRateLimits, type RateLimitSettings } from "#sign-in/rate-limits.ts"
import { createRefusalLog, type RefusalLog } from "#sign-in/refusal-log.ts"
import { createRoleGuards } from "#sign-in/require-role.ts"
import { requireUser, userOf } from "#sign-in/require-user.ts"
import { createSessionMiddleware, toSessionCookie } from "#sign-in/session-cookie.ts"
import {
  leaveSession,
  usualSessionLifetimes,
  toSessionOwner,
  type SessionLifetimes,
} from "#sign-in/session-data.ts"
import { createSessionHandlers } from "#sign-in/session-routes.ts"
import { createSignInRouter } from "#sign-in/sign-in-routes.ts"
import { createSignOutRouter } from "#sign-in/sign-out-routes.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { SessionStore } from "#store/session-store.ts"

export const paymentsProject = "32b6e34b3d91647abb20e7b8"
export const otherProject = "5f2a1c3b4d5e6f7081920a1b"

/** The roles of the demo personas' groups. */
export const testingRules = JSON.stringify({
  rules: [
    { claim: "groups", equals: "peering-admins", role: "administrator", projects: "*" },
    { claim: "groups", equals: "payments-team", role: "requester", projects: [paymentsProject] },
    { claim: "groups", equals: "viewers", role: "viewer", projects: [paymentsProject, otherProject] },
    { claim: "groups", equals: "security", role: "auditor" },
  ],
  askWhom: "platform@example.com",
})

export interface TestingSignInOptions {
  /** An identity provider of the test's own; the demo one otherwise. */
  issuer?: string
  personas?: readonly Persona[]
  secrets?: readonly [string, ...string[]]
  allowances?: readonly LogoutTokenAllowance[]
  limits?: Partial<RateLimitSettings>
  /** Other settings of the OpenID Connect client. */
  oidc?: Partial<OidcSettings>
  /** The public URL, with a trusted proxy in front. */
  publicUrl?: URL
  lifetimes?: Partial<SessionLifetimes>
  /** Gives refresh tokens with every sign-in at the demo provider. */
  refreshTokens?: boolean
  /** Another process over the same data. */
  beside?: TestingSignIn
}

/** The sign-in half of the desk on a real port, mounted as in production, with an identity provider to go with it. */
export interface TestingSignIn {
  origin: string
  issuer: string
  clock: TestingClock
  ruleBook: RuleBook
  store: Store
  sessions: SessionStore
  watch: CallerWatch
  events: AuditEvent[]
  refusals: RefusalLog
  logs: string[]
  dataDirectory: string
  /** A call of a script on our own page. */
  call: (browser: TestingBrowser, method: string, path: string) => Promise<Visit>
  /** Signs in from a new browser. */
  signIn: (persona: string, returnTo?: string) => Promise<TestingBrowser>
  /** Replaces the people who have an account at the demo provider. */
  setPersonas: (personas: readonly Persona[]) => Promise<void>
  close: () => Promise<void>
}

export const testingClient = { id: "peering-desk", secret: "a-client-secret-that-nobody-may-see" }
// Making an RSA key takes longer than everything else here.
const keys = createSigningKeys()
const usualSecrets: readonly [string, ...string[]] = ["a session secret that is long enough to be one"]

export async function openTestingSignIn(options: TestingSignInOptions = {}): Promise<TestingSignIn> {
  const { beside } = options
  const lifetimes = { ...usualSessionLifetimes, ...options.lifetimes }
  const server = createServer()
  const { origin, close } = await listen(server)
  const publicUrl = options.publicUrl ?? new URL(origin)
  const logs: string[] = []
  const events: AuditEvent[] = []
  const logger = createLogger("trace", { write: (line) => logs.push(line) })
  // Tokens are stamped by the provider's own clock, which goes on.
  const clock = beside?.clock ?? createTestingClock(Date.now())

  const provider = createDemoIdentityProvider({
    client: toDemoClient(origin, testingClient.secret),
    keys: await keys,
    ...(options.personas !== undefined && { personas: options.personas }),
    refreshTokens: options.refreshTokens ?? false,
  })
  const issuer = options.issuer ?? (await provider.listen()).issuer
  const dataDirectory = beside?.dataDirectory ?? mkdtempSync(join(tmpdir(), "testing-sign-in-"))
  const store = await openStore({ dataDirectory, clock, logger })
  const sessions = new SessionStore({ store, clock, ownerOf: toSessionOwner, ...lifetimes })
  const ruleBook = createRuleBook(parseAccessRules(testingRules))
  const { checkMs, signInMs } = lifetimes
  const watch = createCallerWatch({ credentials: sessions, ruleBook, clock, logger, checkMs })

  const audit: Pick<AuditLog, "record" | "recordChanges"> = {
    record: async (event) => void events.push(event),
    recordChanges: async (change) =>
      void events.push(...(await store.db.transaction().execute((transaction) => change(transaction)))),
  }
  const oidc = createOidcClient(
    {
      issuer,
      clientId: testingClient.id,
      clientSecret: testingClient.secret,
      scopes: "openid profile email",
      publicUrl,
      clientAuth: null,
      maxAgeSeconds: null,
      acrValues: [],
      usesUserInfo: true,
      ...options.oidc,
    },
    clock,
    () => ruleBook.claimNames(),
  )
  const cookie = toSessionCookie(publicUrl)
  const limits = createRateLimits({ ...usualRateLimits, ...options.limits })
  const refusals = createRefusalLog({ audit, clock, logger })
  const guards = createRoleGuards(ruleBook, refusals)
  const readLogoutToken = createLogoutTokenReader({
    metadata: () => oidc.metadata(),
    clientId: testingClient.id,
    allowances: options.allowances ?? [],
    clock,
  })
  const secrets = options.secrets ?? usualSecrets
  const session = createSessionMiddleware(cookie, [...secrets], sessions)
  const pendingSignIns = createPendingSignIns({ cookie, secrets, lastsMs: signInMs, clock })
  // Nobody has API tokens here.
  const people: PersonListener = { confirmed: () => Promise.resolve(), refused: () => Promise.resolve() }
  const claimsCheck = createClaimsCheck({
    oidc,
    sessions,
    audit,
    sessionWatch: watch,
    people,
    clock,
    logger,
    checkMs,
  })

  const app = express()
  app.set("trust proxy", options.publicUrl === undefined ? false : "loopback")
  app.use(logRequests(logger))
  app.use(
    apiUrls.backChannelLogout(),
    createBackChannelRouter({ readLogoutToken, sessions, audit, refusals, limits }),
  )
  app.use(refuseForgedRequests([origin, publicUrl.origin, origin.replace("127.0.0.1", "localhost")]))
  app.use(
    "/sign-in",
    session,
    createSignInRouter({
      oidc,
      publicUrl,
      cookie,
      pendingSignIns,
      claimsCheck,
      sessions,
      audit,
      refusals,
      limits,
      people,
      clock,
    }),
  )
  app.use("/sign-out", session, createSignOutRouter({ oidc, cookie, sessions, audit }))
  app.use("/api", session, limits.sessionGuesses, claimsCheck.middleware)
  app.use("/api", requireUser(ruleBook, sessions), limits.reads, limits.writes)
  const handlers = createSessionHandlers({
    hasPolicy: () => false,
    apiTokens: new ApiTokens({ store, clock }),
    sessions,
    ruleBook,
    guards,
    audit,
    clock,
    lifetimes,
  })
  app.use(
    createApiRouter(routes, handlers, {
      guard: guards.require,
      readBody: createJsonBodyReader(64),
    }),
  )
  app.use(
    "/api/audit",
    ...guards.require({ access: "auditor" }),
    (_request, response) => void response.json("rows"),
  )
  app.use("/api/projects/:projectId", createProjectRouter(guards))
  app.use("/api/events", (request, response) => {
    leaveSession(request)
    response.write(": open\n\n")
    const unfollow = watch.follow(userOf(request), {
      ended: () => response.end("event: signed-out\n\n"),
      checkDue: () => response.end(),
      accessChanged: (access) => response.write(`event: access\ndata: ${String(access.everywhere)}\n\n`),
    })
    response.on("close", () => {
      unfollow()
      response.end()
    })
  })
  app.use(answerNotFound)
  app.use(writeProblem)
  server.on("request", app)

  return {
    origin,
    issuer,
    clock,
    ruleBook,
    store,
    sessions,
    watch,
    events,
    refusals,
    logs,
    dataDirectory,
    call: (browser, method, path) =>
      browser.send(`${origin}${path}`, {
        method,
        headers: {
          "content-type": "application/json",
          "sec-fetch-site": "same-origin",
          [requestedByHeader]: requestedByValue,
        },
      }),
    signIn: (persona, returnTo = "/") => signInAt(origin, persona, { returnTo }),
    setPersonas: (personas) => provider.setPersonas(personas),
    async close() {
      watch.stop()
      await close()
      if (options.issuer === undefined) await provider.close()
      await store.close()
      if (beside === undefined) rmSync(dataDirectory, { recursive: true })
    },
  }
}

function createProjectRouter(guards: ReturnType<typeof createRoleGuards>): Router {
  const router = Router({ mergeParams: true })
  router.get(
    "/peerings",
    ...guards.require({ access: "viewer" }),
    (_request, response) => void response.json("looked"),
  )
  router.post(
    "/peerings",
    ...guards.require({ access: "requester" }),
    (_request, response) => void response.json("created"),
  )
  router.patch(
    "/private-ip-mode",
    ...guards.require({ access: "administrator" }),
    (_request, response) => void response.json("changed"),
  )
  return router
}
