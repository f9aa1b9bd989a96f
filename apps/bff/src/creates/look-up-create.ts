import type { Peering } from "@peering-desk/shared-schemas"
import { lookUpSoon } from "#changes/engine/send-once.ts"
import { AppError } from "#base/app-error.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateDeps } from "./create-deps.ts"
import type { CreateIntent } from "./create-intent.ts"

type LookUpDeps = Pick<CreateDeps, "reconciler" | "pollers" | "clock" | "logger">

/**
 * Looks for the peering of an orphaned create a few times.
 * @throws AppError `outcome_unknown` if Atlas does not list it yet; the reconciler keeps looking
 */
export async function answerLookedUp(deps: LookUpDeps, intent: CreateIntent): Promise<Peering> {
  const { lookUpDelaysMs } = deps.reconciler.timing
  const created = await lookUpSoon(deps, () => lookUpCreated(deps, intent), lookUpDelaysMs)
  if (created === null) throw explainUnknown(deps, intent, new AppError("outcome_unknown"))
  return await readCreated(deps, created)
}

/** Looks a create up once. Returns its intent if that is created by now, otherwise null. */
export async function lookUpCreated(
  { reconciler }: Pick<LookUpDeps, "reconciler">,
  intent: CreateIntent,
): Promise<CreateIntent | null> {
  const now = await reconciler.lookUp(intent)
  return now?.state === "created" ? now : null
}

/**
 * Returns the peering of a create as it is now.
 * @throws AppError `peering_not_found` if it is gone: it is neither returned as new nor created again
 */
export async function readCreated(
  { pollers }: { pollers: PollerPool },
  { projectId, peeringId }: CreateIntent,
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
  { projectId, providerName }: CreateIntent,
  unknown: AppError,
): AppError {
  const { atlas } = unknown.shown
  const what = atlas === undefined ? "its answer was lost" : "Atlas returned an error"
  const why =
    pollers.of(projectId, providerName).failure === null
      ? "Atlas doesn't list it yet."
      : "Atlas isn't answering right now."
  return new AppError("outcome_unknown", {
    detail: `The request was sent and ${what}. ${why} Check again: nothing is sent twice.`,
    ...(atlas !== undefined && { atlas }),
    cause: unknown,
  })
}
