import { StepId, type Peering, type Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollMemory } from "#polling/poll-memory.ts"
import { pollNow } from "#polling/poll-now.ts"
import { userOf } from "#sign-in/require-user.ts"
import { listTombstones, type TombstoneParts } from "./deleted-peerings.ts"
import { readTimeline, type TimelineParts } from "./timeline.ts"

interface HistoryDeps extends TimelineParts, TombstoneParts {
  memory: PollMemory
}

interface PeeringParams {
  projectId: string
  peeringId: string
}

/** Deleted peerings of a project; timeline, label, steps and a poll now of one peering. */
export function createHistoryHandlers(deps: HistoryDeps) {
  const { clock, memory, notes, pollers } = deps

  async function annotate(
    request: Request,
    { projectId, peeringId }: PeeringParams,
    write: (of: PeeringParams, written: { by: string; at: number }) => Promise<void>,
  ): Promise<Peering> {
    await getPeering(pollers, projectId, peeringId)
    await write({ projectId, peeringId }, { by: userOf(request).identity.name, at: clock.now() })
    await memory.retell(projectId, peeringId)
    return await getPeering(pollers, projectId, peeringId)
  }

  return {
    deletedPeerings: {
      get: async ({ params }) => ({ deletedPeerings: await listTombstones(deps, params.projectId) }),
    },
    timeline: { get: ({ params }) => readTimeline(deps, params.projectId, params.peeringId) },
    peeringLabel: {
      put: ({ request, params, body: { label } }) =>
        annotate(request, params, (of, written) => notes.setLabel(of, label, written)),
    },
    peeringStep: {
      async put({ request, params, body: { done } }) {
        const stepId = parseStepId(params.stepId)
        return await annotate(request, params, (of, written) =>
          done ? notes.tick(of, stepId, written) : notes.untick(of, stepId),
        )
      },
    },
    pollNow: {
      async post({ params: { projectId, peeringId } }) {
        const { peer } = await getPeering(pollers, projectId, peeringId)
        await pollNow(pollers, projectId, peer.providerName)
        return await getPeering(pollers, projectId, peeringId)
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
