import type { AuditResult } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { CreateSettlement } from "#store/create-intents.ts"

/** What the audit trail and the intent keep of a create that did not end with a connection. */
export function toFailedResult(failure: AppError): { result: AuditResult; settlement: CreateSettlement } {
  const { code, shown } = failure
  const status = shown.atlas?.status
  const problem = toProblem(failure, "")
  const result = {
    answerCode: status === undefined ? null : `${status} ${shown.atlas?.errorCode ?? ""}`.trim(),
    after: null,
    detail: { why: shown.detail ?? shown.atlas?.detail ?? code },
  }
  if (code === "outcome_unknown")
    return { result: { ...result, outcome: "unknown" }, settlement: { state: "unknown", problem } }
  if (status !== undefined && status >= 400 && status < 500)
    return { result: { ...result, outcome: "refused" }, settlement: { state: "refused", problem } }
  return { result: { ...result, outcome: "failed" }, settlement: { state: "not-created", problem } }
}

/** Anything thrown while a create may be on its way. What we did not foresee proves nothing about it. */
export function toCreateFailure(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError("outcome_unknown", { cause: thrown })
}
