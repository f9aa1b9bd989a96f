import {
  readStatus,
  type Peering,
  type PeeringRequest,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { getWaitingOn, mayRepeatRequest, repeatsRefusedValues } from "@peering-desk/peering-rules"
import { AppError } from "#base/app-error.ts"
import type { CreateDeps, CreateInput } from "#creates/create-deps.ts"
import { toCreate, toCreateId } from "#creates/create-kind.ts"
import { createPeering } from "#creates/create-peering.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import { findContainer, toRequest } from "./blast-radius.ts"
import { checkName, deletePeering } from "./delete-peering.ts"

export interface RequestAgainDeps extends CreateDeps {
  peeringStore: PeeringStore
  projectCache: ProjectCache
}

export type RequestAgainInput = Omit<CreateInput, "request" | "replaces"> & {
  peeringId: string
  /** The name that the person typed as confirmation; null in a form that shows what it replaces. */
  name: string | null
  /** The request that a person corrected or that was approved; left out for the values of the failed peering. */
  request?: CreateInput["request"]
}

const pollEveryMs = 2_000
/** Atlas removes a peering within minutes. */
const removedWithinMs = 10 * 60_000

/**
 * Deletes a failed peering, waits until Atlas no longer lists it, and creates it again with the same or other values, once per key. Both
 * changes are audited with the one reason. A request that is refused before leaves the failed peering.
 * @throws AppError `not_changeable` unless the peering failed and the values may work; otherwise as a deletion or a create does
 */
export async function requestAgain(deps: RequestAgainDeps, input: RequestAgainInput): Promise<Peering> {
  const { peeringId, name, request: given, ...create } = input
  const { projectId, key } = create
  // A repeated request finds its values in the create, since the peering may be gone.
  const earlier = await deps.changes.find(toCreateId({ projectId, key }))
  const isGone =
    earlier === null &&
    given !== undefined &&
    (await checkReplacement(deps, { ...input, request: given })) === null
  const request =
    given ??
    (earlier && toCreate(earlier).plan.request) ??
    (await buildAgain(deps, { ...input, name: name ?? "" })).request
  // It was deleted by somebody else, or by an earlier request that then failed.
  if (isGone) return await createPeering(deps, { ...create, request })
  const remove = async (hold: () => Promise<void>) => {
    await deletePeering(deps, toRequester(input), peeringId, name)
    await waitUntilGone(deps, input, request.providerName, hold)
  }
  return await createPeering(deps, { ...create, request, replaces: { peeringId, remove } })
}

/**
 * Returns the failed peering that a create replaces; null when Atlas no longer lists it.
 * @throws AppError `not_changeable` unless it failed, in the same cloud, and the request has other values than the refused ones
 */
export async function checkReplacement(
  { pollers, projectCache }: Pick<RequestAgainDeps, "pollers" | "projectCache">,
  {
    projectId,
    peeringId,
    request,
  }: Pick<RequestAgainInput, "projectId" | "peeringId"> & Pick<CreateInput, "request">,
): Promise<Peering | null> {
  const failed = await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(toNone)
  if (failed === null) return null
  refuseUnlessFailed(failed)
  if (failed.peer.providerName !== request.providerName)
    throw new AppError("not_changeable", {
      detail:
        "The failed connection is in another cloud. Delete it on its page, and create this one without it.",
    })
  const containers = await projectCache.of(projectId).containers.give(shownMaxAgeMs)
  if (!repeatsRefusedValues(failed.peer, findContainer(containers, failed.peer), request)) return failed
  throw new AppError("not_changeable", { detail: refusedDetail })
}

const refusedDetail = "The same values were refused before. Correct at least one of them."

/**
 * Builds the request that creates a failed peering again.
 * @throws AppError `not_changeable` unless the peering failed, its values may work, and Atlas reports them; `invalid_request` for another name
 */
export async function buildAgain(
  { pollers, projectCache }: Pick<RequestAgainDeps, "pollers" | "projectCache">,
  { projectId, peeringId, name }: { projectId: string; peeringId: string; name: string },
): Promise<{ failed: Peering; request: PeeringRequest }> {
  const failed = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
  refuseUnlessFailed(failed)
  if (!mayRepeatRequest(failed.peer)) throw new AppError("not_changeable", { detail: refusedDetail })
  checkName(pollers, failed, name)
  const containers = await projectCache.of(projectId).containers.give(shownMaxAgeMs)
  const request = toRequest(projectId, failed.peer, findContainer(containers, failed.peer))
  if (request !== null) return { failed, request }
  throw new AppError("not_changeable", {
    detail: "Atlas does not report every value of this connection. Create it from the form instead.",
  })
}

function refuseUnlessFailed({ peer }: Peering): void {
  if (getWaitingOn(peer) === "failed") return
  throw new AppError("not_changeable", {
    detail: `Only a failed connection can be deleted and requested again. This one is ${readStatus(peer) ?? "without a status"}.`,
  })
}

function toNone(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === "peering_not_found") return null
  throw thrown
}

function toRequester({ projectId, reason, identity, address }: RequestAgainInput) {
  return { projectId, reason, actor: identity, address }
}

/** @throws AppError when Atlas fails to remove it, or still lists it after ten minutes */
async function waitUntilGone(
  { clock, pollers }: RequestAgainDeps,
  { projectId, peeringId }: RequestAgainInput,
  providerName: ProviderName,
  hold: () => Promise<void>,
): Promise<void> {
  const cloud = pollers.of(projectId, providerName)
  const begun = clock.elapsed()
  let wasClosing = false
  for (;;) {
    const listed = pollers.live.find(projectId, peeringId)
    if (listed === null) return
    const turn = getWaitingOn(listed.peer)
    // Atlas's list may be behind its answer, so a failure counts after the removal began.
    if (wasClosing && turn === "failed")
      throw new AppError("atlas_failed", {
        detail: `Atlas could not delete the failed connection (${readStatus(listed.peer)}). No new one was requested.`,
      })
    wasClosing ||= turn === "closing"
    if (clock.elapsed() - begun >= removedWithinMs)
      throw new AppError("atlas_timeout", {
        detail: "Atlas still lists the deleted connection after 10 minutes. No new one was requested.",
      })
    await new Promise<void>((resolve) => clock.after(pollEveryMs, resolve))
    await hold()
    await cloud.poll(0)
  }
}
