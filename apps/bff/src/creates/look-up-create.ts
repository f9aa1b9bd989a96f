import type { Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { lookUpSoon } from "#changes/engine/send-once.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateDeps } from "./create-deps.ts"
import { createCreateKind, toCreate, type StoredCreate } from "./create-kind.ts"

/**
 * Looks for the peering of a create whose answer was lost a few times.
 * @throws AppError `outcome_unknown` if Atlas does not list it yet; the leader keeps looking
 */
export async function answerLookedUp(deps: CreateDeps, change: StoredCreate): Promise<Peering> {
  const created =
    change.state === "ready"
      ? null
      : await lookUpSoon(deps, () => lookUp(deps, change), deps.changes.timing.lookUpDelaysMs)
  if (created !== null) return await readCreated(deps, created)
  const unknown = new AppError("outcome_unknown")
  // Nothing was sent, and its server ended.
  if (change.state === "ready") await deps.changes.abandon(change, unknown)
  throw explainUnknown(deps, change, unknown)
}

/** Looks a create up once. Returns it if it is done by now, otherwise null. */
async function lookUp(deps: CreateDeps, { id }: StoredCreate): Promise<StoredCreate | null> {
  const now = await deps.changes.find(id)
  if (now === null) return null
  const change = toCreate(now)
  if (change.state === "sent" || change.state === "unknown") {
    const kind = createCreateKind(deps)
    const finding = await kind.findOut(change)
    if (finding?.is === "done") await deps.changes.settleFound(kind, change, finding.result)
  }
  const after = await deps.changes.find(id)
  return after?.state === "done" ? toCreate(after) : null
}

/**
 * Returns the peering of a create as it is now.
 * @throws AppError `peering_not_found` if it is gone: it is neither returned as new nor created again
 */
export async function readCreated(
  { pollers }: { pollers: PollerPool },
  { projectId, peeringId }: StoredCreate,
): Promise<Peering> {
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
  return new AppError("outcome_unknown", {
    detail: `The request was sent and ${what}. ${why} Check again: nothing is sent twice.`,
    ...(atlas !== undefined && { atlas }),
    cause: unknown,
  })
}
