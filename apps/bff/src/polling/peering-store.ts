import type { ObservedStatus, ProviderName } from "@peering-desk/shared-schemas"
import { sql, type Selectable, type Transaction } from "kysely"
import { toInstant } from "#base/clock.ts"
import { addPeeringEvents } from "#outbox/peering-events.ts"
import { giveVersion, toCloudKey } from "#processes/polled-clouds.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { SeenPeeringTable, Tables } from "#store/tables.ts"
import {
  addObservations,
  toObservation,
  type NewObservation,
  type StoredObservation,
} from "./observation-rows.ts"
import type { Batch } from "./pending-peerings.ts"
import type { Cloud } from "./poll-sessions.ts"
import { appendStatus } from "./observe-peering.ts"
import {
  toLoadedPeering,
  toPeeringKey,
  toPeeringRow,
  toStoredPeering,
  type LoadedPeering,
  type StoredPeering,
} from "./stored-peering.ts"
import type { FencedWrite } from "./write-fence.ts"

/** SQLite takes at most 32,766 values in a statement, PostgreSQL 65,535. */
const rowsPerStatement = 500

/** Stores each peering as it was last polled, and every change that polls observed. */
export class PeeringStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Saves polled peerings and what was observed of them, all or nothing. A known peering keeps its first sight, its creator and, while
   * it stays gone, when it went. What the fence refuses is left out, except who created a peering. Changed statuses
   * become events of the outbox in the same transaction.
   */
  async save(
    peerings: readonly StoredPeering[],
    observations: readonly NewObservation[],
    now: number,
    fence: Pick<FencedWrite, "pass"> | null = null,
  ): Promise<void> {
    if (peerings.length + observations.length === 0) return
    await step(this.#store, ({ transaction }) =>
      this.saveWithin(transaction, { peerings, observations }, now, fence),
    )
  }

  /** Saves like `save` in a step of the caller's. */
  async saveWithin(
    transaction: Transaction<Tables>,
    { peerings, observations }: Pick<Batch, "peerings" | "observations">,
    now: number,
    fence: Pick<FencedWrite, "pass"> | null,
  ): Promise<void> {
    // PostgreSQL can't change one row twice in a statement.
    const all = [
      ...new Map(peerings.map((peering) => [toPeeringKey(peering), toPeeringRow(peering, now)])).values(),
    ]
    const refused = (await fence?.pass(transaction)) ?? new Set<string>()
    const created = new Set<string>()
    for (const row of all)
      if (refused.has(toCloudKey(toCloud(row))) && (await keepCreator(transaction, row)))
        created.add(toPeeringKey({ ...toCloud(row), id: row.id }))
    const mayWrite = (peering: Cloud & { id: string }) =>
      !refused.has(toCloudKey(peering)) || created.has(toPeeringKey(peering))
    const rows = all.filter((row) => mayWrite({ ...toCloud(row), id: row.id }))
    for (let from = 0; from < rows.length; from += rowsPerStatement) {
      await transaction
        .insertInto("seen_peering")
        .values(rows.slice(from, from + rowsPerStatement))
        .onConflict((conflict) =>
          conflict.columns(["project_id", "provider_name", "id"]).doUpdateSet((eb) => ({
            raw: eb.ref("excluded.raw"),
            history: eb.ref("excluded.history"),
            begin_seen: eb.ref("excluded.begin_seen"),
            created_by: sql<string | null>`coalesce(seen_peering.created_by, excluded.created_by)`,
            updated_at: eb.ref("excluded.updated_at"),
            gone_at: keepOnceGone("gone_at"),
            last_listed_at: keepOnceGone("last_listed_at"),
          })),
        )
        .execute()
    }
    const observed = observations.filter((one) => mayWrite({ ...one, id: one.peeringId }))
    await addPeeringEvents(transaction, await addObservations(transaction, observed))
  }

  /** Returns the peerings of a project that the last poll listed, oldest first. */
  load(projectId: string): Promise<LoadedPeering[]> {
    return this.#load(projectId, { gone: false })
  }

  /** Returns the peerings of a project that Atlas no longer lists, last gone first. */
  loadGone(projectId: string): Promise<LoadedPeering[]> {
    return this.#load(projectId, { gone: true })
  }

  /** Returns the projects in which the last poll listed peerings. */
  async listProjects(): Promise<string[]> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .select("project_id")
      .distinct()
      .where("gone_at", "is", null)
      .orderBy("project_id")
      .execute()
    return rows.map((row) => row.project_id)
  }

  /** Counts the peerings that Atlas no longer lists, by project. */
  async countGone(): Promise<Map<string, number>> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .select(({ fn }) => ["project_id", fn.countAll<number | string>().as("count")])
      .where("gone_at", "is not", null)
      .groupBy("project_id")
      .execute()
    return new Map(rows.map(({ project_id, count }) => [project_id, Number(count)]))
  }

  /** Returns what is kept of one peering's observations, oldest first. */
  async listObservations(projectId: string, peeringId: string): Promise<StoredObservation[]> {
    const rows = await this.#store.db
      .selectFrom("observation")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("peering_id", "=", peeringId)
      .orderBy("number")
      .execute()
    return rows.map(toObservation)
  }

  async #load(projectId: string, { gone }: { gone: boolean }): Promise<LoadedPeering[]> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("gone_at", gone ? "is not" : "is", null)
      .orderBy(gone ? "gone_at" : "first_seen_at", gone ? "desc" : "asc")
      .orderBy("id")
      .execute()
    const histories = rows.length === 0 ? new Map<string, never>() : await this.#readHistories(projectId)
    return rows.flatMap((row) => {
      const peering = toStoredPeering(row)
      return toLoadedPeering(peering, histories.get(toPeeringKey(peering)) ?? [], row.updated_at) ?? []
    })
  }

  /** Reads each peering's statuses since Atlas last began to list it. */
  async #readHistories(projectId: string): Promise<Map<string, ObservedStatus[]>> {
    const rows = await this.#store.db
      .selectFrom("observation")
      .select(["provider_name", "peering_id", "at", "what", "status"])
      .where("project_id", "=", projectId)
      .where("status_changed", "=", 1)
      .orderBy("number")
      .execute()
    const histories = new Map<string, ObservedStatus[]>()
    const gone = new Set<string>()
    for (const { provider_name: providerName, peering_id: id, at, what, status } of rows) {
      const key = toPeeringKey({ projectId, providerName, id })
      if (what === "gone") {
        gone.add(key)
        continue
      }
      const before = gone.delete(key) ? [] : (histories.get(key) ?? [])
      histories.set(key, appendStatus(before, { status, at: toInstant(at) }))
    }
    return histories
  }
}

function toCloud({ project_id: projectId, provider_name }: Selectable<SeenPeeringTable>): Cloud {
  return { projectId, providerName: provider_name as ProviderName }
}

/**
 * Keeps who created a peering through this server, although somebody else wrote its cloud meanwhile and may know the peering better.
 * @returns true when nobody did, and it has to be stored as it is
 */
async function keepCreator(
  transaction: Transaction<Tables>,
  row: Selectable<SeenPeeringTable>,
): Promise<boolean> {
  if (row.created_by === null) return false
  const { numUpdatedRows } = await transaction
    .updateTable("seen_peering")
    .set({ created_by: sql<string | null>`coalesce(seen_peering.created_by, ${row.created_by})` })
    .where("project_id", "=", row.project_id)
    .where("provider_name", "=", row.provider_name)
    .where("id", "=", row.id)
    .executeTakeFirst()
  await giveVersion(transaction, toCloud(row))
  return numUpdatedRows === 0n
}

/** Returns the value that was written when the peering went; null for one that is listed again. */
function keepOnceGone(column: "gone_at" | "last_listed_at") {
  return sql<number | null>`case when excluded.gone_at is null then null
    else coalesce(${sql.ref(`seen_peering.${column}`)}, ${sql.ref(`excluded.${column}`)}) end`
}
