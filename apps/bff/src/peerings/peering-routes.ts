import { IdempotencyKey, idempotencyKeyHeader, PeeringRequest } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseIdParam } from "#http/parse-request.ts"
import { createPeering, type CreatePeering } from "./create-peering.ts"
import { getPeering, listPeerings } from "./list-peerings.ts"

/** `/api/projects/{projectId}/peerings` and below. */
export function createPeeringRouter(parts: CreatePeering): Router {
  const router = Router({ mergeParams: true })

  router
    .route("/")
    .get(async (request, response) => {
      response.json(await listPeerings(parts.watcher, parseProjectId(request)))
    })
    .post(readJsonBody, async (request, response) => {
      const projectId = parseProjectId(request)
      const key = parseIdempotencyKey(request)
      const created = await createPeering(parts, projectId, key, parseBody(request, PeeringRequest))
      response.status(201).location(`${request.baseUrl}/${created.id}`).json(created)
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  router
    .route("/:peeringId")
    .get(async (request, response) => {
      const peeringId = parseIdParam(request, "peeringId", "peering_not_found")
      response.json(await getPeering(parts.watcher, parseProjectId(request), peeringId))
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}

function parseProjectId(request: Request): string {
  return parseIdParam(request, "projectId", "project_not_found")
}

function parseIdempotencyKey(request: Request): string {
  const parsed = IdempotencyKey.safeParse(request.get(idempotencyKeyHeader))
  if (parsed.success) return parsed.data
  throw new AppError("idempotency_key_required", {
    detail: "Send 16 to 64 letters, digits, _ or -, made once per filled-in form.",
  })
}
