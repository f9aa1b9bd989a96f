import { sql, type Kysely, type Selectable, type Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import { databaseNow } from "#processes/database-time.ts"
import { notifyVersion } from "#processes/polled-clouds.ts"
import type { ChangeTable } from "#store/change-tables.ts"
import { headOf } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  isShown,
  toStoredChange,
  type ChangeState,
  type NewChange,
  type OpenChange,
  type StoredChange,
} from "./stored-change.ts"

/** A move from one state to another. */
export interface Move {
  from: readonly ChangeState[]
  to: ChangeState
  /** Only if no other change has made the connection. */
  ifUnclaimed?: boolean
  /** Only if it was not sent again since it was read. */
  ifSameAttempt?: boolean
}

export type Changed = Partial<Pick<StoredChange, "plan" | "attemptSequence" | "peeringId" | "problem">>

/** A process is gone this long after the time until which it said that it lives. In milliseconds. */
const goneAfterMs = 3_000

/** The table `change`. It is written within steps. */
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

  /**
   * Inserts a change: as `sent` in the transaction of its audit row, or as `ready`.
   * @returns null when its id was used before
   */
  async insert(
    transaction: Transaction<Tables>,
    change: NewChange,
    attemptSequence: number | null,
  ): Promise<StoredChange | null> {
    const now = this.#clock.now()
    const row = await transaction
      .insertInto("change")
      .values({
        id: change.id,
        kind: change.kind,
        project_id: change.projectId,
        subject: change.subject,
        plan: JSON.stringify(change.plan),
        before: JSON.stringify(change.before),
        state: attemptSequence === null ? "ready" : "sent",
        attempt_sequence: attemptSequence,
        peering_id: null,
        problem: null,
        process_id: this.#process,
        created_at: now,
        updated_at: now,
        version: headOf(transaction).version,
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returningAll()
      .executeTakeFirst()
    return await this.#toWritten(transaction, row)
  }

  async find(id: string): Promise<StoredChange | null> {
    const row = await this.#store.db.selectFrom("change").selectAll().where("id", "=", id).executeTakeFirst()
    return row === undefined ? null : toStoredChange(row)
  }

  /** Returns the changes that are `ready`, `sent` or `unknown`, oldest first. */
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
      .where(sql<boolean>`state in ('ready', 'sent', 'unknown')`)
      .orderBy("created_at")
      .orderBy("id")
      .execute()
    return rows.map((row) => ({ ...toStoredChange(row), isProcessGone: row.is_process_alive !== true }))
  }

  /** Moves a change to another state. Returns null if it is in none of the first ones, or somebody else has its connection. */
  async move(
    transaction: Transaction<Tables>,
    { id, projectId, attemptSequence }: Pick<StoredChange, "id" | "projectId" | "attemptSequence">,
    { from, to, ifUnclaimed = false, ifSameAttempt = false }: Move,
    changed: Changed,
  ): Promise<StoredChange | null> {
    const { peeringId } = changed
    if (ifUnclaimed && peeringId != null)
      if ((await this.listMadeByOthers({ id, projectId }, [peeringId], transaction)).length > 0) return null
    const row = await transaction
      .updateTable("change")
      .set({
        ...toColumns(changed),
        state: to,
        process_id: this.#process,
        updated_at: this.#clock.now(),
        version: headOf(transaction).version,
      })
      .where("id", "=", id)
      .where("state", "in", from)
      .$if(ifSameAttempt, (query) => query.where("attempt_sequence", "is not distinct from", attemptSequence))
      .returningAll()
      .executeTakeFirst()
    return await this.#toWritten(transaction, row)
  }

  /** Returns those of some connections that other changes of the project made. */
  async listMadeByOthers(
    { id, projectId }: Pick<StoredChange, "id" | "projectId">,
    peeringIds: readonly string[],
    db: Kysely<Tables> = this.#store.db,
  ): Promise<string[]> {
    if (peeringIds.length === 0) return []
    const rows = await db
      .selectFrom("change")
      .select("peering_id")
      .where("project_id", "=", projectId)
      .where("id", "!=", id)
      .where("state", "=", "done")
      .where("peering_id", "in", peeringIds)
      .execute()
    return rows.flatMap((row) => row.peering_id ?? [])
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

  async #toWritten(
    transaction: Transaction<Tables>,
    row: Selectable<ChangeTable> | undefined,
  ): Promise<StoredChange | null> {
    if (row === undefined) return null
    const written = toStoredChange(row)
    if (isShown(written)) await notifyVersion(this.#store, transaction)
    return written
  }
}

function toColumns({ plan, attemptSequence, peeringId, problem }: Changed) {
  return {
    ...(plan !== undefined && { plan: JSON.stringify(plan) }),
    ...(attemptSequence !== undefined && { attempt_sequence: attemptSequence }),
    ...(peeringId !== undefined && { peering_id: peeringId }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
  }
}
