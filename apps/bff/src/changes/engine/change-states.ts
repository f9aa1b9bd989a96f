import type { AuditOutcome } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { AuditAttempt, AuditResult } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import type { ChangeRows } from "./change-rows.ts"
import type { ChangeState, NewChange, StoredChange } from "./stored-change.ts"

/*
 * The states of a change at Atlas and every step between them:
 *
 *   sent ──► done, refused or failed
 *     └────► unknown ──► done, failed or unclear
 *
 *   from                            step            to                          by                       writes
 *   (none)                          markSent        sent                        sender                   change + attempt
 *   sent, unknown, failed, unclear  settleAnswered  done                        Atlas's answer           change + outcome
 *   sent, unknown, failed, unclear  settleFailed    refused                     Atlas's answer           change + outcome
 *   sent, unknown, unclear          settleFailed    failed                      Atlas was not reached    change + outcome
 *   sent                            settleFailed    unknown                     a lost answer            change + outcome
 *   sent                            markUnknown     unknown                     leader: the sender ended change
 *   sent, unknown, failed, unclear  settleFound     done                        a look at Atlas          change + outcome
 *   unknown                         settleAbsent    failed                      leader: Atlas's lists    change + outcome
 *   unknown                         settleUnclear   unclear                     leader: Atlas's lists    change + outcome
 *
 * "attempt" and "outcome" are audit rows, written in the same transaction as the change. A change is `sent` before its first byte leaves:
 * from then on it may be at Atlas. `refused`: Atlas said no. `failed`: it changed nothing. `unclear`: nobody can prove whether it did, as
 * an edit that was overwritten before a list showed it. Atlas's own answer beats a guess, also a finished one. Guesses are written by the
 * leader alone.
 */

export interface ChangeRecords {
  store: Store
  audit: AuditLog
  changeRows: ChangeRows
}

/** Writes more in the transaction of the attempt. */
export type WriteWith = (transaction: Transaction<Tables>) => Promise<void>

const notDone = ["sent", "unknown", "failed", "unclear"] as const
const answerSteps: Record<
  Exclude<AuditOutcome, "unclear">,
  { from: readonly ChangeState[]; to: ChangeState }
> = {
  done: { from: notDone, to: "done" },
  refused: { from: notDone, to: "refused" },
  failed: { from: ["sent", "unknown", "unclear"], to: "failed" },
  unknown: { from: ["sent"], to: "unknown" },
}

/** Stores a change and allows its request to leave. If this rejects, nothing may be sent. */
export async function markSent(
  { audit, changeRows }: ChangeRecords,
  change: NewChange,
  attempt: AuditAttempt,
  writeWith: WriteWith,
): Promise<StoredChange> {
  const stored: StoredChange[] = []
  await audit.attempt(attempt, async (attemptSequence, transaction) => {
    await writeWith(transaction)
    stored.push(await changeRows.insert(change, attemptSequence, transaction))
  })
  // A step whose commit was refused runs once more.
  const sent = stored.at(-1)
  if (sent === undefined) throw new Error("An attempt was written without its change")
  return sent
}

export async function settleAnswered(
  records: ChangeRecords,
  change: StoredChange,
  { answerCode, after }: Pick<AuditResult, "answerCode" | "after">,
): Promise<boolean> {
  return await settle(records, change, answerSteps.done, { outcome: "done", answerCode, after })
}

/** The answer of Atlas or its lack decides: refused, failed, or lost. */
export async function settleFailed(
  records: ChangeRecords,
  change: StoredChange,
  failure: AppError,
): Promise<boolean> {
  const result = toAuditResult(failure)
  return await settle(records, change, answerSteps[result.outcome], result, failure)
}

/** Marks the changes whose sender ended before it wrote an outcome. Returns those that were. */
export async function markUnknown(
  { store, changeRows }: ChangeRecords,
  changes: readonly StoredChange[],
): Promise<StoredChange[]> {
  if (changes.length === 0) return []
  const problem = new AppError("outcome_unknown", {
    detail: "The server stopped before the answer was written.",
  })
  return await step(store, async ({ transaction }) => {
    if (!(await changeRows.isLeader(transaction))) return []
    const marked: StoredChange[] = []
    const move = { from: ["sent"], to: "unknown" } as const
    for (const change of changes)
      if (await changeRows.move(change, move, toProblem(problem, ""), transaction))
        marked.push({ ...change, state: "unknown" })
    return marked
  })
}

export async function settleFound(
  records: ChangeRecords,
  change: StoredChange,
  after: unknown,
): Promise<boolean> {
  const detail = { why: "The answer was lost. A lookup found the change done." }
  return await settle(records, change, answerSteps.done, { outcome: "done", answerCode: null, after, detail })
}

export async function settleAbsent(records: ChangeRecords, change: StoredChange): Promise<boolean> {
  const why = "The answer was lost, and Atlas shows that this request changed nothing."
  return await settleGuess(records, change, "failed", why)
}

export async function settleUnclear(records: ChangeRecords, change: StoredChange): Promise<boolean> {
  const why = "The answer was lost, and another change came before Atlas could show the result."
  return await settleGuess(records, change, "unclear", why)
}

async function settleGuess(
  records: ChangeRecords,
  change: StoredChange,
  to: "failed" | "unclear",
  why: string,
) {
  const result = { outcome: to, answerCode: null, after: null, detail: { why } } as const
  const failure = new AppError("outcome_unknown", { detail: why })
  return await settle(records, change, { from: ["unknown"], to }, result, failure, true)
}

/** Moves the change and completes the audit row of its attempt, or neither. Returns false if the step was not possible. */
async function settle(
  { audit, changeRows }: ChangeRecords,
  change: StoredChange,
  move: { from: readonly ChangeState[]; to: ChangeState },
  result: AuditResult,
  failure: AppError | null = null,
  isGuess = false,
): Promise<boolean> {
  return await audit.complete(change.attemptSequence, result, async (transaction) => {
    if (isGuess && !(await changeRows.isLeader(transaction))) return false
    return await changeRows.move(change, move, failure && toProblem(failure, ""), transaction)
  })
}
