import type { PeeringRequest, Problem, ProviderName } from "@peering-desk/shared-schemas"
import type { Kysely, Selectable } from "kysely"
import type { Clock } from "#base/clock.ts"
import { selectMadeByOthers, toRowKey } from "./create-intent-rows.ts"
import type { Store } from "#store/store.ts"
import type { CreateIntentTable, Tables } from "#store/tables.ts"

/**
 * How far a create has come. `sending`: it may be on its way. `unknown`: it was sent and its answer was lost, so it may only be
 * looked up. The others are its end: Atlas made it, Atlas refused it, or nothing was made.
 */
type CreateIntentState = "sending" | "created" | "refused" | "unknown" | "not-created"

/** One create as it was meant, written down before anything is sent. Moments are milliseconds since 1970. */
export interface CreateIntent {
  projectId: string
  /** The Idempotency-Key of the form. */
  key: string
  userKey: string
  providerName: ProviderName
  body: PeeringRequest
  /** Of all that was sent: two bodies of the same content have the same hash. */
  bodyHash: string
  state: CreateIntentState
  /** Ids of the connections that were there before. */
  knownBefore: string[]
  peeringId: string | null
  /** Why it was refused, or what is known of the lost answer. */
  problem: Problem | null
  /** The audit row written before it was sent. */
  attemptSequence: number | null
  createdAt: number
  updatedAt: number
}

type NewIntent = Pick<CreateIntent, "projectId" | "key" | "userKey" | "body" | "bodyHash" | "knownBefore">

export type CreateSettlement =
  /** `isFound`: it was found in a list, so that it may be what another create made. */
  | { state: "created"; peeringId: string; isFound?: true }
  | { state: "refused"; problem: Problem }
  | { state: "unknown"; problem: Problem | null }
  | { state: "not-created"; problem: Problem | null }

const mayComeFrom: Record<CreateSettlement["state"], readonly CreateIntentState[]> = {
  created: ["sending", "unknown"],
  // A definite answer may come after another process took it for lost.
  refused: ["sending", "unknown"],
  unknown: ["sending"],
  "not-created": ["sending", "unknown"],
}

/** Creates by project and Idempotency-Key, so that each is sent once, whichever process or life of a process asks. */
export class CreateIntents {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  /**
   * Writes an intent down as `sending`, if its key is new. Of all who claim one key at once, one wins; the others get the
   * winner's, and compare its `bodyHash` and `userKey` with their own.
   */
  async claim(intent: NewIntent): Promise<{ won: boolean; intent: CreateIntent }> {
    const now = this.#clock.now()
    const inserted = await this.#store.db
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
        attempt_sequence: null,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returningAll()
      .executeTakeFirst()
    if (inserted !== undefined) return { won: true, intent: toIntent(inserted) }
    const there = await this.find(intent)
    if (there === null) throw new Error("A create intent was removed while it was claimed")
    return { won: false, intent: there }
  }

  async find(of: { projectId: string; key: string }): Promise<CreateIntent | null> {
    const row = await this.#store.db
      .selectFrom("create_intent")
      .selectAll()
      .where("key", "=", toRowKey(of))
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Which of some connections are known to have been made by others than this intent. */
  async listMadeByOthers(intent: CreateIntent, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const rows = await selectMadeByOthers(this.#store.db, intent, ids).execute()
    return rows.flatMap(({ peering_id: id }) => id ?? [])
  }

  /**
   * Notes which audit row tells of it, so that whoever settles it can complete that row too. The last thing before it is sent:
   * null says that somebody took it over meanwhile, and then it must not be sent any more.
   */
  async noteAttempt(
    intent: CreateIntent,
    attemptSequence: number,
    db: Kysely<Tables> = this.#store.db,
  ): Promise<CreateIntent | null> {
    const row = await db
      .updateTable("create_intent")
      .set({ attempt_sequence: attemptSequence, updated_at: this.#after(intent) })
      .where("key", "=", toRowKey(intent))
      .where("state", "=", "sending")
      .where("updated_at", "=", intent.updatedAt)
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /**
   * Notes the container that was made or found for it, by whose id the connection is looked up from then on. Null says that somebody took
   * it over meanwhile, and then it must not be sent any more.
   */
  async noteContainer(intent: CreateIntent, containerId: string): Promise<CreateIntent | null> {
    const row = await this.#store.db
      .updateTable("create_intent")
      .set({ body: JSON.stringify({ ...intent.body, containerId }), updated_at: this.#after(intent) })
      .where("key", "=", toRowKey(intent))
      .where("state", "=", "sending")
      .where("updated_at", "=", intent.updatedAt)
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Moves an intent on. Null when somebody else did before, or when what was found is known to be another create's. */
  async settle(
    intent: CreateIntent,
    settlement: CreateSettlement,
    db: Kysely<Tables> = this.#store.db,
  ): Promise<CreateIntent | null> {
    const row = await db
      .updateTable("create_intent")
      .set({
        state: settlement.state,
        peering_id: "peeringId" in settlement ? settlement.peeringId : null,
        problem: "problem" in settlement ? settlement.problem && JSON.stringify(settlement.problem) : null,
        updated_at: this.#after(intent),
      })
      .where("key", "=", toRowKey(intent))
      .where("state", "in", mayComeFrom[settlement.state])
      .$if("isFound" in settlement, (query) =>
        query.where((row) =>
          row.not(
            row.exists(selectMadeByOthers(db, intent, "isFound" in settlement ? [settlement.peeringId] : [])),
          ),
        ),
      )
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** Sends one again of which nothing was made: `not-created` or `refused` → `sending`. Null when somebody else does so already. */
  async claimAgain(intent: CreateIntent, knownBefore: string[]): Promise<CreateIntent | null> {
    const row = await this.#store.db
      .updateTable("create_intent")
      .set({
        state: "sending",
        known_before: JSON.stringify(knownBefore),
        problem: null,
        attempt_sequence: null,
        updated_at: this.#after(intent),
      })
      .where("key", "=", toRowKey(intent))
      .where("state", "in", ["not-created", "refused"])
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /**
   * Takes an unsettled intent to look it up: it becomes `unknown`. Null when its state moved since it was read; of several
   * processes that found it left behind, one gets it.
   */
  async takeOver(intent: CreateIntent): Promise<CreateIntent | null> {
    const row = await this.#store.db
      .updateTable("create_intent")
      .set({ state: "unknown", updated_at: this.#after(intent) })
      .where("key", "=", toRowKey(intent))
      .where("state", "in", ["sending", "unknown"])
      .where("updated_at", "=", intent.updatedAt)
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toIntent(row)
  }

  /** The intents that are `sending` or `unknown`, oldest first. */
  async listUnsettled({ projectId }: { projectId?: string } = {}): Promise<CreateIntent[]> {
    const rows = await this.#store.db
      .selectFrom("create_intent")
      .selectAll()
      .where("state", "in", ["sending", "unknown"])
      .$if(projectId !== undefined, (query) => query.where("project_id", "=", projectId ?? ""))
      .orderBy("created_at")
      .orderBy("key")
      .execute()
    return rows.map(toIntent)
  }

  /** Now, but never the moment it was last moved on: who compares must see that it moved. */
  #after(intent: CreateIntent): number {
    return Math.max(this.#clock.now(), intent.updatedAt + 1)
  }
}

function toIntent(row: Selectable<CreateIntentTable>): CreateIntent {
  return {
    projectId: row.project_id,
    key: row.key.slice(row.project_id.length + 1),
    userKey: row.user_key,
    providerName: row.provider_name as ProviderName,
    body: JSON.parse(row.body) as PeeringRequest,
    bodyHash: row.body_hash,
    state: row.state as CreateIntentState,
    knownBefore: JSON.parse(row.known_before) as string[],
    peeringId: row.peering_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    attemptSequence: row.attempt_sequence,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
