import { readAtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { sendOnce } from "#changes/engine/send-once.ts"
import { toActorName } from "#audit/actor-fields.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import { toCreated } from "#polling/cloud-answers.ts"
import type { CloudPoller } from "#polling/cloud-poller.ts"
import type { CreateDeps, CreateInput } from "./create-deps.ts"
import type { CreateIntent } from "./create-intent.ts"
import { abandon, markSent, settleAnswered, settleFailed, settleFound } from "./create-states.ts"
import { findCreated } from "./find-created.ts"
import { explainUnknown, lookUpCreated, readCreated } from "./look-up-create.ts"

const action = "peering-create"

/**
 * Sends a claimed create, at most once, and settles it by Atlas's answer.
 * @param claimed may be marked as sent already
 * @param lostAttempt audit row of an earlier sending whose answer was lost, or null
 */
export async function sendCreate(
  deps: CreateDeps,
  input: CreateInput,
  claimed: CreateIntent,
  cloud: CloudPoller,
  lostAttempt: number | null,
): Promise<Peering> {
  const { atlas, clock, peeringWriter, pollers, reconciler } = deps
  const sent = await begin(deps, input, claimed)
  const since = pollers.live.stored.version
  let latest = sent
  const created = await sendOnce(deps, {
    about: { action, projectId: sent.projectId },
    async send() {
      const raw = await atlas.createPeer(input.projectId, input.request)
      const peer = readAtlasPeer(raw, input.request.providerName)
      if (peer === null)
        throw new AppError("outcome_unknown", { detail: "Atlas answered without the new connection's id." })
      const creator = { name: toActorName(input.identity), reason: input.reason ?? null }
      return toCreated(raw, peer, input.projectId, { at: clock.now(), ...creator })
    },
    async settleDone(peering) {
      const answer = { cloud: cloud.cloud, raw: peering.raw, since, at: clock.now(), createdBy: sent.userKey }
      await persist(deps, sent, () =>
        settleAnswered(deps, sent, peering, (transaction) => peeringWriter.storeAnswer(transaction, answer)),
      )
      await pollers.catchUp()
      cloud.plan()
    },
    async settleFailed(failure) {
      // Atlas refuses a duplicate: the peering it has may be the late result of the earlier sending.
      if (
        lostAttempt !== null &&
        failure.shown.atlas?.errorCode?.startsWith("PEER_ALREADY_EXISTS") === true
      ) {
        const late = await persist(deps, sent, () => settleDuplicate(deps, sent, cloud, failure, lostAttempt))
        if (late !== null) return late
      }
      latest = (await persist(deps, sent, () => settleFailed(deps, sent, failure))) ?? sent
      if (failure.code === "outcome_unknown") reconciler.track(latest)
      return null
    },
    lookUp: () => lookUpCreated(deps, latest),
    settleFound: (created) => readCreated(deps, created),
    delaysMs: reconciler.timing.lookUpDelaysMs,
  }).catch((thrown: unknown) => {
    const isUnknown = thrown instanceof AppError && thrown.code === "outcome_unknown"
    throw isUnknown ? explainUnknown(deps, sent, thrown) : thrown
  })
  return pollers.live.find(created.projectId, created.id) ?? created
}

/** Returns the audit row of a create, without which nothing is sent. */
export function toCreateAttempt(input: CreateInput): AuditAttempt {
  const { projectId, request, reason, identity: actor, address } = input
  return { action, projectId, peeringId: null, reason, request, before: null, actor, address }
}

async function begin(deps: CreateDeps, input: CreateInput, claimed: CreateIntent): Promise<CreateIntent> {
  if (claimed.attemptSequence !== null) return claimed
  try {
    return await markSent(deps, claimed, toCreateAttempt(input))
  } catch (thrown) {
    const failure = toAppError(thrown, "internal_error")
    if (failure.code !== "still_running") await abandon(deps, claimed, failure)
    throw thrown
  }
}

/** Finds the peering of the lost earlier sending and settles both sendings. Returns null if no peering is found. */
async function settleDuplicate(
  deps: CreateDeps,
  sent: CreateIntent,
  cloud: CloudPoller,
  failure: AppError,
  lostAttempt: number,
): Promise<Peering | null> {
  await cloud.poll(0)
  const listed = deps.pollers.live.ofCloud(sent.projectId, sent.providerName)
  const late = await findCreated(deps.intents, sent, listed)
  if (late === null) return null
  if (sent.attemptSequence !== null) await deps.audit.complete(sent.attemptSequence, toAuditResult(failure))
  return (await adoptLate(deps, sent, late, lostAttempt)) ? late : null
}

/** Settles a create as the late result of an earlier sending. Returns false if another create has that peering. */
export async function adoptLate(
  deps: CreateDeps,
  intent: CreateIntent,
  late: Peering,
  lostAttempt: number,
): Promise<boolean> {
  const why = "The connection appeared in Atlas's list later."
  if ((await settleFound(deps, intent, late, why, lostAttempt)) === null) return false
  await deps.pollers.of(intent.projectId, intent.providerName).noteCreator(late, intent.userKey)
  return true
}

/** Atlas's answer is valid even if we can't write it down. The reconciler then looks it up and writes it later. */
async function persist<T>(
  { logger, reconciler }: CreateDeps,
  intent: CreateIntent,
  write: () => Promise<T>,
): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    logger.error({ err: error, projectId: intent.projectId }, "the outcome of a create can't be written")
    reconciler.track(intent)
    return null
  }
}
