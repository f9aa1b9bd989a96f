import type { Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateDeps } from "./create-kind.ts"
import { toCreate, type StoredCreate } from "./stored-create.ts"

/**
 * Looks for the peering of a create whose answer was lost a few times.
 * @throws AppError `outcome_unknown` if Atlas does not list it yet; the leader keeps looking
 */
export async function answerLookedUp(deps: CreateDeps, change: StoredCreate): Promise<Peering> {
  const { changeRows, changes, kinds } = deps
  if (change.state !== "ready") await changes.findSoon(kinds["peering-create"], change)
  const now = await changeRows.find(change.id)
  if (now?.state === "done") return await readCreated(deps, toCreate(now))
  const unknown = new AppError("outcome_unknown")
  // Nothing was sent, and its server ended.
  if (change.state === "ready") await changes.abandon(change, unknown)
  throw explainUnknown(deps, change, unknown)
}

/**
 * Returns the peering of a create as it is now.
 * @throws AppError `peering_not_found` if it is gone: it is neither returned as new nor created again
 */
export async function readCreated(
  { pollers }: { pollers: PollerPool },
  { projectId, peeringId }: StoredCreate,
): Promise<Peering> {
  // The step that created it may be newer than what this process has read.
  await pollers.catchUp()
  try {
    return await getPeering(pollers, projectId, peeringId ?? "")
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "peering_not_found") throw thrown
    throw new AppError("peering_not_found", {
      detail: `This request created connection ${peeringId}, which was deleted since. Send it with a new Idempotency-Key to create another.`,
    })
  }
}

/** Adds to a lost answer what was lost and what the lookups found. */
export function explainUnknown(
  { pollers }: { pollers: PollerPool },
  { projectId, plan }: StoredCreate,
  unknown: AppError,
): AppError {
  const { atlas } = unknown.shown
  const what = atlas === undefined ? "its answer was lost" : "Atlas returned an error"
  const why =
    pollers.of(projectId, plan.request.providerName).failure === null
      ? "Atlas doesn't list it yet."
      : "Atlas isn't answering right now."
  return unknown.explain({
    detail: `The request was sent and ${what}. ${why} Check again: nothing is sent twice.`,
  })
}
