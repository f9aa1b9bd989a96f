import { isUse, StepId, type Peering, type Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toActorName } from "#audit/actor-fields.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { markStep, setLabel } from "#polling/annotations.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import { listDeletedPeerings, type DeletedPeeringsDeps } from "./deleted-peerings.ts"
import { readTimeline, type TimelineDeps } from "./timeline.ts"

interface HistoryDeps extends TimelineDeps, DeletedPeeringsDeps {
  audit: Pick<AuditLog, "recordChange">
}

interface PeeringParams {
  projectId: string
  peeringId: string
}

/** Answers deleted peerings of a project, and the timeline, label, steps and immediate poll of one peering. */
export function createHistoryHandlers(deps: HistoryDeps) {
  const { audit, clock, pollers, store } = deps
  const findPeering = ({ projectId, peeringId }: PeeringParams): Promise<Peering> =>
    getPeering(pollers, projectId, peeringId)
  const toWritten = (request: Request) => ({ by: toActorName(userOf(request).identity), at: clock.now() })

  return {
    deletedPeerings: {
      get: async ({ params }) => ({ deletedPeerings: await listDeletedPeerings(deps, params.projectId) }),
    },
    timeline: { get: ({ params }) => readTimeline(deps, params.projectId, params.peeringId) },
    peeringLabel: {
      async put({ request, params, body: { label } }) {
        await setLabel(store, await findPeering(params), label, toWritten(request))
        return await findPeering(params)
      },
    },
    peeringStep: {
      async put({ request, params, body: { done } }) {
        const stepId = parseStepId(params.stepId)
        const peering = await findPeering(params)
        await audit.recordChange(
          {
            ...toMarkEvent(stepId, done),
            ...toActor(request),
            projectId: peering.projectId,
            peeringId: peering.id,
          },
          (transaction) => markStep(transaction, peering, stepId, done ? toWritten(request) : null),
        )
        return await findPeering(params)
      },
    },
    pollNow: {
      async post({ params }) {
        const { projectId, peer } = await findPeering(params)
        await pollers.pollNow(projectId, peer.providerName)
        const { failure } = pollers.of(projectId, peer.providerName)
        if (failure !== null) throw failure
        return await findPeering(params)
      },
    },
  } satisfies ApiHandlers<Routes, "deletedPeerings" | "timeline" | "peeringLabel" | "peeringStep" | "pollNow">
}

function parseStepId(value: string): string {
  const parsed = StepId.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError("invalid_request", { fields: { stepId: issue?.message ?? "No step is named so" } })
}

function toMarkEvent(id: string, isSet: boolean) {
  return isUse(id)
    ? ({ action: isSet ? "use-marked" : "use-unmarked", detail: { id } } as const)
    : ({ action: isSet ? "step-marked" : "step-unmarked", detail: { step: id } } as const)
}
