import type { AppError } from "#base/app-error.ts"
import type { AuditResult } from "./audit-events.ts"

/** Returns the audit result of a change that Atlas refused, that failed, or whose answer was lost. */
export function toAuditResult({ code, shown }: AppError): AuditResult & {
  outcome: "refused" | "failed" | "unknown"
} {
  const { atlas } = shown
  const refused = atlas !== undefined && atlas.status >= 400 && atlas.status < 500
  return {
    outcome: code === "outcome_unknown" ? "unknown" : refused ? "refused" : "failed",
    answerCode: atlas === undefined ? null : `${atlas.status} ${atlas.errorCode ?? ""}`.trim(),
    after: null,
    detail: { why: shown.detail ?? atlas?.detail ?? code },
  }
}
