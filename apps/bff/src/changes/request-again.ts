import {
  findContainerOf,
  type HeldForApproval,
  type Peering,
  type PeeringRequest,
} from "@peering-desk/shared-schemas"
import { mayRepeatRequest, repeatsRefusedValues } from "@peering-desk/peering-rules"
import { AppError, ignoring } from "#base/app-error.ts"
import type { Asking } from "#changes/engine/ask-for-change.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import { toRequest } from "./blast-radius.ts"
import type { CreateDeps } from "./create-kind.ts"
import { createPeering, type AskedCreate } from "./create-peering.ts"
import { checkName } from "./delete-peering.ts"
import { refuseUnlessFailed } from "./prepare-create.ts"
import { toCreate } from "./stored-create.ts"

export interface RequestAgainDeps extends CreateDeps {
  projectCache: ProjectCache
}

/** A failed peering, and who wants another in its place. */
interface Replacement {
  projectId: string
  peeringId: string
}

/**
 * Deletes a failed peering, waits until Atlas no longer lists it, and creates it again with the same values, once per key. Both changes
 * are audited with the one reason. A request that is refused before leaves the failed peering.
 * @param name the name that the person typed as confirmation
 * @throws AppError `not_changeable` unless the peering failed and the values may work; otherwise as a deletion or a create does
 */
export async function requestAgain(
  deps: RequestAgainDeps,
  asking: Asking,
  { peeringId, key, name }: { peeringId: string; key: string; name: string },
): Promise<Peering | HeldForApproval> {
  const { projectId } = asking
  // A repeated request finds its values in the create, since the peering may be gone.
  const earlier = await deps.changeRows.findByKey(projectId, key)
  const { failed, request } =
    earlier === null
      ? await buildAgain(deps, { projectId, peeringId, name })
      : { failed: null, request: toCreate(earlier).plan.request }
  return await createPeering(
    deps,
    asking,
    { key, request, reason: asking.reason, replaces: peeringId },
    failed,
  )
}

/** Creates a peering in the place of a failed one with other values, once per key, or alone when that one is gone. */
export async function replacePeering(
  deps: RequestAgainDeps,
  asking: Asking,
  create: AskedCreate & { replaces: string },
): Promise<Peering | HeldForApproval> {
  const { projectId } = asking
  const { key, replaces: peeringId, request } = create
  const earlier = await deps.changeRows.findByKey(projectId, key)
  const failed = earlier === null ? await checkReplacement(deps, { projectId, peeringId, request }) : null
  return await createPeering(deps, asking, create, failed)
}

/**
 * Returns the failed peering that a create replaces; null when Atlas no longer lists it.
 * @throws AppError `not_changeable` unless it failed, in the same cloud, and the request has other values than the refused ones
 */
async function checkReplacement(
  { pollers, projectCache }: Pick<RequestAgainDeps, "pollers" | "projectCache">,
  { projectId, peeringId, request }: Replacement & { request: PeeringRequest },
): Promise<Peering | null> {
  const failed = await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(
    ignoring("peering_not_found"),
  )
  if (failed === null) return null
  refuseUnlessFailed(failed)
  if (failed.peer.providerName !== request.providerName)
    throw new AppError("not_changeable", {
      detail:
        "The failed connection is in another cloud. Delete it on its page, and create this one without it.",
    })
  const containers = await projectCache.of(projectId).containers.give(shownMaxAgeMs)
  if (!repeatsRefusedValues(failed.peer, findContainerOf(failed.peer, containers), request)) return failed
  throw new AppError("not_changeable", { detail: refusedDetail })
}

const refusedDetail = "The same values were refused before. Correct at least one of them."

/**
 * Builds the request that creates a failed peering again.
 * @throws AppError `not_changeable` unless the peering failed, its values may work, and Atlas reports them; `invalid_request` for another name
 */
async function buildAgain(
  { pollers, projectCache }: Pick<RequestAgainDeps, "pollers" | "projectCache">,
  { projectId, peeringId, name }: Replacement & { name: string },
): Promise<{ failed: Peering; request: PeeringRequest }> {
  const failed = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
  refuseUnlessFailed(failed)
  if (!mayRepeatRequest(failed.peer)) throw new AppError("not_changeable", { detail: refusedDetail })
  checkName(pollers, failed, name)
  const containers = await projectCache.of(projectId).containers.give(shownMaxAgeMs)
  const request = toRequest(projectId, failed.peer, findContainerOf(failed.peer, containers))
  if (request !== null) return { failed, request }
  throw new AppError("not_changeable", {
    detail: "Atlas does not report every value of this connection. Create it from the form instead.",
  })
}
