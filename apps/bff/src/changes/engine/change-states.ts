import type { Transaction } from "kysely"
import type { AuditAttempt, AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toProblem } from "#http/problem-writer.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { ChangeRows, Move } from "./change-rows.ts"
import type { LookUpTiming } from "./look-up-timing.ts"
import { refuseManaged } from "./managed-elsewhere.ts"
import { refuseSecond, refuseSecondRequest } from "./one-open-change.ts"
import type { Changed, Held, HeldChange, NewChange, NewHeldChange, StoredChange } from "./stored-change.ts"

/*
 * The states of a change at Atlas and every step between them:
 *
 *   waiting ──► ready ──► sent ──► done, refused or failed
 *     │           └─► failed └───► unknown ──► done, failed or unclear
 *     └─► declined, withdrawn or expired
 *
 *   from                            step            to                          by                       writes
 *   (none)                          ask             waiting                     requester: the policy    change + event
 *   waiting                         decide          ready, declined             another person           change + event
 *   waiting                         decide          withdrawn                   requester                change + event
 *   waiting                         (none)          expired                     its time is over         nothing: it reads so
 *   (none)                          claim           ready                       sender: the key is new   change
 *   (none)                          claimSent       sent                        sender: the key is new   change + attempt
 *   ready                           hold            ready                       sender                   change
 *   ready                           markSent        sent                        sender                   change + attempt
 *   ready                           abandon         failed                      sender, or it ended      change
 *   refused, failed                 claimAgain      ready                       sender                   change
 *   sent, unknown, failed, unclear  settleAnswered  done                        Atlas's answer           change + outcome
 *   sent, unknown, failed, unclear  settleFailed    refused                     Atlas's answer           change + outcome
 *   sent, unknown, unclear          settleFailed    failed                      Atlas was not reached    change + outcome
 *   sent                            settleFailed    unknown                     a lost answer            change + outcome
 *   sent                            markUnknown     unknown                     leader: the sender ended change
 *   ready, sent, unknown, failed,   settleFound     done                        a look at Atlas          change + outcome
 *     unclear
 *   unknown                         settleGuess     failed                      leader: Atlas's lists    change + outcome
 *   unknown                         settleGuess     unclear                     leader: Atlas's lists    change + outcome
 *   done by a look                  settleAnswered  failed                      Atlas's answer to the    change + outcome
 *                                     of another                                other create
 *
 * "event", "attempt" and "outcome" are audit rows, written in the same transaction as the change; so is what the change made. A change
 * is `sent` before its first byte leaves: from then on it may be at Atlas. `waiting`: another person has to approve it. `ready`: it was
 * approved, or its key is taken, and something else is done first. When the sender ends, the leader sends an approved one and gives up
 * any other. `refused`: Atlas said no. `failed`: it changed nothing. `unclear`: nobody can prove whether it did, as an edit that was
 * overwritten before a list showed it. Atlas's own answer beats a guess, also a finished one. Guesses are written by the leader alone.
 * A change of a connection does not become `sent` while another one is (`one-open-change.ts`).
 */

export interface ChangeRecords {
  store: Store
  audit: AuditLog
  changeRows: ChangeRows
}

export interface ChangesDeps extends ChangeRecords {
  timing: LookUpTiming
  clock: Clock
  /** This machine's clock, where a demo simulates the other one. */
  realClock: Clock
  logger: Logger
}

/** Writes more in the transaction of a step. */
export type WriteWith = (transaction: Transaction<Tables>) => Promise<void>

/**
 * Stores a change that another person has to approve.
 * @returns the one of the same person with the same plan that waits already; null when the key of a create was used before
 * @throws AppError `change_open`
 */
export async function ask(
  { audit, changeRows, store }: ChangeRecords,
  change: NewHeldChange,
  event: AuditEvent,
  writeWith: WriteWith,
): Promise<StoredChange | null> {
  let stored: StoredChange | null = null
  await audit.recordChange(event, async (transaction) => {
    stored = await changeRows.findSame(change, transaction)
    if (stored !== null) return false
    await refuseSecondRequest(transaction, change, store.clock.now())
    stored = await changeRows.insert(transaction, change, "waiting")
    if (stored !== null) await writeWith(transaction)
    return stored !== null
  })
  return stored
}

/** Decides a waiting change. Returns null if it no longer waits. */
export async function decide(
  { audit, changeRows }: ChangeRecords,
  change: HeldChange,
  to: "ready" | "declined" | "withdrawn",
  decision: NonNullable<Held["decision"]>,
  event: AuditEvent,
): Promise<StoredChange | null> {
  const held = { ...change.held, decision }
  return await audit.recordChange(event, (transaction) =>
    changeRows.move(transaction, change, { from: ["waiting"], to }, { held }),
  )
}

/** Takes an id for a change before which something else is done. Returns null when it is taken. */
export async function claim<Plan, Before>(
  { store, changeRows }: ChangeRecords,
  change: NewChange<Plan, Before>,
): Promise<StoredChange<Plan, Before> | null> {
  return await step(store, ({ transaction }) => changeRows.insert(transaction, change, "ready"))
}

/**
 * Stores a change and allows its request to leave. If this rejects, nothing may be sent.
 * @param onLocked called once no other step can come before
 * @returns null when its key is taken; then nothing is written
 * @throws AppError `change_open` or `managed_elsewhere`
 */
export async function claimSent<Plan, Before>(
  { audit, changeRows }: ChangeRecords,
  change: NewChange<Plan, Before>,
  attempt: AuditAttempt,
  onLocked = () => {},
): Promise<StoredChange<Plan, Before> | null> {
  let sent: StoredChange<Plan, Before> | null = null
  await audit
    .attempt(attempt, async (attemptSequence, transaction) => {
      onLocked()
      await refuseSecond(transaction, change)
      await refuseManaged(transaction, change)
      sent = await changeRows.insert(transaction, change, { sentBy: attemptSequence })
      if (sent === null) throw new IdTaken()
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof IdTaken)) throw thrown
    })
  return sent
}

/** Rolls the audit row back of a sender whose id is taken. */
class IdTaken extends Error {}

/**
 * Keeps a claimed change from being given up while something else is done first.
 * @param changed what is known by now of the thing before
 * @throws AppError `still_running`
 */
export async function hold<Plan, Before>(
  records: ChangeRecords,
  claimed: StoredChange<Plan, Before>,
  changed: { before?: Before } = {},
) {
  return await orStillRunning(move(records, claimed, { from: ["ready"], to: "ready" }, changed))
}

/**
 * Allows the request of a claimed change to leave.
 * @throws AppError `still_running`, `change_open` or `managed_elsewhere`; then the audit row is not written either
 */
export async function markSent<Plan, Before>(
  { audit, changeRows }: ChangeRecords,
  claimed: StoredChange<Plan, Before>,
  attempt: AuditAttempt,
): Promise<StoredChange<Plan, Before>> {
  let sent = claimed
  await audit.attempt(attempt, async (attemptSequence, transaction) => {
    await refuseSecond(transaction, claimed)
    await refuseManaged(transaction, claimed)
    const leave = { from: ["ready"], to: "sent" } as const
    const changed = { attemptSequence, before: claimed.before }
    sent = await orStillRunning(changeRows.move(transaction, claimed, leave, changed))
  })
  return sent
}

/** Gives a claimed change up. */
export async function abandon(records: ChangeRecords, claimed: StoredChange, why: AppError) {
  return await move(records, claimed, { from: ["ready"], to: "failed" }, { problem: toProblem(why, "") })
}

/** @throws AppError `still_running` */
export async function claimAgain<Plan, Before>(records: ChangeRecords, change: StoredChange<Plan, Before>) {
  const changed = { problem: null, attemptSequence: null }
  return await orStillRunning(move(records, change, { from: ["refused", "failed"], to: "ready" }, changed))
}

async function move<Plan, Before>(
  { store, changeRows }: ChangeRecords,
  change: StoredChange<Plan, Before>,
  how: Move,
  changed: Changed,
) {
  return await step(store, ({ transaction }) => changeRows.move(transaction, change, how, changed))
}

async function orStillRunning<T>(moving: Promise<T | null>): Promise<T> {
  const moved = await moving
  if (moved === null) throw toStillRunning()
  return moved
}

export function toStillRunning(): AppError {
  return new AppError("still_running", { detail: "Wait for its answer. It is sent once." })
}
