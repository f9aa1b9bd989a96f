import type { Problem } from "@peering-desk/shared-schemas"
import type { Selectable } from "kysely"
import type { AuditAttempt } from "#audit/audit-events.ts"
import type { ChangeTable } from "#store/change-tables.ts"

/** The values of the column `change.state`. `change-states.ts` explains them. */
export type ChangeState = "ready" | "sent" | "unknown" | "done" | "refused" | "failed" | "unclear"

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
  /** Number of the audit row of the attempt, written before the request is sent; null before. */
  attemptSequence: number | null
  /** The connection that a create made. */
  peeringId: string | null
  /** Why it was refused or failed, or why its outcome is not known. */
  problem: Problem | null
  createdAt: number
  updatedAt: number
}

/** A change whose outcome is open. */
export interface OpenChange extends StoredChange {
  /** The process that sent it has ended. */
  isProcessGone: boolean
}

export type NewChange<Plan = unknown> = Pick<
  StoredChange<Plan>,
  "id" | "kind" | "projectId" | "subject" | "plan" | "before"
>

/** Returns whether pages show a change while its outcome is open, or when it turned out that it changed nothing. */
export function isShown({ kind }: Pick<StoredChange, "kind">): boolean {
  return kind === "peering-create"
}

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
    peeringId: row.peering_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
