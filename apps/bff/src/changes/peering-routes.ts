import { apiUrls, IdempotencyKey, idempotencyKeyHeader, type Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import { createPeering } from "#creates/create-peering.ts"
import type { CreateDeps } from "#creates/create-deps.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering, listPeerings } from "#polling/list-peerings.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import type { ProjectCache } from "#projects/project-cache.ts"
import { toRequester } from "#projects/requester.ts"
import { userOf } from "#sign-in/require-user.ts"
import { readBlastRadius } from "./blast-radius.ts"
import { changePeering } from "./change-peering.ts"
import { deletePeering } from "./delete-peering.ts"

interface PeeringDeps extends CreateDeps {
  peeringStore: PeeringStore
  projectCache: ProjectCache
}

export function createPeeringHandlers(deps: PeeringDeps) {
  return {
    peerings: {
      get: ({ params }) => listPeerings(deps.pollers, params.projectId),
      async post({ request, response, params: { projectId }, body }) {
        const { identity, access } = userOf(request)
        const key = parseIdempotencyKey(request)
        const address = request.ip ?? null
        const created = await createPeering(deps, { ...body, projectId, key, identity, access, address })
        response.location(apiUrls.peering(projectId, created.id))
        return created
      },
    },
    peering: {
      get: ({ params }) => getPeering(deps.pollers, params.projectId, params.peeringId),
      patch: ({ request, params, body: { reason, ...change } }) =>
        changePeering(deps, toRequester(request, params.projectId, reason), params.peeringId, change),
      async delete({ request, response, params, body: { name, reason } }) {
        const requester = toRequester(request, params.projectId, reason)
        const removal = await deletePeering(deps, requester, params.peeringId, name)
        response.status(removal.state === "gone" ? 200 : 202)
        return removal
      },
    },
    blastRadius: { get: ({ params }) => readBlastRadius(deps, params.projectId, params.peeringId) },
  } satisfies ApiHandlers<Routes, "peerings" | "peering" | "blastRadius">
}

function parseIdempotencyKey(request: Request): string {
  const parsed = IdempotencyKey.safeParse(request.get(idempotencyKeyHeader))
  if (parsed.success) return parsed.data
  throw new AppError("idempotency_key_required", {
    detail: "Send 16 to 64 letters, digits, _ or -, made once per filled-in form.",
  })
}
