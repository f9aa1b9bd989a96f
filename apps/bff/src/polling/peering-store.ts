import type { ObservedStatus, ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import { sql, type Selectable } from "kysely"
import type { Store } from "#store/store.ts"
import type { SeenPeeringTable } from "#store/tables.ts"

/** A connection as it was last seen. Moments are milliseconds since 1970. */
export interface StoredPeering {
  projectId: string
  providerName: ProviderName
  id: string
  /** Atlas's answer as it came. */
  raw: RawAnswer
  /** Oldest first. */
  history: ObservedStatus[]
  beginSeen: boolean
  /** Who asked for it through us; null when it was made elsewhere. */
  createdBy: string | null
  firstSeenAt: number
  updatedAt: number
  /** When Atlas no longer listed it; null while it does. */
  goneAt: number | null
}

/** One that Atlas no longer lists. */
export interface DeletedPeeringRow extends StoredPeering {
  goneAt: number
  /** The last look that listed it; null when that was not kept. */
  lastListedAt: number | null
}

/** A statement takes at most 32,766 values in SQLite, 65,535 in PostgreSQL. */
const rowsPerStatement = 500

/** Remembers what was seen of connections, so that their history outlives the process. */
export class PeeringStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Writes down new connections and new states of known ones, all or none. The first sight and the creator stay as they were. */
  async save(peerings: readonly Omit<StoredPeering, "goneAt">[]): Promise<void> {
    // PostgreSQL does not change one row twice in a statement.
    const rows = [...new Map(peerings.map((peering) => [toRowKey(peering), toRow(peering)])).values()]
    if (rows.length === 0) return
    await this.#store.db.transaction().execute(async (transaction) => {
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
              gone_at: null,
              last_listed_at: null,
            })),
          )
          .execute()
      }
    })
  }

  /** The connections of a project that Atlas listed when they were last looked for, oldest first. */
  async load(projectId: string): Promise<StoredPeering[]> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("gone_at", "is", null)
      .orderBy("first_seen_at")
      .orderBy("id")
      .execute()
    return rows.map(toSeenPeering)
  }

  /** The projects of which Atlas listed connections when they were last looked for. */
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

  /** Those that Atlas no longer lists, last gone first. */
  async loadGone(projectId: string): Promise<DeletedPeeringRow[]> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("gone_at", "is not", null)
      .orderBy("gone_at", "desc")
      .orderBy("id")
      .execute()
    return rows.map((row) => ({
      ...toSeenPeering(row),
      goneAt: row.gone_at ?? 0,
      lastListedAt: row.last_listed_at,
    }))
  }

  /** How many went, by project. */
  async countGone(): Promise<Map<string, number>> {
    const rows = await this.#store.db
      .selectFrom("seen_peering")
      .select(({ fn }) => ["project_id", fn.countAll<number | string>().as("count")])
      .where("gone_at", "is not", null)
      .groupBy("project_id")
      .execute()
    return new Map(rows.map(({ project_id, count }) => [project_id, Number(count)]))
  }

  /** Atlas no longer lists it. What was seen of it stays. */
  async markGone(
    { projectId, providerName, id }: Pick<StoredPeering, "projectId" | "providerName" | "id">,
    { at, lastListedAt }: { at: number; lastListedAt: number | null },
  ): Promise<void> {
    await this.#store.db
      .updateTable("seen_peering")
      .set({ gone_at: at, last_listed_at: lastListedAt, updated_at: at })
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .where("id", "=", id)
      .where("gone_at", "is", null)
      .execute()
  }
}

function toRowKey({ projectId, providerName, id }: Omit<StoredPeering, "goneAt">): string {
  return `${projectId} ${providerName} ${id}`
}

function toRow(peering: Omit<StoredPeering, "goneAt">): Selectable<SeenPeeringTable> {
  return {
    project_id: peering.projectId,
    provider_name: peering.providerName,
    id: peering.id,
    raw: JSON.stringify(peering.raw),
    history: JSON.stringify(peering.history),
    begin_seen: peering.beginSeen ? 1 : 0,
    created_by: peering.createdBy,
    first_seen_at: peering.firstSeenAt,
    updated_at: peering.updatedAt,
    gone_at: null,
    last_listed_at: null,
  }
}

function toSeenPeering(row: Selectable<SeenPeeringTable>): StoredPeering {
  return {
    projectId: row.project_id,
    providerName: row.provider_name as ProviderName,
    id: row.id,
    raw: JSON.parse(row.raw) as RawAnswer,
    history: JSON.parse(row.history) as ObservedStatus[],
    beginSeen: row.begin_seen === 1,
    createdBy: row.created_by,
    firstSeenAt: row.first_seen_at,
    updatedAt: row.updated_at,
    goneAt: row.gone_at,
  }
}
