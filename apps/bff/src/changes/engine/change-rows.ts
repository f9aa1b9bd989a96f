import { sql, type Kysely, type Selectable, type Transaction } from "kysely"
import type { Clock } from "#base/clock.ts"
import { databaseNow } from "#processes/database-clock.ts"
import type { ChangeTable } from "#store/change-tables.ts"
import { headOf, showStep } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  toChangeId,
  toColumns,
  toOpenChange,
  toStoredChange,
  type Changed,
  type ChangeState,
  type NewChange,
  type NewHeldChange,
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

/** A process is gone this long after the time until which it said that it lives. In milliseconds. */
const goneAfterMs = 3_000

/** Pages show creates in these states. */
const shownStates: readonly ChangeState[] = ["ready", "unknown", "failed"]

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
   * Inserts a change: as `sent` in the transaction of its audit row, as `waiting`, or as `ready`.
   * @returns null when its id, or the key of a create, was used before
   */
  async insert<Plan, Before>(
    transaction: Transaction<Tables>,
    change: NewChange<Plan, Before>,
    state: "waiting" | "ready" | { sentBy: number },
  ): Promise<StoredChange<Plan, Before> | null> {
    const now = this.#clock.now()
    const { plan, before, held } = change
    const attemptSequence = typeof state === "object" ? state.sentBy : null
    const { version } = headOf(transaction)
    const row = await transaction
      .insertInto("change")
      .values({
        id: change.id,
        kind: change.kind,
        project_id: change.projectId,
        subject: change.subject,
        plan: "",
        before: "",
        state: typeof state === "object" ? "sent" : state,
        process_id: this.#process,
        user_key: change.userKey,
        created_at: now,
        updated_at: now,
        version: state === "ready" ? version : null,
        ...toColumns({ plan, before, held, attemptSequence }),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    return this.#toWritten(transaction, row)
  }

  async find(id: string): Promise<StoredChange | null> {
    return this.#toChange(await this.#select().where("id", "=", id).executeTakeFirst())
  }

  /** Finds a create by its Idempotency-Key, which counts in its project alone. */
  async findByKey(projectId: string, key: string): Promise<StoredChange | null> {
    return await this.find(toChangeId({ kind: "peering-create", projectId, subject: key }))
  }

  /** Finds a waiting change of the same person with the same plan. */
  async findSame(
    { projectId, userKey, held }: NewHeldChange,
    db: Kysely<Tables>,
  ): Promise<StoredChange | null> {
    const row = await this.#select(db)
      .where("project_id", "=", projectId)
      .where("user_key", "=", userKey)
      .where("plan_hash", "=", held.planHash)
      .where("state", "=", "waiting")
      .where("expires_at", ">", this.#clock.now())
      .executeTakeFirst()
    return this.#toChange(row)
  }

  /** Returns the changes that are `ready`, `sent` or `unknown`, oldest first. */
  async listOpen(): Promise<OpenChange[]> {
    const rows = await this.#select()
      .$if(this.#store.dialect === "postgres", (query) =>
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
    return rows.map((row) => toOpenChange(row, this.#clock.now()))
  }

  /** Moves a change to another state. Returns null if it is in none of the first ones, or somebody else has its connection. */
  async move<Plan, Before>(
    transaction: Transaction<Tables>,
    { id, projectId, attemptSequence }: StoredChange<Plan, Before>,
    { from, to, ifUnclaimed = false, ifSameAttempt = false }: Move,
    changed: Changed,
  ): Promise<StoredChange<Plan, Before> | null> {
    const { peeringId } = changed
    if (ifUnclaimed && peeringId != null && (await isMade(transaction, projectId, peeringId))) return null
    const now = this.#clock.now()
    const { version } = headOf(transaction)
    const wasShown = sql<boolean>`state in (${sql.join(shownStates)})`
    const row = await transaction
      .updateTable("change")
      .set({
        ...toColumns(changed),
        state: to,
        process_id: this.#process,
        updated_at: now,
        absence: null,
        version: shownStates.includes(to)
          ? version
          : sql<number | null>`case when ${wasShown} then cast(${version} as bigint) else version end`,
      })
      .where("id", "=", id)
      .where("state", "in", from)
      .$if(from.includes("waiting"), (query) => query.where("expires_at", ">", now))
      .$if(ifSameAttempt, (query) => query.where("attempt_sequence", "is not distinct from", attemptSequence))
      .returningAll()
      .executeTakeFirst()
    return this.#toWritten(transaction, row)
  }

  /** Returns the changes of some kinds in its project that were asked for since a change was sent. */
  async listLater<Before>(change: StoredChange, ...kinds: StoredChange["kind"][]) {
    const rows = await this.#select()
      .where("project_id", "=", change.projectId)
      .where("kind", "in", kinds)
      .where("attempt_sequence", ">", change.attemptSequence)
      .execute()
    return rows.map((row) => this.#toStored(row) as StoredChange<unknown, Before>)
  }

  /** Returns true if another change with the same plan may have had the effect of this one. */
  async hasRival(change: StoredChange): Promise<boolean> {
    const others = this.#selectOthers(change).where("plan", "=", JSON.stringify(change.plan))
    return (await others.executeTakeFirst()) !== undefined
  }

  /** Returns true if another change of the same thing may have taken back what this one did. */
  async mayBeTakenBack(change: StoredChange): Promise<boolean> {
    return (await this.#selectOthers(change).executeTakeFirst()) !== undefined
  }

  /** Selects changes of the same kind and thing that Atlas may have carried out since this one was asked for; none for a create, whose key is of no other. */
  #selectOthers({ id, kind, projectId, subject, attemptSequence, createdAt }: StoredChange) {
    return this.#store.db
      .selectFrom("change")
      .select("id")
      .where("project_id", "=", projectId)
      .where("kind", "=", kind)
      .where(sql<boolean>`kind <> 'peering-create'`)
      .where("subject", "=", subject)
      .where("id", "!=", id)
      .where("state", "in", ["sent", "unknown", "done", "unclear"])
      .where((eb) =>
        eb.or([
          eb("attempt_sequence", ">", attemptSequence),
          eb("state", "!=", "done"),
          eb("updated_at", ">=", createdAt),
        ]),
      )
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

  #toWritten<Plan, Before>(
    transaction: Transaction<Tables>,
    row: Selectable<ChangeTable> | undefined,
  ): StoredChange<Plan, Before> | null {
    if (row === undefined) return null
    if (row.version === headOf(transaction).version) showStep(transaction)
    return this.#toStored(row) as StoredChange<Plan, Before>
  }

  #select(db: Kysely<Tables> = this.#store.db) {
    return db.selectFrom("change").selectAll()
  }

  #toStored(row: Selectable<ChangeTable>): StoredChange {
    return toStoredChange(row, this.#clock.now())
  }

  #toChange(row: Selectable<ChangeTable> | undefined): StoredChange | null {
    return row === undefined ? null : this.#toStored(row)
  }
}

/** Returns true if a create made a connection. */
async function isMade(transaction: Transaction<Tables>, projectId: string, peeringId: string) {
  const row = await transaction
    .selectFrom("peering")
    .select("id")
    .where("project_id", "=", projectId)
    .where("id", "=", peeringId)
    .where("created_by", "is not", null)
    .executeTakeFirst()
  return row !== undefined
}
