import type { AuditOutcome, Peering } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { AuditAttempt, AuditResult } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { Tables } from "#store/tables.ts"
import type { CreateIntent, NewIntent } from "./create-intent.ts"
import type { CreateIntents, CreateStep } from "./create-intents.ts"

/*
 * The states of a create and every step between them:
 *
 *   claimed ──► sent ──► created, refused or not created
 *                └─────► unknown ──► created or not created
 *
 *   from                    step            to                               if                           writes
 *   (none)                  claim           claimed                          the key is new               intent
 *   (none)                  claimSent       sent                             the key is new               intent + attempt
 *   claimed                 hold            claimed                          nobody took it over          intent
 *   claimed                 bindContainer   claimed                          nobody took it over          intent
 *   claimed                 markSent        sent                             nobody took it over          intent + attempt
 *   claimed                 abandon         not created                                                   intent
 *   sent                    settleAnswered  created                          nobody settled it            intent + outcome + peering
 *   sent                    settleFailed    refused, not created or unknown  nobody settled it            intent + outcome
 *   claimed, sent, unknown  takeOver(All)   unknown                          nobody changed it            intent
 *   claimed, sent, unknown  settleFound     created                          no other create has the peering  intent + outcome
 *   unknown                 settleAbsent    not created                      nobody settled it            intent + outcome
 *   refused, not created    claimAgain      claimed                          nobody claimed it again      intent
 *
 * "attempt" and "outcome" are audit rows, written in the same transaction as the intent; so is the peering as Atlas answered. A create
 * that is sent at once thus takes two transactions. A request leaves only between markSent or claimSent and settleAnswered or
 * settleFailed, so a create is sent once per claim, and is claimed again only if it made nothing. The database stores claimed and sent
 * both as "sending"; a sent intent has the number of its audit row.
 */

export interface CreateRecords {
  audit: AuditLog
  intents: CreateIntents
}

type Made = Pick<Peering, "id" | "raw">

type SavePeering = (transaction: Transaction<Tables>) => Promise<void>

const open = ["sending", "unknown"] as const
const stayClaimed: CreateStep = { from: ["sending"], to: "sending", ifUntouched: true }
const becomeUnknown: CreateStep = { from: open, to: "unknown", ifUntouched: true }
const becomeCreated: CreateStep = { from: open, to: "created", ifUnclaimed: true }
const becomeNotCreated: CreateStep = { from: open, to: "not-created" }
const becomeClaimed: CreateStep = { from: ["refused", "not-created"], to: "sending" }
/** Steps by Atlas's own answer. It is valid even if another process took the create over. */
const answerSteps: Record<Exclude<AuditOutcome, "unclear">, CreateStep> = {
  done: { from: open, to: "created" },
  refused: { from: open, to: "refused" },
  failed: { from: open, to: "not-created" },
  unknown: { from: ["sending"], to: "unknown" },
}

/** If several callers claim a key at once, one wins, and the others get null. */
export async function claim({ intents }: CreateRecords, intent: NewIntent): Promise<CreateIntent | null> {
  return await intents.insert(intent)
}

/** Claims a key and allows the request to leave, for a create before which nothing else is done. Null as from `claim`. */
export async function claimSent(
  { audit, intents }: CreateRecords,
  intent: NewIntent,
  attempt: AuditAttempt,
): Promise<CreateIntent | null> {
  let sent: CreateIntent | null = null
  await audit
    .attempt(attempt, async (attemptSequence, transaction) => {
      sent = await intents.insert(intent, attemptSequence, transaction)
      if (sent === null) throw new ClaimLost()
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof ClaimLost)) throw thrown
    })
  return sent
}

/** Rolls the audit row back of a caller that did not win the claim. */
class ClaimLost extends Error {}

/**
 * Keeps a claimed create from being taken over while something else is done first.
 * @throws AppError `still_running`
 */
export async function hold({ intents }: CreateRecords, claimed: CreateIntent) {
  return await orStillRunning(intents.move(claimed, stayClaimed))
}

/**
 * Stores the id of the new container, by which the peering is looked up from then on.
 * @throws AppError `still_running`
 */
export async function bindContainer({ intents }: CreateRecords, claimed: CreateIntent, containerId: string) {
  return await orStillRunning(intents.move(claimed, stayClaimed, { body: { ...claimed.body, containerId } }))
}

/**
 * Allows the request to leave.
 * @throws AppError `still_running`; then the audit row is not written either
 */
export async function markSent(
  { audit, intents }: CreateRecords,
  claimed: CreateIntent,
  attempt: AuditAttempt,
) {
  let sent = claimed
  await audit.attempt(attempt, async (attemptSequence, transaction) => {
    sent = await orStillRunning(intents.move(claimed, stayClaimed, { attemptSequence }, transaction))
  })
  return sent
}

/** If this can't be written, the create is taken over later, with the same result. */
export async function abandon({ intents }: CreateRecords, claimed: CreateIntent, why: AppError) {
  await intents.move(claimed, becomeNotCreated, { problem: toProblem(why, "") }).catch(() => null)
}

/** @param savePeering stores the peering, in the same transaction */
export async function settleAnswered(
  records: CreateRecords,
  sent: CreateIntent,
  { id, raw }: Made,
  savePeering: SavePeering,
) {
  const result = { outcome: "done", answerCode: "201", peeringId: id, after: raw } as const
  return await settle(records, sent, answerSteps.done, { peeringId: id, problem: null }, result, savePeering)
}

/** The answer of Atlas or its lack decides: refused, failed, or lost. */
export async function settleFailed(records: CreateRecords, sent: CreateIntent, failure: AppError) {
  const result = toAuditResult(failure)
  return await settle(records, sent, answerSteps[result.outcome], { problem: toProblem(failure, "") }, result)
}

/** Of several processes, one gets it. Also renews the hold that this process has on it. */
export async function takeOver({ intents }: CreateRecords, intent: CreateIntent) {
  return await intents.move(intent, becomeUnknown)
}

/** Takes over those of some creates that no other process takes at the same moment. Several processes share a crowd of them without waiting. */
export async function takeOverAll({ intents }: CreateRecords, orphaned: readonly CreateIntent[]) {
  return await intents.moveFree(orphaned, becomeUnknown)
}

/** @param attempt audit row of the sending that made the peering, if that is an earlier one */
export async function settleFound(
  records: CreateRecords,
  intent: CreateIntent,
  { id, raw }: Made,
  why: string,
  attempt = intent.attemptSequence,
) {
  const result = { outcome: "done", answerCode: null, peeringId: id, after: raw, detail: { why } } as const
  const found = { ...intent, attemptSequence: attempt }
  return await settle(records, found, becomeCreated, { peeringId: id, problem: null }, result)
}

/** Atlas's list proves that nothing was made. */
export async function settleAbsent(records: CreateRecords, intent: CreateIntent) {
  const why = "The answer was lost, and Atlas's list shows that this request created nothing."
  const problem = toProblem(new AppError("outcome_unknown", { detail: why }), "")
  const result = { outcome: "failed", answerCode: null, after: null, detail: { why } } as const
  return await settle(records, intent, becomeNotCreated, { problem }, result)
}

/** @throws AppError `still_running` */
export async function claimAgain({ intents }: CreateRecords, intent: CreateIntent) {
  return await orStillRunning(intents.move(intent, becomeClaimed, { problem: null, attemptSequence: null }))
}

/** Moves the intent and completes the audit row of its attempt, or neither. Returns null if the step was not possible. */
async function settle(
  { audit, intents }: CreateRecords,
  intent: CreateIntent,
  step: CreateStep,
  changes: { peeringId?: string; problem: CreateIntent["problem"] },
  result: AuditResult,
  savePeering: SavePeering = () => Promise.resolve(),
): Promise<CreateIntent | null> {
  if (intent.attemptSequence === null) return await intents.move(intent, step, changes)
  let moved: CreateIntent | null = null
  await audit.complete(intent.attemptSequence, result, async (transaction) => {
    moved = await intents.move(intent, step, changes, transaction)
    await savePeering(transaction)
    return moved !== null || Object.values(answerSteps).includes(step)
  })
  return moved
}

async function orStillRunning(moving: Promise<CreateIntent | null>): Promise<CreateIntent> {
  const moved = await moving
  if (moved === null) throw toStillRunning()
  return moved
}

export function toStillRunning(): AppError {
  return new AppError("still_running", { detail: "Wait for its answer. It is sent once." })
}
