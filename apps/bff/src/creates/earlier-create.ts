import type { Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { CreateIntent } from "./create-intents.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateReconciler } from "./reconcile-creates.ts"

interface AnswerDeps {
  reconciler: CreateReconciler
  pollers: PollerPool
  clock: Clock
}

/**
 * Answers a create whose key was used before.
 * @param sendAgain how to send one of which it is known that nothing was made
 * @throws AppError `idempotency_key_reused` for another content or person, `still_running`, or as the first one ended
 */
export async function answerEarlierCreate(
  parts: AnswerDeps,
  asked: Pick<CreateIntent, "userKey" | "bodyHash">,
  intent: CreateIntent,
  sendAgain: (intent: CreateIntent) => Promise<Peering>,
): Promise<Peering> {
  if (intent.userKey !== asked.userKey || intent.bodyHash !== asked.bodyHash) {
    throw new AppError("idempotency_key_reused", {
      detail: "Send changed content under a new Idempotency-Key.",
    })
  }
  if (intent.state === "created") return await readCreated(parts, intent)
  if (intent.state === "refused" || intent.state === "not-created") return await sendAgain(intent)
  if (!parts.reconciler.isLeft(intent)) throw toStillRunning()
  return await answerLookedUp(parts, intent, new AppError("outcome_unknown"))
}

/**
 * Looks for the connection a few times.
 * @throws AppError `outcome_unknown` when it is not there yet; it is looked for on
 */
export async function answerLookedUp(
  parts: AnswerDeps,
  intent: CreateIntent,
  unknown: AppError,
): Promise<Peering> {
  for (const delayMs of parts.reconciler.pace.lookUpAfterMs) {
    await new Promise<void>((resolve) => parts.clock.after(delayMs, resolve))
    const now = await parts.reconciler.lookUp(intent)
    if (now.state === "created") return await readCreated(parts, now)
  }
  const { failure } = parts.pollers.of(intent.projectId, intent.providerName)
  const why = failure === null ? "Atlas does not list it yet." : "Atlas does not answer at the moment."
  const { atlas } = unknown.shown
  const what = atlas === undefined ? "its answer was lost" : "Atlas answered with an error of its own"
  throw new AppError("outcome_unknown", {
    detail: `The request was sent and ${what}. ${why} It is not sent again; ask again and it is looked up.`,
    ...(atlas !== undefined && { atlas }),
    cause: unknown,
  })
}

/** The connection as it is by now. One that is gone is not given out as new, and not made anew either. */
async function readCreated(
  { pollers }: AnswerDeps,
  { projectId, peeringId }: CreateIntent,
): Promise<Peering> {
  try {
    return await getPeering(pollers, projectId, peeringId ?? "")
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "peering_not_found") throw thrown
    throw new AppError("peering_not_found", {
      detail: `This request made the connection ${peeringId}, which is gone by now. Send it under a new Idempotency-Key to make another.`,
    })
  }
}

export function toStillRunning(): AppError {
  return new AppError("still_running", { detail: "Wait for its answer; it is not sent twice." })
}
