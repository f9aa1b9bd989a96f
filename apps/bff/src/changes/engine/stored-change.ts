import type { Problem } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import type { AuditAttempt } from "#audit/audit-events.ts"
import type { ChangeTable } from "#store/change-tables.ts"

/** The values of the column `change.state`. `change-states.ts` explains them. */
export type ChangeState = "sent" | "unknown" | "done" | "refused" | "failed" | "unclear"

/** A change as it is stored. Times are milliseconds since 1970. */
export interface StoredChange<Plan = unknown> {
  id: string
  kind: AuditAttempt["action"]
  projectId: string
  /** The thing that it changes, unique in its project and kind. */
  subject: string
  plan: Plan
  /** The thing before, as Atlas answered. */
  before: unknown
  state: ChangeState
  attemptSequence: number
  /** Why it was refused or failed, or why its outcome is not known. */
  problem: Problem | null
  createdAt: number
}

/** A change whose outcome is open. */
export interface OpenChange extends StoredChange {
  /** The process that sent it has ended. */
  isProcessGone: boolean
}

export type NewChange = Pick<StoredChange, "id" | "kind" | "projectId" | "subject" | "plan" | "before">

export function toStoredChange(row: Selectable<ChangeTable>): StoredChange {
  return {
    id: row.id,
    kind: row.kind as StoredChange["kind"],
    projectId: row.project_id,
    subject: row.subject,
    plan: JSON.parse(row.plan) as unknown,
    before: JSON.parse(row.before) as unknown,
    state: row.state as ChangeState,
    attemptSequence: row.attempt_sequence,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    createdAt: row.created_at,
  }
}
