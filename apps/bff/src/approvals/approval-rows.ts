import type { ApprovalNeed, ApprovalPlan, Problem, ProviderName } from "@peering-desk/shared-schemas"
import type { Insertable, Kysely, Selectable } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Identity } from "#sign-in/provider/identity.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { ApprovalTable } from "#store/approval-tables.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"

/*
 *   waiting ──► approved ──► done or failed          a create, by its intent
 *      │            └─────► sending ──► done or failed   a change or a deletion
 *      └─────► declined or withdrawn
 *
 * A waiting request expires by itself. A change or deletion is moved to "sending" in the transaction of its audit row, so it leaves once;
 * a create is sent once by its intent.
 */
type StoredState = "waiting" | "approved" | "sending" | "done" | "failed" | "declined" | "withdrawn"

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
  providerName: ProviderName
  key: string
  plan: ApprovalPlan
  planHash: string
  networkBlocks: string[] | null
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

type Changes = Partial<
  Pick<StoredApproval, "decider" | "decidedAt" | "declineReason" | "peeringId" | "problem">
>

const mostListed = 200

/** The table `approval`. */
export class ApprovalRows {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  /** Returns false if the project has one with that key. */
  async insert(approval: NewApproval, db: Kysely<Tables>): Promise<boolean> {
    const row = await db
      .insertInto("approval")
      .values(toRow(approval, this.#clock.now()))
      .onConflict((conflict) => conflict.columns(["project_id", "key"]).doNothing())
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  async find(id: string): Promise<StoredApproval | null> {
    const row = await this.#select().where("id", "=", id).executeTakeFirst()
    return row === undefined ? null : toApproval(row)
  }

  async findByKey(projectId: string, key: string): Promise<StoredApproval | null> {
    const row = await this.#select()
      .where("project_id", "=", projectId)
      .where("key", "=", key)
      .executeTakeFirst()
    return row === undefined ? null : toApproval(row)
  }

  /** Finds a waiting one of the same person with the same plan. */
  async findSame(
    { projectId, userKey, planHash }: Pick<StoredApproval, "projectId" | "userKey" | "planHash">,
    db: Kysely<Tables>,
  ): Promise<StoredApproval | null> {
    const row = await this.#select(db)
      .where("project_id", "=", projectId)
      .where("user_key", "=", userKey)
      .where("plan_hash", "=", planHash)
      .where("state", "=", "waiting")
      .where("expires_at", ">", this.#clock.now())
      .executeTakeFirst()
    return row === undefined ? null : toApproval(row)
  }

  /** Lists the newest of some projects, or of all with null. */
  async list(projectIds: readonly string[] | null): Promise<StoredApproval[]> {
    if (projectIds?.length === 0) return []
    const rows = await this.#select()
      .$if(projectIds !== null, (query) => query.where("project_id", "in", projectIds ?? []))
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(mostListed)
      .execute()
    return rows.map(toApproval)
  }

  /** Lists the approved ones that are not at Atlas yet, or whose outcome is not known; oldest first. */
  async listOpen(): Promise<StoredApproval[]> {
    const rows = await this.#select()
      .where("state", "in", ["approved", "sending"])
      .orderBy("decided_at")
      .orderBy("id")
      .execute()
    return rows.map(toApproval)
  }

  /**
   * Moves one to another state. Returns false if it has left the first one meanwhile, or if it waited and has expired.
   * @param db the transaction of the audit row
   */
  async move(
    { id }: Pick<StoredApproval, "id">,
    { from, to }: { from: readonly StoredState[]; to: StoredState },
    changes: Changes = {},
    db: Kysely<Tables> = this.#store.db,
  ): Promise<boolean> {
    const now = this.#clock.now()
    const row = await db
      .updateTable("approval")
      .set({ ...toColumns(changes), state: to, updated_at: now })
      .where("id", "=", id)
      .where("state", "in", from)
      .$if(from.includes("waiting"), (query) => query.where("expires_at", ">", now))
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  #select(db: Kysely<Tables> = this.#store.db) {
    return db.selectFrom("approval").selectAll()
  }
}

/** Returns true for a request that nobody decided in time. */
export function isExpired({ state, expiresAt }: StoredApproval, now: number): boolean {
  return state === "waiting" && expiresAt <= now
}

function toRow(approval: NewApproval, now: number): Insertable<ApprovalTable> {
  return {
    id: approval.id,
    project_id: approval.projectId,
    provider_name: approval.providerName,
    key: approval.key,
    plan: JSON.stringify(approval.plan),
    plan_hash: approval.planHash,
    network_blocks: approval.networkBlocks && JSON.stringify(approval.networkBlocks),
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

function toColumns({ decider, decidedAt, declineReason, peeringId, problem }: Changes) {
  return {
    ...(decider !== undefined && { decider: decider && JSON.stringify(decider) }),
    ...(decidedAt !== undefined && { decided_at: decidedAt }),
    ...(declineReason !== undefined && { decline_reason: declineReason }),
    ...(peeringId !== undefined && { peering_id: peeringId }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
  }
}

function toApproval(row: Selectable<ApprovalTable>): StoredApproval {
  return {
    id: row.id,
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    key: row.key,
    plan: JSON.parse(row.plan) as ApprovalPlan,
    planHash: row.plan_hash,
    networkBlocks: row.network_blocks === null ? null : (JSON.parse(row.network_blocks) as string[]),
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
