import type { ApprovalAction, ApprovalPlan, ProviderName } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import type { Limiter } from "#base/limiter.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { Tables } from "#store/tables.ts"
import type { StoredChange } from "./stored-change.ts"

/** What Atlas shows of a change whose answer was lost. */
export type Finding<Result> =
  | { is: "done"; result: Result }
  /** The thing is as it was before. */
  | { is: "not-done" }
  /** The thing differs from what it was before, and from what the change makes of it. */
  | { is: "neither" }

/** The person in whose name a change is sent. */
export interface Sender {
  actor: Caller
  /** Network address of the person. */
  address: string | null
  reason: string | null
}

/** A change whose request may leave. */
export interface SentChange<Plan = unknown, Before = unknown> extends StoredChange<Plan, Before> {
  /** When it became so, on the real clock's `elapsed`. */
  sentAt: number
}

/** Returns the result that a refusal proves, as when an earlier request reached Atlas late. */
export type Explain<Plan, Result, Before> = (
  sent: SentChange<Plan, Before>,
  refusal: AppError,
) => Promise<Result | null>

/** What a kind may do before its request leaves. */
export interface Preparing {
  /** Sends a change that comes first. */
  run<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    thing: Pick<StoredChange<Plan>, "projectId" | "subject" | "plan">,
    by: Sender,
  ): Promise<Result>
}

/** What a change is about. */
type ChangedThing<Plan = unknown, Before = unknown> = Pick<
  StoredChange<Plan, Before>,
  "subject" | "plan" | "before"
>

/** One way to change something at Atlas. */
export interface ChangeKind<Plan = unknown, Result = unknown, Before = unknown> {
  readonly action: AuditAttempt["action"]
  /** True when the change counts as done although somebody else made the same one. */
  readonly isDoneByOthers?: boolean
  /** True when only administrators of the project may ask for it. */
  readonly isForAdministrators?: boolean
  /** Returns the actions of the policy that it consists of. */
  toActions(plan: Plan): ApprovalAction[]
  /** Returns the clouds that it concerns. */
  toClouds(plan: Plan): readonly ProviderName[]
  /** Returns what another person approves. */
  toShown(thing: ChangedThing<Plan, Before>): ApprovalPlan
  /** Returns the part of the plan that another person decides on; without it, all of it. */
  toDecided?(plan: Plan): unknown
  /**
   * Reads the thing as it is now.
   * @throws AppError when nothing is there that it could change
   */
  readBefore(
    change: Pick<StoredChange<Plan, Before | null>, "projectId" | "subject" | "plan" | "before">,
  ): Promise<Before>
  /** Returns what the audit log keeps of the attempt. */
  toAttempt(thing: ChangedThing<Plan, Before>): Pick<AuditAttempt, "peeringId" | "request" | "before">
  /** Does what comes before the request of a claimed change. Returns it as it is then. */
  prepare?(
    changes: Preparing,
    change: StoredChange<Plan, Before>,
    by: Sender,
  ): Promise<StoredChange<Plan, Before>>
  /**
   * Sends one request.
   * @throws AppError why it was not done; `outcome_unknown` when it may have been done
   */
  send(change: StoredChange<Plan, Before>): Promise<{ value: Result; answerCode: string | null }>
  /**
   * Asks Atlas now. Returns null when Atlas does not answer, or when it can't be told yet which change it shows.
   * @throws AppError then as well
   */
  findOut(change: StoredChange<Plan, Before>): Promise<Finding<Result> | null>
  /** Adds to a refusal or failure what the person should know. */
  explain?(change: StoredChange<Plan, Before>, failure: AppError): Promise<AppError>
  /** Returns the changed thing as the audit log stores it. */
  toAfter(result: Result): unknown
  /** Returns the id of the connection that the change made. */
  toPeeringId?(result: Result): string
  /**
   * Stores what Atlas answered, or what a look found, in the step that settles the change. Returns true when that disproves that another
   * create made the connection.
   */
  store?(
    transaction: Transaction<Tables>,
    change: StoredChange<Plan, Before>,
    result: Result,
  ): Promise<boolean>
  /** Called after each request, also a failed one. */
  noteChanged?(projectId: string): void
  /** Lets one change after another pass in a project, where Atlas requires that. */
  inTurn?(projectId: string): Limiter
}

/** Returns what settles a change as done. */
export function toDone<Plan, Result, Before>(
  kind: ChangeKind<Plan, Result, Before>,
  change: StoredChange<Plan, Before>,
  result: Result,
) {
  return {
    after: kind.toAfter(result),
    peeringId: kind.toPeeringId?.(result),
    writeWith: async (transaction: Transaction<Tables>) =>
      (await kind.store?.(transaction, change, result)) ?? false,
  }
}

/** Returns the audit row of a change, without which nothing is sent. */
export function toAttempt<Plan, Result, Before>(
  kind: ChangeKind<Plan, Result, Before>,
  change: Pick<StoredChange<Plan, Before>, "projectId" | "subject" | "plan" | "before">,
  { actor, address, reason }: Sender,
) {
  return {
    action: kind.action,
    projectId: change.projectId,
    actor,
    address,
    reason,
    ...kind.toAttempt(change),
  }
}

/** An error of the database, or one we did not foresee, proves nothing about what Atlas did. It may come after Atlas's answer. */
export function toRefusal(thrown: unknown): AppError {
  const refusal = toAppError(thrown, "outcome_unknown")
  return refusal.code === "store_unavailable" ? new AppError("outcome_unknown", { cause: thrown }) : refusal
}
