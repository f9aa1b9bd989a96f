import { routes, type PageDrawer, type Routes } from "@peering-desk/shared-schemas"
import express, { type Express, type Request, type RequestHandler } from "express"
import { authenticateTokens } from "#api-tokens/authenticate-token.ts"
import { carriesToken, recogniseTokens } from "#api-tokens/token-requests.ts"
import { createTokenHandlers } from "#api-tokens/token-routes.ts"
import { createApprovalHandlers, listNeeds } from "#approvals/approval-routes.ts"
import { createAuditHandlers } from "#audit/audit-routes.ts"
import { createPeeringHandlers } from "#changes/peering-routes.ts"
import { createCloudAccountHandlers } from "#cloud-accounts/account-routes.ts"
import { createFactsHandlers } from "#facts/facts-routes.ts"
import { createHandOffHandlers } from "#hand-offs/hand-off-routes.ts"
import { admitPaste, createOpenHandOffHandlers } from "#hand-offs/open-hand-off-routes.ts"
import { createHistoryHandlers } from "#history/history-routes.ts"
import { createManagedHandlers } from "#history/managed-handlers.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { createApiRouter } from "#http/api-router.ts"
import { compressAnswers } from "#http/compress-answers.ts"
import { yieldBetweenRequests } from "#http/yield-between-requests.ts"
import { refuseForgedRequests, refuseSecondHeader } from "#http/forged-request.ts"
import { createJsonBodyReader, requireJson } from "#http/json-body.ts"
import { refuseNul } from "#http/parse-request.ts"
import { answerNotFound, writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { forbidStoring, sendSimulatedTime, setSecurityHeaders } from "#http/security-headers.ts"
import { redirectMalformed, serveWebFiles } from "#http/web-files.ts"
import { createInventoryHandlers } from "#inventory/inventory-routes.ts"
import { createKeyHealthHandlers } from "#operations/key-health-routes.ts"
import { createMetricsRouter } from "#operations/metrics.ts"
import { createOpenApiHandlers } from "#operations/openapi.ts"
import {
  createInstallationHandlers,
  createOperationsRouter,
  createSignInInfoHandlers,
  refuseWhileStopping,
} from "#operations/operations-routes.ts"
import { isFromOperator } from "#operations/operator-access.ts"
import { createReadiness } from "#operations/readiness.ts"
import { createEventHandlers } from "#polling/event-routes.ts"
import { createPageRoutes } from "#pages/page-routes.ts"
import { createAddressSpaceHandlers, createPreflightHandlers } from "#preflight/preflight-routes.ts"
import { createPresetHandlers } from "#presets/preset-routes.ts"
import { createProjectChangeHandlers } from "#projects/change-routes.ts"
import { createProjectHandlers } from "#projects/project-routes.ts"
import { createSavedViewHandlers } from "#saved-views/saved-view-routes.ts"
import { mayAudit, mayView } from "#sign-in/access.ts"
import { confirmSession } from "#sign-in/confirm-session.ts"
import { createBackChannelRouter } from "#sign-in/back-channel-logout.ts"
import { requireUser, toActor, userOf } from "#sign-in/require-user.ts"
import { createSessionMiddleware } from "#sign-in/session-cookie.ts"
import { createSessionHandlers } from "#sign-in/session-routes.ts"
import { createSignInRouter } from "#sign-in/sign-in-routes.ts"
import { createSignOutRouter } from "#sign-in/sign-out-routes.ts"
import { newestVersion } from "#store/migrate.ts"
import { createStoreProbe } from "#store/store-probe.ts"
import type { Services } from "./services.ts"

/** Routes with separate routers: they need no session, or answer with pages and redirects. */
type OwnRouters =
  "health" | "readiness" | "metrics" | "signIn" | "signInCallback" | "backChannelLogout" | "signOut"
type OpenRoutes =
  | "signInInfo"
  | "openHandOff"
  | "reportHandOffDone"
  | "declineHandOff"
  | "takeBackDecline"
  | "pasteHandOffFacts"
type SessionRoutes = Exclude<keyof Routes, OwnRouters | OpenRoutes | "preflight" | "policyChecks">

/**
 * Every middleware and router, in the order a request passes them.
 * @param drawer draws pages; without one, browsers do
 */
export function createApp(
  services: Services,
  webDirectory: string,
  drawer: Promise<PageDrawer | null> = Promise.resolve(null),
): Express {
  const { config, guards, limits, ruleBook, sessions, signInClock, store } = services
  const session = createSessionMiddleware(services.cookie, services.sessionSecrets, sessions)
  const readBody = createJsonBodyReader(config.limits.bodyKb)
  const api = { guard: guards.require, readBody }
  const isOperator = (request: Request) => isFromOperator(request, services.metricsAccess.token)
  const app = express()
  app.disable("x-powered-by")
  app.set("trust proxy", config.trustProxy)

  app.use(services.metrics.countRequests)
  app.use(logRequests(services.logger))
  app.use(setSecurityHeaders)
  app.use(refuseSecondHeader, refuseNul)
  app.use(
    createOperationsRouter(
      createReadiness({
        ...services,
        probeStore: createStoreProbe(store, signInClock),
        knownVersion: newestVersion,
      }),
      isOperator,
    ),
  )
  app.use(createMetricsRouter(services.metrics, isOperator))
  // The identity provider's server calls it, not a browser: the signed token proves who it is.
  app.use(routes.backChannelLogout.path, createBackChannelRouter(services))
  app.use("/api", recogniseTokens(services.cookie))
  app.use(refuseForgedRequests(config.origins, carriesToken))

  app.use(
    "/sign-in",
    session,
    createSignInRouter({ ...services, clock: signInClock, publicUrl: config.publicUrl }),
  )
  app.use("/sign-out", session, createSignOutRouter(services))

  if (config.demo !== null) app.use("/api", sendSimulatedTime(services.clock))
  app.use(
    "/api",
    compressAnswers,
    forbidStoring,
    refuseWhileStopping(services.lifetime),
    yieldBetweenRequests(signInClock),
  )
  app.use(
    createApiRouter(routes, createSignInInfoHandlers(config), {
      ...api,
      before: () => [limits.signInInfo, session],
    }),
  )
  app.use(
    createApiRouter(routes, createOpenHandOffHandlers(services), {
      ...api,
      before: (row) =>
        row === routes.openHandOff.get
          ? limits.handOffs
          : row === routes.pasteHandOffFacts.post
            ? [...limits.handOffs, requireJson, admitPaste(services)]
            : [...limits.handOffs, limits.handOffPresses],
    }),
  )
  const forPeople = [
    session,
    limits.sessionGuesses,
    confirmSession(sessions),
    services.claimsCheck.middleware,
    requireUser(ruleBook, sessions),
  ]
  app.use(
    "/api",
    ...forPeople.map(forSessions),
    forTokens(authenticateTokens({ ...services, clock: signInClock })),
    limits.reads,
  )
  app.use(
    createApiRouter(routes, createPreflightHandlers(services), {
      ...api,
      before: () => limits.questions,
    }),
  )
  app.use("/api", limits.writes)
  const apiRouter = createApiRouter(routes, createHandlers(services), api)
  app.use(apiRouter)

  app.use(redirectMalformed)
  app.use(
    createPageRoutes({
      directory: webDirectory,
      drawer,
      signedIn: { before: [...forPeople, ...limits.reads], apiRouter },
      open: {
        before: [limits.signInInfo],
        apiRouter: createApiRouter(routes, createSignInInfoHandlers(config), api),
      },
      clock: services.clock,
      machineClock: signInClock,
      isSimulated: config.demo !== null,
    }),
  )
  app.use(serveWebFiles(webDirectory))
  app.use(answerNotFound)
  app.use(writeProblem)
  return app
}

/** A request is authenticated by its API token or by its session, never by both. */
function forTokens(handler: RequestHandler): RequestHandler {
  return (request, response, next) => (carriesToken(request) ? handler(request, response, next) : next())
}

/** Sessions have no router of their own: a request would leave it only in the next turn of the event loop. */
function forSessions(handler: RequestHandler): RequestHandler {
  return (request, response, next) => (carriesToken(request) ? next() : handler(request, response, next))
}

/** The handlers of all routes that need a session; a missing one does not compile. */
function createHandlers(services: Services): ApiHandlers<Routes, SessionRoutes> {
  const { config, keyHealth } = services
  return {
    ...createSessionHandlers({
      ...services,
      clock: services.signInClock,
      lifetimes: config.limits.sessions,
      hasPolicy: () => services.approvalPolicy.read() !== null,
    }),
    ...createTokenHandlers({
      ...services,
      clock: services.signInClock,
      lifetimes: config.limits.tokens,
    }),
    ...createInstallationHandlers({ ...config.atlas, isDemo: config.demo !== null }),
    ...createOpenApiHandlers({ cookieName: services.cookie.name, publicUrl: config.publicUrl }),
    ...createKeyHealthHandlers({ ...services, actorOf: toActor }),
    ...createAuditHandlers({
      ...services,
      nameProjects: (ids) => services.projectCache.readNames(ids),
      actorOf: toActor,
      followReader: (request, onOver) =>
        services.callerWatch.follow(userOf(request), {
          ended: onOver,
          checkDue: onOver,
          accessChanged: (access) => mayAudit(access) || onOver(),
        }),
      checkFlaws: () => services.checkpoints.emit(true),
    }),
    ...createProjectHandlers({
      ...services,
      rightsIn: (projectId) => keyHealth.rightsIn(projectId),
      maySee: (request, projectId) => mayView(userOf(request).access, projectId),
      needsOf: (request, projectId) => listNeeds(services, request, projectId),
    }),
    ...createProjectChangeHandlers(services),
    ...services.notifications.handlers,
    ...createPresetHandlers(services),
    ...createSavedViewHandlers(services),
    ...createPeeringHandlers(services),
    ...createApprovalHandlers(services),
    ...createHistoryHandlers(services),
    ...createManagedHandlers(services),
    ...createFactsHandlers(services),
    ...createCloudAccountHandlers(services),
    ...createHandOffHandlers({ ...services, publicUrl: config.publicUrl }),
    ...createAddressSpaceHandlers(services),
    ...createInventoryHandlers({ ...services, ...config.atlas }),
    ...createEventHandlers({
      ...services,
      streamsPerUser: config.limits.streamsPerUser,
      keepExisting: (projectIds) => services.projectCache.keepExisting(projectIds),
    }),
  }
}
