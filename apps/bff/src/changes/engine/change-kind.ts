import type { Transaction } from "kysely"
import type { AuditAttempt } from "#audit/audit-events.ts"
import type { Tables } from "#store/tables.ts"
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
   * Asks Atlas now. Returns null when Atlas does not answer, or when it can't be told yet which change it shows.
   * @throws AppError then as well
   */
  findOut(change: StoredChange<Plan>): Promise<Finding<Result> | null>
  /** Returns the changed thing as the audit log stores it. */
  toAfter(result: Result): unknown
  /** Returns the id of the connection that the change made. */
  toPeeringId?(result: Result): string
  /** Stores what Atlas answered, or what a look found, in the step that settles the change. */
  store?(transaction: Transaction<Tables>, change: StoredChange<Plan>, result: Result): Promise<void>
}

/** Returns what settles a change as done. */
export function toDone<Plan, Result>(
  kind: ChangeKind<Plan, Result>,
  change: StoredChange<Plan>,
  result: Result,
) {
  return {
    after: kind.toAfter(result),
    peeringId: kind.toPeeringId?.(result),
    writeWith: async (transaction: Transaction<Tables>) => await kind.store?.(transaction, change, result),
  }
}
