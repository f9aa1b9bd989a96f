import { hash, randomBytes } from "node:crypto"
import type { ApprovalNeed, Problem } from "@peering-desk/shared-schemas"
import type { Insertable, Selectable } from "kysely"
import type { AuditAttempt } from "#audit/audit-events.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { ChangeTable } from "#store/change-tables.ts"
import type { Absence } from "./absence.ts"

/** `change-states.ts` explains them. `expired` is not stored: a waiting change reads so once its time is over. */
export type ChangeState =
  | "waiting"
  | "ready"
  | "sent"
  | "unknown"
  | "done"
  | "refused"
  | "failed"
  | "unclear"
  | "declined"
  | "withdrawn"
  | "expired"

/** What a policy held for another person. */
export interface Held {
  /** SHA-256 of what they decide on. `plan-hash.ts` says of what. */
  planHash: string
  /** When it ends by itself if nobody decides. */
  expiresAt: number
  reason: string
  /** The person who asked, as they were then. Their right is computed again before anything is sent. */
  requester: { identity: Omit<Caller, "approval">; claims: RoleClaims; address: string | null }
  /** The least role of the person who decides. */
  needs: ApprovalNeed
  /** Who approved, declined or withdrew it; null while it waits. */
  decision: { by: Identity; at: number; reason: string | null } | null
}

/** A change as it is stored. Times are milliseconds since 1970. */
export interface StoredChange<Plan = unknown, Before = unknown> {
  id: string
  kind: AuditAttempt["action"]
  projectId: string
  /** The thing that it changes, unique in its project and kind; of a create the Idempotency-Key. */
  subject: string
  plan: Plan
  /** The thing before, as Atlas answered. */
  before: Before
  state: ChangeState
  /** Number of the audit row of the attempt, written before the request is sent; null before. */
  attemptSequence: number | null
  /** The connection that a create made. */
  peeringId: string | null
  /** Why it was refused or failed, or why its outcome is not known. */
  problem: Problem | null
  /** Of the person who wants it. */
  userKey: string
  /** Null for a change that nobody had to approve. */
  held: Held | null
  createdAt: number
  updatedAt: number
}

export interface HeldChange<Plan = unknown, Before = unknown> extends StoredChange<Plan, Before> {
  held: Held
}

export function isHeld(change: StoredChange): change is HeldChange {
  return change.held !== null
}

/** A change whose outcome is open. */
export interface OpenChange extends StoredChange {
  /** The process that sent it has ended. */
  isProcessGone: boolean
  /** What leaders have counted so far; null for nothing. */
  absence: Absence | null
}

export type NewChange<Plan = unknown, Before = unknown> = Pick<
  StoredChange<Plan, Before>,
  "id" | "kind" | "projectId" | "subject" | "plan" | "before" | "userKey" | "held"
>

export interface NewHeldChange extends NewChange {
  held: Held
}

/** Returns the id of a new change. A create has that of its Idempotency-Key, which counts in its project alone. */
export function toChangeId({
  kind,
  projectId,
  subject,
}: Pick<StoredChange, "kind" | "projectId" | "subject">) {
  const id = kind === "peering-create" ? hash("sha256", `${projectId} ${subject}`, "buffer") : randomBytes(12)
  return id.subarray(0, 12).toString("base64url")
}

/** What a move changes. A value that is undefined stays as it is. */
export type Changed = {
  [Name in "before" | "attemptSequence" | "peeringId" | "problem" | "held"]?: StoredChange[Name] | undefined
}

/** The columns of a change that are known, as they are stored. */
export function toColumns(change: Partial<StoredChange>): Partial<Insertable<ChangeTable>> {
  const { plan, before, attemptSequence, peeringId, problem, held } = change
  return {
    ...(plan !== undefined && { plan: JSON.stringify(plan) }),
    ...(before !== undefined && { before: JSON.stringify(before) }),
    ...(attemptSequence !== undefined && { attempt_sequence: attemptSequence }),
    ...(peeringId !== undefined && { peering_id: peeringId }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
    ...(held !== undefined && toHeldColumns(held)),
  }
}

function toHeldColumns(held: Held | null) {
  if (held === null) return { held: null, plan_hash: null, expires_at: null }
  const { planHash, expiresAt, ...more } = held
  return { held: JSON.stringify(more), plan_hash: planHash, expires_at: expiresAt }
}

export function toStoredChange(row: Selectable<ChangeTable>, now: number): StoredChange {
  const isOver = row.state === "waiting" && row.expires_at !== null && row.expires_at <= now
  return {
    id: row.id,
    kind: row.kind as StoredChange["kind"],
    projectId: row.project_id,
    subject: row.subject,
    plan: JSON.parse(row.plan) as unknown,
    before: JSON.parse(row.before) as unknown,
    state: isOver ? "expired" : (row.state as ChangeState),
    attemptSequence: row.attempt_sequence,
    peeringId: row.peering_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    userKey: row.user_key,
    held: readHeld(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** @param row with whether the process that sends it lives */
export function toOpenChange(
  row: Selectable<ChangeTable> & { is_process_alive?: unknown },
  now: number,
): OpenChange {
  const absence = row.absence === null ? null : (JSON.parse(row.absence) as Absence)
  return { ...toStoredChange(row, now), isProcessGone: row.is_process_alive !== true, absence }
}

function readHeld({
  held,
  plan_hash: planHash,
  expires_at: expiresAt,
}: Selectable<ChangeTable>): Held | null {
  if (held === null || planHash === null || expiresAt === null) return null
  return { ...(JSON.parse(held) as Omit<Held, "planHash" | "expiresAt">), planHash, expiresAt }
}
