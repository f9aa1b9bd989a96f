import type { KeyHealthReport } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler } from "express"
import type { AuditActor } from "#audit/audit-events.ts"
import { allowOnly } from "#http/allow-methods.ts"
import type { KeyHealth } from "./key-health.ts"

/**
 * `/api/keys`: what the last test of each Atlas credential told; `POST /api/keys/test` tests now.
 * @param requireAdministrator lets nobody else through
 * @param actorOf who asks, once they were let through
 */
export function createKeyHealthRouter(
  keyHealth: KeyHealth,
  requireAdministrator: RequestHandler,
  actorOf: (request: Request) => { actor: AuditActor; address: string | null },
): Router {
  const router = Router()
  router
    .route("/")
    .get(requireAdministrator, (_request, response) => {
      response.json({ keys: keyHealth.reports() } satisfies KeyHealthReport)
    })
    .all(allowOnly("GET", "HEAD"))
  router
    .route("/test")
    .post(requireAdministrator, async (request, response) => {
      response.json({ keys: await keyHealth.testAll(actorOf(request)) } satisfies KeyHealthReport)
    })
    .all(allowOnly("POST"))
  return router
}
