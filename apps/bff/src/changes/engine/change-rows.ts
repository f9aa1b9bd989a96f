import type { Problem } from "@peering-desk/shared-schemas"
import { sql, type Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import { databaseNow } from "#processes/database-time.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  toStoredChange,
  type ChangeState,
  type NewChange,
  type OpenChange,
  type StoredChange,
} from "./stored-change.ts"

/** A process is gone this long after the time until which it said that it lives. In milliseconds. */
const goneAfterMs = 3_000

/** The table `change`. */
export class ChangeRows {
  readonly #store: Store
  readonly #clock: Clock
  readonly #process: string | null

  /** @param processId id in the table `process`; null when no other process shares the database */
  constructor({ store, clock, processId }: { store: Store; clock: Clock; processId: string | null }) {
    this.#store = store
    this.#clock = clock
    this.#process = processId
  }

  /** Inserts a change as `sent`, in the transaction of its audit row. */
  async insert(change: NewChange, attemptSequence: number, db: Kysely<Tables>): Promise<StoredChange> {
    const now = this.#clock.now()
    const row = await db
      .insertInto("change")
      .values({
        id: change.id,
        kind: change.kind,
        project_id: change.projectId,
        subject: change.subject,
        plan: JSON.stringify(change.plan),
        before: JSON.stringify(change.before),
        state: "sent",
        attempt_sequence: attemptSequence,
        problem: null,
        process_id: this.#process,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toStoredChange(row)
  }

  async find(id: string): Promise<StoredChange | null> {
    const row = await this.#store.db.selectFrom("change").selectAll().where("id", "=", id).executeTakeFirst()
    return row === undefined ? null : toStoredChange(row)
  }

  /** Returns the changes that are `sent` or `unknown`, oldest first. */
  async listOpen(): Promise<OpenChange[]> {
    const { db, dialect } = this.#store
    const rows = await db
      .selectFrom("change")
      .selectAll()
      .$if(dialect === "postgres", (query) =>
        query.select((row) => {
          const living = row
            .selectFrom("process")
            .select("id")
            .whereRef("id", "=", "change.process_id")
            .where("alive_until", ">=", sql<number>`${databaseNow} - ${goneAfterMs}`)
          return row.exists(living).as("is_process_alive")
        }),
      )
      // As text: SQLite uses the index of open changes for these words alone.
      .where(sql<boolean>`state in ('sent', 'unknown')`)
      .orderBy("attempt_sequence")
      .execute()
    return rows.map((row) => ({ ...toStoredChange(row), isProcessGone: row.is_process_alive !== true }))
  }

  /** Moves a change to another state. Returns false if it is in none of the first ones. */
  async move(
    { id }: Pick<StoredChange, "id">,
    { from, to }: { from: readonly ChangeState[]; to: ChangeState },
    problem: Problem | null,
    db: Kysely<Tables>,
  ): Promise<boolean> {
    const row = await db
      .updateTable("change")
      .set({ state: to, problem: problem && JSON.stringify(problem), updated_at: this.#clock.now() })
      .where("id", "=", id)
      .where("state", "in", from)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  /** Returns true if another change with the same plan may have had the effect of this one. */
  async hasRival(change: StoredChange): Promise<boolean> {
    const { id, kind, projectId, subject, plan, attemptSequence, createdAt } = change
    const rival = await this.#store.db
      .selectFrom("change")
      .select("id")
      .where("project_id", "=", projectId)
      .where("kind", "=", kind)
      .where("subject", "=", subject)
      .where("plan", "=", JSON.stringify(plan))
      .where("id", "!=", id)
      .where("state", "not in", ["refused", "failed"])
      .where((eb) =>
        eb.or([
          eb("attempt_sequence", ">", attemptSequence),
          eb("state", "!=", "done"),
          eb("updated_at", ">=", createdAt),
        ]),
      )
      .executeTakeFirst()
    return rival !== undefined
  }

  /** Returns true in a transaction of the process that leads. */
  async isLeader(db: Kysely<Tables>): Promise<boolean> {
    if (this.#process === null) return true
    const lease = await db
      .selectFrom("leader_lease")
      .select("holder")
      .where("holder", "=", this.#process)
      .executeTakeFirst()
    return lease !== undefined
  }
}
