import express, { type Express } from "express"
import { refuseForgedRequests } from "#http/forged-request.ts"
import { answerNotFound, writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { forbidStoring, setSecurityHeaders } from "#http/security-headers.ts"
import { serveWebFiles } from "#http/web-files.ts"
import {
  createInstallationRouter,
  createOperationsRouter,
  refuseWhileStopping,
} from "#operations/operations-routes.ts"
import { createOpenApiRouter } from "#operations/openapi.ts"
import { createEventRouter } from "#peerings/event-routes.ts"
import { createPeeringRouter } from "#peerings/peering-routes.ts"
import { createProjectRouter } from "#projects/project-routes.ts"
import type { Services } from "./services.ts"

/** Every middleware and router, in the order a request meets them. */
export function createApp(services: Services, webDirectory: string): Express {
  const { config } = services
  const app = express()
  app.disable("x-powered-by")

  app.use(logRequests(services.logger))
  app.use(setSecurityHeaders)
  app.use(createOperationsRouter(services.lifetime))
  app.use(refuseForgedRequests(config.origins))

  app.use("/api", forbidStoring, refuseWhileStopping(services.lifetime))
  app.use("/api/installation", createInstallationRouter(config.atlas.baseUrl, config.atlas.apiVersion))
  app.use("/api/openapi.json", createOpenApiRouter())
  app.use("/api/projects/:projectId/peerings", createPeeringRouter(services))
  app.use("/api/projects", createProjectRouter(services.atlas))
  app.use("/api/events", createEventRouter(services))

  app.use(serveWebFiles(webDirectory))
  app.use(answerNotFound)
  app.use(writeProblem)
  return app
}
