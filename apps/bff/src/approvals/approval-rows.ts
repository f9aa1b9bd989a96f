import type { ApprovalQuery, ApprovalShow } from "@peering-desk/shared-schemas"
import type { ExpressionBuilder, Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  toApproval,
  toColumns,
  toRow,
  type Changes,
  type NewApproval,
  type StoredApproval,
  type StoredState,
} from "./stored-approval.ts"

/** The requests of one page. */
const pageSize = 100

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

  /**
   * Lists one page of some projects, or of all with null, newest first. The open ones have pages to themselves, so that no number of
   * others keeps them from being seen.
   */
  async list(
    projectIds: readonly string[] | null,
    { show = "open", before }: ApprovalQuery,
  ): Promise<{ approvals: StoredApproval[]; nextBefore: string | null }> {
    const [, at = "0", id = ""] = /^(\d+)-(.+)$/.exec(before ?? "") ?? []
    const rows = await this.#select()
      .where((eb) => eb.and([inProjects(eb, projectIds), isShown(eb, show, this.#clock.now())]))
      .$if(before !== undefined, (query) =>
        query.where((eb) =>
          eb.or([
            eb("created_at", "<", Number(at)),
            eb.and([eb("created_at", "=", Number(at)), eb("id", ">", id)]),
          ]),
        ),
      )
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(pageSize + 1)
      .execute()
    const approvals = rows.slice(0, pageSize).map(toApproval)
    const last = approvals.at(-1)
    const isLast = rows.length <= pageSize || last === undefined
    return { approvals, nextBefore: isLast ? null : `${last.createdAt}-${last.id}` }
  }

  async count(projectIds: readonly string[] | null, show: ApprovalShow): Promise<number> {
    const { count } = await this.#store.db
      .selectFrom("approval")
      .select(({ fn }) => fn.countAll<number | string>().as("count"))
      .where((eb) => eb.and([inProjects(eb, projectIds), isShown(eb, show, this.#clock.now())]))
      .executeTakeFirstOrThrow()
    return Number(count)
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

type Conditions = ExpressionBuilder<Tables, "approval">

function inProjects(eb: Conditions, projectIds: readonly string[] | null) {
  return projectIds === null
    ? eb.lit(true)
    : projectIds.length === 0
      ? eb.lit(false)
      : eb("project_id", "in", projectIds)
}

function isShown(eb: Conditions, show: ApprovalShow, now: number) {
  const isOpen = eb.or([
    eb("state", "in", ["approved", "sending"]),
    eb.and([eb("state", "=", "waiting"), eb("expires_at", ">", now)]),
  ])
  return show === "open" ? isOpen : eb.not(isOpen)
}
