import {
  ChangePeering,
  CreatePeering,
  DeletePeering,
  IdempotencyKey,
  idempotencyKeyHeader,
} from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseIdParam, parseProjectId, parseWrapped } from "#http/parse-request.ts"
import { toAskedBy } from "#projects/requester.ts"
import type { ProjectCache } from "#projects/project-cache.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { readBlastRadius } from "./blast-radius.ts"
import { changePeering } from "./change-peering.ts"
import { createPeering } from "#creates/create-peering.ts"
import { deletePeering } from "./delete-peering.ts"
import { getPeering, listPeerings } from "#polling/list-peerings.ts"
import type { CreateDeps } from "#creates/send-create.ts"

interface PeeringRouteParts extends CreateDeps {
  peeringStore: PeeringStore
  projectCache: ProjectCache
  guards: Pick<RoleGuards, "require">
}

/** `/api/projects/{projectId}/peerings` and below. Whoever gets here may view the project; changes need a requester. */
export function createPeeringRouter(parts: PeeringRouteParts): Router {
  const { guards, pollers } = parts
  const router = Router({ mergeParams: true })

  router
    .route("/")
    .get(async (request, response) => {
      response.json(await listPeerings(pollers, parseProjectId(request)))
    })
    .post(guards.require("create"), readJsonBody, async (request, response) => {
      const created = await createPeering(parts, {
        projectId: parseProjectId(request),
        key: parseIdempotencyKey(request),
        ...parseWrapped(request, CreatePeering, "request", "newContainer"),
        ...toPerson(request),
        address: request.ip ?? null,
      })
      response.status(201).location(`${request.baseUrl}/${created.id}`).json(created)
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  router
    .route("/:peeringId")
    .get(async (request, response) => {
      const peeringId = parseIdParam(request, "peeringId", "peering_not_found")
      response.json(await getPeering(pollers, parseProjectId(request), peeringId))
    })
    .patch(guards.require("create"), readJsonBody, async (request, response) => {
      const peeringId = parseIdParam(request, "peeringId", "peering_not_found")
      const { reason, ...asked } = parseWrapped(request, ChangePeering, "change")
      const askedBy = toAskedBy(request, parseProjectId(request), reason)
      response.json(await changePeering(parts, askedBy, peeringId, asked))
    })
    .delete(guards.require("create"), readJsonBody, async (request, response) => {
      const peeringId = parseIdParam(request, "peeringId", "peering_not_found")
      const { name, reason } = parseBody(request, DeletePeering)
      const askedBy = toAskedBy(request, parseProjectId(request), reason)
      const removal = await deletePeering(parts, askedBy, peeringId, name)
      response.status(removal.state === "gone" ? 200 : 202).json(removal)
    })
    .all(allowOnly("GET", "HEAD", "PATCH", "DELETE"))

  router
    .route("/:peeringId/blast-radius")
    .get(async (request, response) => {
      const peeringId = parseIdParam(request, "peeringId", "peering_not_found")
      response.json(await readBlastRadius(parts, parseProjectId(request), peeringId))
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}

function toPerson(request: Request) {
  const { identity, access } = userOf(request)
  return { identity, access }
}

function parseIdempotencyKey(request: Request): string {
  const parsed = IdempotencyKey.safeParse(request.get(idempotencyKeyHeader))
  if (parsed.success) return parsed.data
  throw new AppError("idempotency_key_required", {
    detail: "Send 16 to 64 letters, digits, _ or -, made once per filled-in form.",
  })
}
