import type { AppError } from "#base/app-error.ts"
import type { AuditResult } from "./audit-events.ts"

/** Returns the audit result of a change that Atlas refused, that failed, or whose answer was lost. */
export function toAuditResult({ code, shown }: AppError): AuditResult & {
  outcome: "refused" | "failed" | "unknown"
} {
  const status = shown.atlas?.status
  const refused = status !== undefined && status >= 400 && status < 500
  return {
    outcome: code === "outcome_unknown" ? "unknown" : refused ? "refused" : "failed",
    answerCode: status === undefined ? null : `${status} ${shown.atlas?.errorCode ?? ""}`.trim(),
    after: null,
    detail: { why: shown.detail ?? shown.atlas?.detail ?? code },
  }
}
