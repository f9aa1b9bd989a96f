import type { AuditAttempt } from "#audit/audit-events.ts"
import type { StoredChange } from "./stored-change.ts"

/** What Atlas shows of a change whose answer was lost. */
export type Finding<Result> =
  | { is: "done"; result: Result }
  /** The thing is as it was before. */
  | { is: "not-done" }
  /** The thing differs from what it was before, and from what the change makes of it. */
  | { is: "neither" }

/** One way to change something at Atlas. */
export interface ChangeKind<Plan = unknown, Result = unknown> {
  readonly action: AuditAttempt["action"]
  /** True when the change counts as done although somebody else made the same one. */
  readonly isDoneByOthers?: boolean
  /**
   * Sends one request.
   * @throws AppError why it was not done; `outcome_unknown` when it may have been done
   */
  send(change: StoredChange<Plan>): Promise<{ value: Result; answerCode: string | null }>
  /**
   * Asks Atlas now. Returns null when Atlas does not answer.
   * @throws AppError then as well
   */
  findOut(change: StoredChange<Plan>): Promise<Finding<Result> | null>
  /** Returns the changed thing as the audit log stores it. */
  toAfter(result: Result): unknown
}
