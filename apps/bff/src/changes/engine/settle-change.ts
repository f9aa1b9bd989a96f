import type { Transaction } from "kysely"
import type { AuditOutcome } from "@peering-desk/shared-schemas"
import type { AuditResult } from "#audit/audit-events.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import { step } from "#store/step.ts"
import type { Tables } from "#store/tables.ts"
import type { Move } from "./change-rows.ts"
import type { ChangeRecords } from "./change-states.ts"
import { failOthers } from "./fail-others.ts"
import type { StoredChange } from "./stored-change.ts"

/* The second half of the steps in the table of `change-states.ts`: what became of a change that was sent. */

const notDone = ["sent", "unknown", "failed", "unclear"] as const
const answerSteps: Record<Exclude<AuditOutcome, "unclear">, Move> = {
  done: { from: notDone, to: "done" },
  refused: { from: notDone, to: "refused" },
  failed: { from: ["sent", "unknown", "unclear"], to: "failed" },
  unknown: { from: ["sent"], to: "unknown" },
}

/** What Atlas answered, or what a look found. */
interface Done extends Pick<AuditResult, "after" | "peeringId"> {
  writeWith?: StoreResult
}

/** Writes more in the transaction of the step. Returns true when that disproves that another create made the connection. */
type StoreResult = (transaction: Transaction<Tables>) => Promise<boolean>

export async function settleAnswered(
  records: ChangeRecords,
  change: StoredChange,
  { answerCode, writeWith, ...made }: Done & Pick<AuditResult, "answerCode">,
): Promise<boolean> {
  const result = { outcome: "done", answerCode, ...made } as const
  return await settle(records, change, answerSteps.done, result, { writeWith })
}

/** The answer of Atlas or its lack decides: refused, failed, or lost. */
export async function settleFailed(
  records: ChangeRecords,
  change: StoredChange,
  failure: AppError,
): Promise<boolean> {
  const result = toAuditResult(failure)
  return await settle(records, change, answerSteps[result.outcome], result, { failure })
}

/** Marks the changes whose sender ended before it wrote an outcome. Returns the marked ones. */
export async function markUnknown(
  { store, changeRows }: ChangeRecords,
  changes: readonly StoredChange[],
): Promise<StoredChange[]> {
  if (changes.length === 0) return []
  const unknown = new AppError("outcome_unknown", {
    detail: "The server stopped before the answer was written.",
  })
  const unsent = new AppError("outcome_unknown", {
    detail: "The server stopped before it sent this, so it changed nothing.",
  })
  return await step(store, async ({ transaction }) => {
    if (!(await changeRows.isLeader(transaction))) return []
    const marked: StoredChange[] = []
    for (const change of changes) {
      const isSent = change.attemptSequence !== null
      const moved = await changeRows.move(
        transaction,
        change,
        isSent ? { from: ["sent"], to: "unknown" } : { from: ["ready"], to: "failed" },
        { problem: toProblem(isSent ? unknown : unsent, "") },
      )
      if (moved !== null) marked.push(moved)
    }
    return marked
  })
}

/** @param how says how it was found, and which attempt made it, if that is an earlier one */
export async function settleFound(
  records: ChangeRecords,
  change: StoredChange,
  { writeWith, ...made }: Done,
  { why = "The answer was lost. A lookup found the change done.", attempt }: HowFound = {},
): Promise<boolean> {
  const found = { from: ["ready", ...notDone], to: "done", ifUnclaimed: true, ifSameAttempt: true } as const
  const result = { outcome: "done", answerCode: null, ...made, detail: { why } } as const
  return await settle(records, change, found, result, { writeWith, attempt })
}

export interface HowFound {
  why?: string
  /** Number of the audit row of the attempt. */
  attempt?: number | null
}

const guesses = {
  failed: "The answer was lost, and Atlas shows that this request changed nothing.",
  unclear: "The answer was lost, and another change came before Atlas could show the result.",
}

/** Settles a change by what Atlas's lists show, or can no longer show. */
export async function settleGuess(
  records: ChangeRecords,
  change: StoredChange,
  to: keyof typeof guesses,
): Promise<boolean> {
  const why = guesses[to]
  const result = { outcome: to, answerCode: null, after: null, detail: { why } } as const
  const failure = new AppError("outcome_unknown", { detail: why })
  const move = { from: ["unknown"], to, ifSameAttempt: true } as const
  return await settle(records, change, move, result, { failure, isGuess: true })
}

/**
 * Moves the change and completes the audit row of its attempt, or neither. Only Atlas's own answer is always written. Returns false if it
 * was not possible.
 */
async function settle(
  { audit, changeRows }: ChangeRecords,
  change: StoredChange,
  move: Move,
  result: AuditResult,
  {
    failure = null,
    isGuess = false,
    attempt = change.attemptSequence,
    writeWith = () => Promise.resolve(false),
  }: {
    failure?: AppError | null
    isGuess?: boolean
    attempt?: number | null | undefined
    writeWith?: StoreResult | undefined
  },
): Promise<boolean> {
  if (attempt === null) throw new Error(`Change ${change.id} was not sent`)
  const problem = failure && toProblem(failure, "")
  let isMoved = false
  await audit.completeEach(async (transaction) => {
    isMoved = false
    if (isGuess && !(await changeRows.isLeader(transaction))) return []
    const changed = { problem, peeringId: result.peeringId }
    isMoved = (await changeRows.move(transaction, change, move, changed)) !== null
    // That an answer was lost says nothing once there is an outcome.
    const isAnswer = move !== answerSteps.unknown && Object.values(answerSteps).includes(move)
    if (!isMoved && !isAnswer) return []
    const disproves = isMoved && (await writeWith(transaction))
    const disproved = disproves ? await failOthers(changeRows, transaction, change, result.peeringId) : []
    return [{ attemptSequence: attempt, result }, ...disproved]
  })
  return isMoved
}
