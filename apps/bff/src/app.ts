import { apiUrls } from "@peering-desk/shared-schemas"
import express, { type Express, type Request } from "express"
import { createAuditRouter } from "#audit/audit-routes.ts"
import { refuseForgedRequests } from "#http/forged-request.ts"
import { answerNotFound, writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { forbidStoring, setSecurityHeaders } from "#http/security-headers.ts"
import { serveWebFiles } from "#http/web-files.ts"
import { createKeyHealthRouter } from "#operations/key-health-routes.ts"
import { createMetricsRouter } from "#operations/metrics-route.ts"
import { createOpenApiRouter } from "#operations/openapi.ts"
import {
  createInstallationRouter,
  createOperationsRouter,
  refuseWhileStopping,
} from "#operations/operations-routes.ts"
import { createAddressSpaceRouter } from "#preflight/address-space-routes.ts"
import { createEventRouter } from "#polling/event-routes.ts"
import { createHistoryRouter, createDeletedPeeringRouter } from "#history/history-routes.ts"
import { createInventoryRouter } from "#inventory/inventory-routes.ts"
import { createInventoryReader } from "#inventory/inventory.ts"
import { createHandOffRouter } from "#hand-offs/hand-off-routes.ts"
import { createOpenHandOffRouter } from "#hand-offs/open-hand-off-routes.ts"
import { createPeeringRouter } from "#changes/peering-routes.ts"
import { createPreflightRouter } from "#preflight/preflight-routes.ts"
import { createPresetRouter } from "#presets/preset-routes.ts"
import { createAccessListRouter } from "#projects/access-list-routes.ts"
import { createContainerRouter } from "#projects/container-routes.ts"
import { createPrivateIpModeRouter } from "#projects/private-ip-mode-routes.ts"
import { createProjectRouter } from "#projects/project-routes.ts"
import { mayView } from "#sign-in/access.ts"
import { createBackChannelRouter } from "#sign-in/back-channel-logout.ts"
import { requireUser, userOf } from "#sign-in/require-user.ts"
import { createSessionMiddleware } from "#sign-in/session-cookie.ts"
import { createSessionRouter, createSessionsRouter } from "#sign-in/session-routes.ts"
import { createSignInRouter } from "#sign-in/sign-in-routes.ts"
import { createSignOutRouter } from "#sign-in/sign-out-routes.ts"
import { createStoreProbe } from "#store/store-probe.ts"
import type { Services } from "./services.ts"

/** Every middleware and router, in the order a request meets them. */
export function createApp(services: Services, webDirectory: string): Express {
  const { audit, config, guards, limits, ruleBook, sessions, store } = services
  const session = createSessionMiddleware(services.cookie, config.signIn.sessionSecrets, sessions)
  const app = express()
  app.disable("x-powered-by")
  app.set("trust proxy", config.trustProxy)

  app.use(services.metrics.countRequests)
  app.use(logRequests(services.logger))
  app.use(setSecurityHeaders)
  app.use(createOperationsRouter(services.lifetime, createStoreProbe(store)))
  app.use(createMetricsRouter(services.metrics, config.metricsToken))
  // From the identity provider's server, not from a browser: the signed token is its proof.
  app.use(apiUrls.backChannelLogout(), createBackChannelRouter(services))
  app.use(refuseForgedRequests(config.origins))

  app.use("/sign-in", session, createSignInRouter({ ...services, publicUrl: config.publicUrl }))
  app.use("/sign-out", session, createSignOutRouter(services))

  app.use("/api", forbidStoring, refuseWhileStopping(services.lifetime))
  // For people without an account: the link's token is their proof.
  app.use("/api/hand-off", createOpenHandOffRouter(services))
  app.use("/api", session, requireUser(ruleBook, sessions), limits.reads)
  // A question that is a POST for its body alone, so it is not counted as a change.
  app.use(
    "/api/projects/:projectId/preflight",
    limits.questions,
    guards.require("view"),
    createPreflightRouter(services),
  )
  app.use("/api", limits.writes)
  app.use("/api/session", createSessionRouter(services))
  app.use("/api/sessions", createSessionsRouter(services))
  app.use("/api/installation", createInstallationRouter(config.atlas))
  app.use("/api/openapi.json", createOpenApiRouter())
  app.use("/api/keys", createKeyHealthRouter(services.keyHealth, guards.requireAdministrator, actorOf))
  app.use(
    "/api/audit",
    createAuditRouter({ ...services, trail: audit, mayAudit: guards.requireAudit, actorOf }),
  )
  app.use("/api/projects/:projectId", guards.require("view"))
  app.use("/api/projects/:projectId/presets", createPresetRouter(services))
  app.use("/api/projects/:projectId/peerings", createPeeringRouter(services))
  app.use("/api/projects/:projectId/peerings/:peeringId", createHistoryRouter(services))
  app.use(
    "/api/projects/:projectId/peerings/:peeringId/hand-offs",
    createHandOffRouter({ ...services, publicUrl: config.publicUrl }),
  )
  app.use("/api/projects/:projectId/tombstones", createDeletedPeeringRouter(services))
  app.use("/api/projects/:projectId/containers", createContainerRouter(services))
  app.use("/api/projects/:projectId/private-ip-mode", createPrivateIpModeRouter(services))
  app.use("/api/projects/:projectId/access-list", createAccessListRouter(services))
  app.use(
    "/api/projects",
    createProjectRouter({
      projectCache: services.projectCache,
      mayCreateIn: (projectId) => services.keyHealth.mayCreateIn(projectId),
      maySee: (request, projectId) => mayView(userOf(request).access, projectId),
    }),
  )
  app.use("/api/address-space", createAddressSpaceRouter(services))
  app.use("/api/inventory", createInventoryRouter(createInventoryReader({ ...services, ...config.atlas })))
  app.use("/api/events", createEventRouter(services))

  app.use(serveWebFiles(webDirectory))
  app.use(answerNotFound)
  app.use(writeProblem)
  return app
}

function actorOf(request: Request) {
  return { actor: userOf(request).identity, address: request.ip ?? null }
}
