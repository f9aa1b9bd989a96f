import {
  apiUrls,
  IdempotencyKey,
  idempotencyKeyHeader,
  type HeldForApproval,
  type Peering,
  type Routes,
} from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import { askForChange, type Asking } from "#changes/engine/ask-for-change.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { readLastEventId } from "#http/event-stream.ts"
import { refuseForbidden } from "#policies/policies.ts"
import { getPeering, listPeerings } from "#polling/list-peerings.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { readBlastRadius } from "./blast-radius.ts"
import { planChange } from "./change-peering.ts"
import { createPeering } from "./create-peering.ts"
import { checkName, readToDelete } from "./delete-peering.ts"
import type { Kinds } from "./kinds.ts"
import { replacePeering, requestAgain, type RequestAgainDeps } from "./request-again.ts"

interface PeeringDeps extends RequestAgainDeps {
  kinds: Pick<Kinds, "peering-create" | "peering-change" | "peering-delete">
  peeringStore: PeeringStore
}

export function createPeeringHandlers(deps: PeeringDeps) {
  return {
    peerings: {
      async get({ request, params: { projectId } }) {
        // A page that reads the list again after an event of another server.
        await deps.pollers.catchUpTo(readLastEventId(request) ?? "")
        return await listPeerings(deps.pollers, projectId)
      },
      async post({ request, response, params: { projectId }, body }) {
        const asking = { request, response, projectId, reason: body.reason }
        const create = { ...body, key: parseIdempotencyKey(request) }
        const { replaces } = create
        return answerCreated(
          asking,
          replaces === undefined
            ? await createPeering(deps, asking, create)
            : await replacePeering(deps, asking, { ...create, replaces }),
        )
      },
    },
    peering: {
      get: ({ params }) => getPeering(deps.pollers, params.projectId, params.peeringId),
      async patch({ request, response, params: { projectId, peeringId }, body }) {
        const plan = await planChange(deps, projectId, peeringId, body)
        refuseForbidden(await deps.policies.judgeChange(projectId, peeringId, plan), "this change")
        const asking = { request, response, projectId, reason: body.reason }
        const kind = deps.kinds["peering-change"]
        const answer = await askForChange(deps, asking, kind, { subject: peeringId, plan })
        // The outcome was stored since: nobody else changed it last.
        return "id" in answer ? (deps.pollers.live.find(projectId, peeringId) ?? answer) : answer
      },
      async delete({ request, response, params: { projectId, peeringId }, body: { name, reason } }) {
        const before = await readToDelete(deps, projectId, peeringId)
        if (before === null) return { state: "gone", peering: null } as const
        checkName(deps.pollers, before, name)
        const plan = { providerName: before.peer.providerName }
        const asking = { request, response, projectId, reason }
        const kind = deps.kinds["peering-delete"]
        return await askForChange(deps, asking, kind, { subject: peeringId, plan })
      },
    },
    requestAgain: {
      async post({ request, response, params: { projectId, peeringId }, body: { name, reason } }) {
        const asking = { request, response, projectId, reason }
        const key = parseIdempotencyKey(request)
        return answerCreated(asking, await requestAgain(deps, asking, { peeringId, key, name }))
      },
    },
    blastRadius: { get: ({ params }) => readBlastRadius(deps, params.projectId, params.peeringId) },
  } satisfies ApiHandlers<Routes, "peerings" | "peering" | "requestAgain" | "blastRadius">
}

function answerCreated({ response, projectId }: Asking, created: Peering | HeldForApproval) {
  if ("id" in created) response.location(apiUrls.peering(projectId, created.id))
  return created
}

function parseIdempotencyKey(request: Request): string {
  const parsed = IdempotencyKey.safeParse(request.get(idempotencyKeyHeader))
  if (parsed.success) return parsed.data
  throw new AppError("idempotency_key_required", {
    detail: "Send 16 to 64 letters, digits, _ or -, a new one for each connection.",
  })
}
