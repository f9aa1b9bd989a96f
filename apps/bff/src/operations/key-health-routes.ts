import type { KeyHealthReport } from "@peering-desk/shared-schemas"
import { Router, type RequestHandler } from "express"
import { allowOnly } from "#http/allow-methods.ts"
import type { KeyHealth } from "./key-health.ts"

/**
 * `/api/keys`: what the last test of each Atlas credential told; `POST /api/keys/test` tests now.
 * @param requireAdministrator lets nobody else through
 */
export function createKeyHealthRouter(keyHealth: KeyHealth, requireAdministrator: RequestHandler): Router {
  const router = Router()
  router
    .route("/")
    .get(requireAdministrator, (_request, response) => {
      response.json({ keys: keyHealth.reports() } satisfies KeyHealthReport)
    })
    .all(allowOnly("GET", "HEAD"))
  router
    .route("/test")
    .post(requireAdministrator, async (_request, response) => {
      response.json({ keys: await keyHealth.testAll() } satisfies KeyHealthReport)
    })
    .all(allowOnly("POST"))
  return router
}
