import type { CreatePeering, Peering } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { AuditLog, OpenAttempt } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { Access } from "#sign-in/access.ts"
import type { Identity } from "#sign-in/identity.ts"
import type { CreateIntent, CreateIntents } from "./create-intents.ts"
import type { CloudPoller } from "#polling/cloud-poller.ts"
import { toCreateFailure, toFailedResult } from "./create-results.ts"
import { answerLookedUp, toStillRunning } from "./earlier-create.ts"
import { findCreated } from "./find-created.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateReconciler } from "./reconcile-creates.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"

export interface CreateDeps {
  atlas: AtlasClient
  audit: AuditLog
  intents: CreateIntents
  reconciler: CreateReconciler
  pollers: PollerPool
  snapshotReader: SnapshotReader
  /** Told of a project whose containers are not any more as they were. */
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
}

/** Who asks, for what, and why. */
export interface WantedCreate extends CreatePeering {
  projectId: string
  /** The Idempotency-Key of the form. */
  key: string
  identity: Identity
  /** What they may see, which is what the verdict rests on. */
  access: Access
  /** The network address it was asked for from. */
  address: string | null
}

/**
 * Sends what was claimed, at most once, and settles it by Atlas's answer.
 * @param earlierAttempt the audit row of an earlier sending that was lost and of which nothing was found; null when there was none
 */
export async function sendCreate(
  parts: CreateDeps,
  wanted: WantedCreate,
  intent: CreateIntent,
  cloud: CloudPoller,
  earlierAttempt: number | null = null,
): Promise<Peering> {
  const { atlas, intents, reconciler } = parts
  const endSending = reconciler.sending(intent)
  try {
    const { attempt, sent } = await beginAttempt(parts, wanted, intent)
    let failure: AppError
    try {
      const raw = await atlas.createPeer(wanted.projectId, wanted.request)
      const peering = await cloud.adopt(raw, { key: intent.userKey, name: wanted.identity.name })
      if (peering !== null) {
        await write(parts, sent, async () => {
          await attempt.complete({ outcome: "done", answerCode: "201", peeringId: peering.id, after: raw })
          await intents.settle(sent, { state: "created", peeringId: peering.id })
        })
        return peering
      }
      failure = new AppError("outcome_unknown", { detail: "Atlas answered without the new connection's id." })
    } catch (thrown) {
      failure = toCreateFailure(thrown)
    }
    return await settleFailed(parts, sent, attempt, failure, earlierAttempt)
  } finally {
    endSending()
  }
}

/** Atlas did not answer with the connection. */
async function settleFailed(
  parts: CreateDeps,
  sent: CreateIntent,
  attempt: OpenAttempt,
  failure: AppError,
  earlierAttempt: number | null,
): Promise<Peering> {
  const { clock, intents, logger, reconciler, pollers } = parts
  const { result, settlement } = toFailedResult(failure)
  let settled: CreateIntent | null = null
  await write(parts, sent, async () => {
    await attempt.complete(result)
    // Atlas refuses to make it twice: the one it has may be what the earlier sending made in the end.
    const twin = earlierAttempt !== null && failure.shown.atlas?.errorCode?.startsWith("PEER_ALREADY_EXISTS")
    if (!twin) settled = await intents.settle(sent, settlement)
  })
  if (earlierAttempt !== null && settled === null && settlement.state === "refused") {
    await pollers.of(sent.projectId, sent.providerName).poll(0)
    const late = await findCreated(intents, sent, pollers.live.ofCloud(sent.projectId, sent.providerName))
    if (late !== null) return await settleFoundLater(parts, sent, late, earlierAttempt)
    await write(parts, sent, async () => void (await intents.settle(sent, settlement)))
  }
  if (settlement.state !== "unknown") throw failure
  logger.warn({ err: failure, projectId: sent.projectId }, "a create was sent but its answer was lost")
  reconciler.hold(settled ?? sent, clock.now())
  return await answerLookedUp(parts, settled ?? sent, failure)
}

/** The connection is there after all: an earlier sending made it, later than anything should. */
export async function settleFoundLater(
  parts: CreateDeps,
  intent: CreateIntent,
  late: Peering,
  attemptSequence: number | null,
): Promise<Peering> {
  const { audit, intents, pollers } = parts
  await write(parts, intent, async () => {
    if (attemptSequence !== null) {
      const detail = { why: "The connection appeared in Atlas's list later." }
      const after = late.raw
      await audit.complete(attemptSequence, {
        outcome: "done",
        answerCode: null,
        peeringId: late.id,
        after,
        detail,
      })
    }
    await intents.settle(intent, { state: "created", peeringId: late.id })
  })
  await pollers.of(intent.projectId, intent.providerName).noteCreator(late, intent.userKey)
  return late
}

/** Writes the audit row, without which nothing is sent, and that it is sent now. */
async function beginAttempt(
  { audit, intents }: CreateDeps,
  { projectId, request, reason, identity, address }: WantedCreate,
  intent: CreateIntent,
): Promise<{ attempt: OpenAttempt; sent: CreateIntent }> {
  let sent: CreateIntent | null = null
  const what = {
    action: "peering-create",
    projectId,
    peeringId: null,
    reason,
    request,
    before: null,
  } as const
  try {
    const attempt = await audit.attempt(
      { ...what, actor: identity, address },
      async (sequence, transaction) => {
        sent = await intents.noteAttempt(intent, sequence, transaction)
        // It took so long to get here that another process took it over.
        if (sent === null) throw toStillRunning()
      },
    )
    return { attempt, sent: sent ?? intent }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "still_running") throw thrown
    const problem = toProblem(thrown instanceof AppError ? thrown : new AppError("internal_error"), "")
    // When this fails too, it is taken over later, and found not to have been sent.
    await intents.settle(intent, { state: "not-created", problem }).catch(() => null)
    throw thrown
  }
}

/** What Atlas said is so whether or not it can be written down. When it can't, it is looked up and written down as soon as it can be. */
async function write(
  { clock, logger, reconciler }: CreateDeps,
  intent: CreateIntent,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    logger.error({ err: error, projectId: intent.projectId }, "what became of a create can't be written")
    reconciler.hold(intent, clock.now())
  }
}
