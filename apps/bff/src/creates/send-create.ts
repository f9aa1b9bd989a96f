import { readAtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { toActorName } from "#audit/actor-fields.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import type { SentChange } from "#changes/engine/changes.ts"
import { toCreated } from "#polling/cloud-answers.ts"
import type { CreateDeps, CreateInput } from "./create-deps.ts"
import {
  createCreateKind,
  findCreated,
  toFound,
  type Created,
  type CreatePlan,
  type StoredCreate,
} from "./create-kind.ts"
import { explainUnknown } from "./look-up-create.ts"

/**
 * Sends a claimed create, at most once, and settles it by Atlas's answer.
 * @param claimed may be marked as sent already
 * @param lostAttempt audit row of an earlier sending whose answer was lost, or null
 */
export async function sendCreate(
  deps: CreateDeps,
  input: CreateInput,
  claimed: StoredCreate | SentChange<CreatePlan>,
  lostAttempt: number | null,
): Promise<Peering> {
  const { changes, pollers } = deps
  const { projectId, request } = input
  const sent = "sentAt" in claimed ? claimed : await markSent(deps, input, claimed)
  const created = await changes
    .send(createCreateKind(deps), sent, (refusal) => explainDuplicate(deps, sent, refusal, lostAttempt))
    .catch((thrown: unknown) => {
      const isUnknown = thrown instanceof AppError && thrown.code === "outcome_unknown"
      throw isUnknown ? explainUnknown(deps, sent, thrown) : thrown
    })
  pollers.of(projectId, request.providerName).plan()
  return pollers.live.find(projectId, created.id) ?? toUnstored(deps, input, created)
}

/** Returns the audit row of a create, without which nothing is sent. */
export function toCreateAttempt(input: CreateInput): AuditAttempt {
  const { projectId, request, reason, identity: actor, address } = input
  const what = { action: "peering-create", projectId, peeringId: null, before: null } as const
  return { ...what, reason, request, actor, address }
}

async function markSent(deps: CreateDeps, input: CreateInput, claimed: StoredCreate) {
  try {
    return await deps.changes.markSent(claimed, toCreateAttempt(input))
  } catch (thrown) {
    const failure = toAppError(thrown, "internal_error")
    if (failure.code !== "still_running") await deps.changes.abandon(claimed, failure)
    throw thrown
  }
}

/** Atlas refuses a duplicate: the peering it has may be the late result of the earlier sending. */
async function explainDuplicate(
  deps: CreateDeps,
  sent: StoredCreate,
  refusal: AppError,
  lostAttempt: number | null,
): Promise<Created | null> {
  const isDuplicate = refusal.shown.atlas?.errorCode?.startsWith("PEER_ALREADY_EXISTS") === true
  if (lostAttempt === null || !isDuplicate || sent.attemptSequence === null) return null
  await deps.pollers.of(sent.projectId, sent.plan.request.providerName).poll(0)
  const late = await findCreated(deps, sent)
  if (late === null) return null
  await deps.audit.complete(sent.attemptSequence, toAuditResult(refusal))
  return (await adoptLate(deps, sent, late, lostAttempt)) ? toFound(late) : null
}

/** Settles a create as the late result of an earlier sending. Returns false if another create has that peering. */
export async function adoptLate(
  deps: CreateDeps,
  change: StoredCreate,
  late: Peering,
  lostAttempt: number,
): Promise<boolean> {
  const why = "The connection appeared in Atlas's list later."
  const how = { why, attempt: lostAttempt }
  return await deps.changes.settleFound(createCreateKind(deps), change, toFound(late), how)
}

/** Atlas's answer counts even if it can't be stored yet. */
function toUnstored({ clock }: CreateDeps, input: CreateInput, { raw }: Created): Peering {
  const peer = readAtlasPeer(raw, input.request.providerName)
  if (peer === null) throw new Error("Atlas's answer lost its id")
  const creator = { name: toActorName(input.identity), reason: input.reason ?? null }
  return toCreated(raw, peer, input.projectId, { at: clock.now(), ...creator })
}
