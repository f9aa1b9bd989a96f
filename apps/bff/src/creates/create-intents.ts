import { sql, type Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import { databaseNow } from "#processes/database-time.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import {
  toColumns,
  toIntent,
  toRowKey,
  type CreateIntent,
  type IntentChanges,
  type IntentName,
  type NewIntent,
  type OpenIntent,
  type StoredState,
} from "./create-intent.ts"

/** A step from one stored state to another, with its guards. */
export interface CreateStep {
  from: readonly StoredState[]
  to: StoredState
  /** Guard: nobody changed the intent since it was read. */
  ifUntouched?: true
  /** Guard: no other intent has the peering. */
  ifUnclaimed?: true
}

const intentsPerStatement = 500
/** A process is gone this long after the time until which it said that it lives. In milliseconds. */
const goneAfterMs = 3_000

/** The table `create_intent`: one row per project and Idempotency-Key. */
export class CreateIntents {
  readonly #store: Store
  readonly #clock: Clock
  readonly #process: string | null

  /** @param processId id in the table `process`, if others may share the database */
  constructor({ store, clock, processId = null }: { store: Store; clock: Clock; processId?: string | null }) {
    this.#store = store
    this.#clock = clock
    this.#process = processId
  }

  /**
   * Inserts an intent as `sending` if its key is new. If several callers insert the same key, one wins.
   * @param attemptSequence number of the audit row, if the request is sent at once
   * @returns null for all others
   */
  async insert(
    intent: NewIntent,
    attemptSequence: number | null = null,
    db: Kysely<Tables> = this.#store.db,
  ): Promise<CreateIntent | null> {
    const now = this.#clock.now()
    const row = await db
      .insertInto("create_intent")
      .values({
        key: toRowKey(intent),
        user_key: intent.userKey,
        project_id: intent.projectId,
        provider_name: intent.body.providerName,
        body: JSON.stringify(intent.body),
        body_hash: intent.bodyHash,
        state: "sending",
        known_before: JSON.stringify(intent.knownBefore),
        peering_id: null,
        problem: null,
        attempt_sequence: attemptSequence,
        created_at: now,
        updated_at: now,
        replaces: intent.replaces,
        process_id: this.#process,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Moves an intent one step. Returns null if it is in another state or a guard fails. */
  async move(
    intent: CreateIntent,
    { from, to, ifUntouched, ifUnclaimed }: CreateStep,
    changes: IntentChanges = {},
    db: Kysely<Tables> = this.#store.db,
  ): Promise<CreateIntent | null> {
    // Every move changes `updated_at`, even within a millisecond: `ifUntouched` depends on it.
    const updatedAt = Math.max(this.#clock.now(), intent.updatedAt + 1)
    const row = await db
      .updateTable("create_intent")
      .set({ ...toColumns(changes), state: to, updated_at: updatedAt, process_id: this.#process })
      .where("key", "=", toRowKey(intent))
      .where("state", "in", from)
      .$if(ifUntouched === true, (query) => query.where("updated_at", "=", intent.updatedAt))
      .$if(ifUnclaimed === true, (query) =>
        query.where((row) => row.not(row.exists(selectOtherClaims(db, intent, [changes.peeringId ?? ""])))),
      )
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Moves those of some intents one step that nobody changed since they were read. */
  async moveFree(intents: readonly CreateIntent[], { from, to }: CreateStep): Promise<CreateIntent[]> {
    const moved: CreateIntent[] = []
    for (let first = 0; first < intents.length; first += intentsPerStatement)
      moved.push(...(await this.#moveSome(intents.slice(first, first + intentsPerStatement), { from, to })))
    return moved
  }

  async find(name: IntentName): Promise<CreateIntent | null> {
    const row = await this.#store.db
      .selectFrom("create_intent")
      .selectAll()
      .where("key", "=", toRowKey(name))
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Returns those of some peerings that other intents have. */
  async listClaimedByOthers(intent: IntentName, peeringIds: readonly string[]): Promise<string[]> {
    if (peeringIds.length === 0) return []
    const rows = await selectOtherClaims(this.#store.db, intent, peeringIds).execute()
    return rows.flatMap(({ peering_id: id }) => id ?? [])
  }

  /** Returns the intents that are `sending` or `unknown`, oldest first. */
  async listUnsettled({ projectId }: { projectId?: string } = {}): Promise<OpenIntent[]> {
    const { db, dialect } = this.#store
    const rows = await db
      .selectFrom("create_intent")
      .selectAll()
      .$if(dialect === "postgres", (query) =>
        query.select((row) => {
          const gone = row
            .selectFrom("process")
            .select("id")
            .whereRef("id", "=", "create_intent.process_id")
            .where("alive_until", "<", sql<number>`${databaseNow} - ${goneAfterMs}`)
          return row.exists(gone).as("is_process_gone")
        }),
      )
      .where("state", "in", ["sending", "unknown"])
      .$if(projectId !== undefined, (query) => query.where("project_id", "=", projectId ?? ""))
      .orderBy("created_at")
      .orderBy("key")
      .execute()
    return rows.map((row) => ({ ...toIntent(row), isProcessGone: row.is_process_gone === true }))
  }

  async #moveSome(intents: readonly CreateIntent[], { from, to }: CreateStep): Promise<CreateIntent[]> {
    const { dialect } = this.#store
    const readAt = new Map(intents.map((intent) => [toRowKey(intent), intent.updatedAt]))
    const now = this.#clock.now()
    return await step(this.#store, async ({ transaction }) => {
      const free = await transaction
        .selectFrom("create_intent")
        .select(["key", "updated_at"])
        .where("key", "in", [...readAt.keys()])
        .where("state", "in", from)
        .$if(dialect === "postgres", (query) => query.forUpdate())
        .execute()
      const untouched = free.filter((row) => readAt.get(row.key) === row.updated_at).map(({ key }) => key)
      if (untouched.length === 0) return []
      const rows = await transaction
        .updateTable("create_intent")
        .set((eb) => ({
          state: to,
          process_id: this.#process,
          updated_at: eb
            .case()
            .when("updated_at", ">=", now)
            .then(eb("updated_at", "+", 1))
            .else(now)
            .end(),
        }))
        .where("key", "in", untouched)
        .returningAll()
        .execute()
      return rows.map(toIntent)
    })
  }
}

function selectOtherClaims(db: Kysely<Tables>, intent: IntentName, peeringIds: readonly string[]) {
  return db
    .selectFrom("create_intent as other")
    .select("other.peering_id")
    .where("other.project_id", "=", intent.projectId)
    .where("other.key", "!=", toRowKey(intent))
    .where("other.state", "=", "created")
    .where("other.peering_id", "in", peeringIds)
}
