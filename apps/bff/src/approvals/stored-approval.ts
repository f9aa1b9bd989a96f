import type { ApprovalNeed, ApprovalPlan, Problem, ProviderName } from "@peering-desk/shared-schemas"
import type { Insertable, Selectable } from "kysely"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { ApprovalTable } from "#store/approval-tables.ts"

/*
 *   waiting ──► approved ──► done or failed          a create, by the change with its key
 *      │            └─────► sending ──► done or failed   a change or a deletion, by the change of the same id
 *      └─────► declined or withdrawn
 *
 * A waiting request expires by itself. A change or deletion is moved to "sending" in the transaction of its audit row, so it leaves once;
 * a create is sent once by its intent.
 */
export type StoredState = "waiting" | "approved" | "sending" | "done" | "failed" | "declined" | "withdrawn"

/** The person who asked, as they were when they asked. */
interface ApprovalRequester {
  identity: Omit<Caller, "approval">
  /** What the identity provider said of them: their right is computed again before anything is sent. */
  claims: RoleClaims
  address: string | null
}

/** Times are milliseconds since 1970. */
export interface StoredApproval {
  id: string
  projectId: string
  /** Null for a change that concerns all clouds of the project. */
  providerName: ProviderName | null
  key: string
  plan: ApprovalPlan
  planHash: string
  networkBlocks: string[] | null
  peeredBlocks: string[] | null
  reason: string
  userKey: string
  requester: ApprovalRequester
  needs: ApprovalNeed
  state: StoredState
  createdAt: number
  expiresAt: number
  updatedAt: number
  decider: Identity | null
  decidedAt: number | null
  declineReason: string | null
  peeringId: string | null
  problem: Problem | null
}

export type NewApproval = Omit<
  StoredApproval,
  "state" | "createdAt" | "updatedAt" | "decider" | "decidedAt" | "declineReason" | "problem"
>

export type Changes = Partial<
  Pick<StoredApproval, "decider" | "decidedAt" | "declineReason" | "peeringId" | "problem">
>

/** Returns true for a request that nobody decided in time. */
export function isExpired({ state, expiresAt }: StoredApproval, now: number): boolean {
  return state === "waiting" && expiresAt <= now
}

export function toRow(approval: NewApproval, now: number): Insertable<ApprovalTable> {
  return {
    id: approval.id,
    project_id: approval.projectId,
    provider_name: approval.providerName,
    key: approval.key,
    plan: JSON.stringify(approval.plan),
    plan_hash: approval.planHash,
    network_blocks: approval.networkBlocks && JSON.stringify(approval.networkBlocks),
    peered_blocks: approval.peeredBlocks && JSON.stringify(approval.peeredBlocks),
    reason: approval.reason,
    user_key: approval.userKey,
    requester: JSON.stringify(approval.requester),
    needs: approval.needs,
    state: "waiting",
    created_at: now,
    expires_at: approval.expiresAt,
    updated_at: now,
    peering_id: approval.peeringId,
  }
}

export function toColumns({ decider, decidedAt, declineReason, peeringId, problem }: Changes) {
  return {
    ...(decider !== undefined && { decider: decider && JSON.stringify(decider) }),
    ...(decidedAt !== undefined && { decided_at: decidedAt }),
    ...(declineReason !== undefined && { decline_reason: declineReason }),
    ...(peeringId !== undefined && { peering_id: peeringId }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
  }
}

export function toApproval(row: Selectable<ApprovalTable>): StoredApproval {
  return {
    id: row.id,
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName | null,
    key: row.key,
    plan: JSON.parse(row.plan) as ApprovalPlan,
    planHash: row.plan_hash,
    networkBlocks: row.network_blocks === null ? null : (JSON.parse(row.network_blocks) as string[]),
    peeredBlocks: row.peered_blocks === null ? null : (JSON.parse(row.peered_blocks) as string[]),
    reason: row.reason,
    userKey: row.user_key,
    requester: JSON.parse(row.requester) as ApprovalRequester,
    needs: row.needs as ApprovalNeed,
    state: row.state as StoredState,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    updatedAt: row.updated_at,
    decider: row.decider === null ? null : (JSON.parse(row.decider) as Identity),
    decidedAt: row.decided_at,
    declineReason: row.decline_reason,
    peeringId: row.peering_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
  }
}
