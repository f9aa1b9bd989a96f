import { apiUrls, IdempotencyKey, idempotencyKeyHeader, type Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import { createPeering } from "#creates/create-peering.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering, listPeerings } from "#polling/list-peerings.ts"
import { toRequester } from "#projects/requester.ts"
import { userOf } from "#sign-in/require-user.ts"
import { acceptHeld, type ApprovalGate } from "#changes/engine/approval-gate.ts"
import { readBlastRadius } from "./blast-radius.ts"
import { changePeering } from "./change-peering.ts"
import { deletePeering } from "./delete-peering.ts"
import { requestAgain, type RequestAgainDeps } from "./request-again.ts"

export function createPeeringHandlers(deps: RequestAgainDeps & { approvals: ApprovalGate }) {
  const { approvals } = deps
  return {
    peerings: {
      get: ({ params }) => listPeerings(deps.pollers, params.projectId),
      async post({ request, response, params: { projectId }, body }) {
        const { identity, access } = userOf(request)
        const key = parseIdempotencyKey(request)
        const { replaces, ...create } = body
        const asked =
          replaces === undefined
            ? ({ kind: "create", key, create } as const)
            : ({ kind: "replace", peeringId: replaces, key, create } as const)
        const held = await approvals.hold(request, projectId, asked)
        if (held !== null) return acceptHeld(response, held)
        const input = { ...create, projectId, key, identity, access, address: request.ip ?? null }
        const created =
          replaces === undefined
            ? await createPeering(deps, input)
            : await requestAgain(deps, { ...input, peeringId: replaces, name: null })
        response.location(apiUrls.peering(projectId, created.id))
        return created
      },
    },
    peering: {
      get: ({ params }) => getPeering(deps.pollers, params.projectId, params.peeringId),
      async patch({ request, response, params: { projectId, peeringId }, body }) {
        const held = await approvals.hold(request, projectId, { kind: "change", peeringId, change: body })
        if (held !== null) return acceptHeld(response, held)
        return await changePeering(deps, toRequester(request, projectId, body.reason), peeringId, body)
      },
      async delete({ request, response, params: { projectId, peeringId }, body: { name, reason } }) {
        const held = await approvals.hold(request, projectId, { kind: "delete", peeringId, name, reason })
        if (held !== null) return acceptHeld(response, held)
        const requester = toRequester(request, projectId, reason)
        const removal = await deletePeering(deps, requester, peeringId, name)
        response.status(removal.state === "gone" ? 200 : 202)
        return removal
      },
    },
    requestAgain: {
      async post({ request, response, params: { projectId, peeringId }, body: { name, reason } }) {
        const { identity, access } = userOf(request)
        const key = parseIdempotencyKey(request)
        const asked = { kind: "request-again", peeringId, key, name, reason } as const
        const held = await approvals.hold(request, projectId, asked)
        if (held !== null) return acceptHeld(response, held)
        const address = request.ip ?? null
        const input = { projectId, peeringId, key, name, reason, identity, access, address }
        const created = await requestAgain(deps, input)
        response.location(apiUrls.peering(projectId, created.id))
        return created
      },
    },
    blastRadius: { get: ({ params }) => readBlastRadius(deps, params.projectId, params.peeringId) },
  } satisfies ApiHandlers<Routes, "peerings" | "peering" | "requestAgain" | "blastRadius">
}

function parseIdempotencyKey(request: Request): string {
  const parsed = IdempotencyKey.safeParse(request.get(idempotencyKeyHeader))
  if (parsed.success) return parsed.data
  throw new AppError("idempotency_key_required", {
    detail: "Send 16 to 64 letters, digits, _ or -, created once per form.",
  })
}
