import { isSamePeering } from "@peering-desk/peering-rules"
import type { Peering, PeeringRequest } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { CreateAttempts } from "./create-attempts.ts"
import type { PeeringWatcher } from "./peering-watcher.ts"

export interface CreatePeering {
  atlas: AtlasClient
  attempts: CreateAttempts
  watcher: PeeringWatcher
  clock: Clock
  logger: Logger
}

/** A list this young tells what was there before, in milliseconds. */
const knownForMs = 2_000

/** When to look for a connection whose create was sent but not answered, in milliseconds after one another. */
const lookUpAfterMs = [0, 1_000, 3_000]

/**
 * Asks Atlas for a connection, once. When the answer is lost the connection is looked up by what it joins, never sent again.
 * @throws AppError `outcome_unknown` when it can't be found either; the same key then looks again
 */
export async function createPeering(
  parts: CreatePeering,
  projectId: string,
  key: string,
  request: PeeringRequest,
): Promise<Peering> {
  const { atlas, attempts, logger, watcher } = parts
  const attemptKey = `${projectId} ${key}`
  const earlier = attempts.find(attemptKey, request)
  if (earlier?.state === "created") return earlier.peering
  if (earlier?.state === "unknown") {
    return await lookUp(
      parts,
      projectId,
      attemptKey,
      request,
      earlier.knownBefore,
      new AppError("outcome_unknown"),
    )
  }

  attempts.set(attemptKey, request, { state: "running" })
  const cloud = watcher.of(projectId, request.providerName)
  // So that a connection which was there before is not taken for the one we are about to ask for.
  await cloud.look(knownForMs)
  const knownBefore = new Set(watcher.board.ofCloud(projectId, request.providerName).map(({ id }) => id))
  try {
    if (cloud.failure !== null && !cloud.everAnswered) throw cloud.failure
    const raw = await atlas.createPeer(projectId, request)
    const peering = cloud.adopt(raw)
    if (peering === null)
      throw new AppError("outcome_unknown", { detail: "Atlas answered without the new connection's id." })
    attempts.set(attemptKey, request, { state: "created", peering })
    return peering
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "outcome_unknown") {
      attempts.forget(attemptKey)
      throw thrown
    }
    logger.warn({ err: thrown, projectId }, "a create was sent but its answer was lost; looking it up")
    return await lookUp(parts, projectId, attemptKey, request, knownBefore, thrown)
  }
}

async function lookUp(
  { attempts, clock, watcher }: CreatePeering,
  projectId: string,
  attemptKey: string,
  request: PeeringRequest,
  knownBefore: ReadonlySet<string>,
  unknown: AppError,
): Promise<Peering> {
  attempts.set(attemptKey, request, { state: "running" })
  const cloud = watcher.of(projectId, request.providerName)
  for (const delayMs of lookUpAfterMs) {
    await new Promise<void>((resolve) => clock.after(delayMs, resolve))
    await cloud.look(0)
    const found = watcher.board
      .ofCloud(projectId, request.providerName)
      .find(({ id, peer }) => !knownBefore.has(id) && isSamePeering(request, peer))
    if (found !== undefined) {
      attempts.set(attemptKey, request, { state: "created", peering: found })
      return found
    }
  }
  attempts.set(attemptKey, request, { state: "unknown", knownBefore })
  const why = cloud.failure === null ? "Atlas does not list it yet." : "Atlas does not answer at the moment."
  throw new AppError("outcome_unknown", {
    detail: `The request was sent and its answer was lost. ${why} It is not sent again; ask again and it is looked up.`,
    ...(unknown.shown.atlas === undefined ? {} : { atlas: unknown.shown.atlas }),
    cause: unknown,
  })
}
