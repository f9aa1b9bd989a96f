import {
  SetLabel,
  StepId,
  TickStep,
  type Peering,
  type Timeline,
  type DeletedPeeringList,
} from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseIdParam, parseProjectId } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { pollNow } from "#polling/poll-now.ts"
import type { PollMemory } from "#polling/poll-memory.ts"
import { readTimeline, type TimelineParts } from "./timeline.ts"
import { listTombstones, type TombstoneParts } from "./deleted-peerings.ts"

interface FollowParts extends TimelineParts, TombstoneParts {
  memory: PollMemory
  guards: Pick<RoleGuards, "require">
}

/** `/api/projects/{projectId}/tombstones`. Whoever gets here may view the project. */
export function createDeletedPeeringRouter(parts: FollowParts): Router {
  const router = Router({ mergeParams: true })
  router
    .route("/")
    .get(async (request, response) => {
      const tombstones = await listTombstones(parts, parseProjectId(request))
      response.json({ tombstones } satisfies DeletedPeeringList)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

/** Timeline, label, steps and a look now, below one connection. Whoever gets here may view the project; writing needs a requester. */
export function createHistoryRouter(parts: FollowParts): Router {
  const { clock, guards, memory, notes, pollers } = parts
  const router = Router({ mergeParams: true })

  router
    .route("/timeline")
    .get(async (request, response) => {
      const { projectId, peeringId } = parseIds(request)
      response.json((await readTimeline(parts, projectId, peeringId)) satisfies Timeline)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/label")
    .put(guards.require("create"), readJsonBody, async (request, response) => {
      const { label } = parseBody(request, SetLabel)
      response.json(await write(request, (of, written) => notes.setLabel(of, label, written)))
    })
    .all(allowOnly("PUT"))

  router
    .route("/steps/:stepId")
    .put(guards.require("create"), readJsonBody, async (request, response) => {
      const stepId = parseStepId(request)
      const { done } = parseBody(request, TickStep)
      const tick: Write = (of, written) => (done ? notes.tick(of, stepId, written) : notes.untick(of, stepId))
      response.json(await write(request, tick))
    })
    .all(allowOnly("PUT"))

  router
    .route("/look")
    .post(async (request, response) => {
      const { projectId, peeringId } = parseIds(request)
      const { peer } = await getPeering(pollers, projectId, peeringId)
      await pollNow(pollers, projectId, peer.providerName)
      response.json((await getPeering(pollers, projectId, peeringId)) satisfies Peering)
    })
    .all(allowOnly("POST"))

  type Write = Parameters<typeof write>[1]

  async function write(
    request: Request,
    work: (
      of: { projectId: string; peeringId: string },
      written: { by: string; at: number },
    ) => Promise<void>,
  ): Promise<Peering> {
    const { projectId, peeringId } = parseIds(request)
    await getPeering(pollers, projectId, peeringId)
    await work({ projectId, peeringId }, { by: userOf(request).identity.name, at: clock.now() })
    await memory.retell(projectId, peeringId)
    return await getPeering(pollers, projectId, peeringId)
  }

  return router
}

function parseIds(request: Request): { projectId: string; peeringId: string } {
  return {
    projectId: parseProjectId(request),
    peeringId: parseIdParam(request, "peeringId", "peering_not_found"),
  }
}

function parseStepId(request: Request): string {
  const parsed = StepId.safeParse(request.params["stepId"])
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError("invalid_request", { fields: { stepId: issue?.message ?? "No step is named so" } })
}
