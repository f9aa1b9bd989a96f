import type { AuditResult } from "#audit/audit-events.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { toAppError, type AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { CreateSettlement } from "./create-intents.ts"

const stateOf = {
  unknown: "unknown",
  refused: "refused",
  failed: "not-created",
  done: "not-created",
} as const

/** What the audit trail and the intent keep of a create that did not end with a connection. */
export function toFailedResult(failure: AppError): { result: AuditResult; settlement: CreateSettlement } {
  const result = toAuditResult(failure)
  return { result, settlement: { state: stateOf[result.outcome], problem: toProblem(failure, "") } }
}

/** Anything thrown while a create may be on its way. What we did not foresee proves nothing about it. */
export function toCreateFailure(thrown: unknown): AppError {
  return toAppError(thrown, "outcome_unknown")
}
