import { sql, type Selectable } from "kysely"
import { readStatuses, toPeeringKey } from "#events/peering-history.ts"
import type { Store } from "#store/store.ts"
import type { PeeringTable } from "#store/tables.ts"
import { toLoadedPeering, toStoredPeering, type LoadedPeering } from "./peering-rows.ts"

/** A count of versions, and how far it has come. */
export interface StateVersion {
  version: number
  incarnation: string
}

type Row = Selectable<PeeringTable>

/** Peerings of a project that went are read with it up to this many, for the streams that come back. */
export const recalledGone = 500

/** Reads the stored peerings with their histories. */
export class PeeringStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Returns the peerings that changed after a version, in the order of their changes, and the version up to which these are all. */
  async readNews(version: number) {
    const { db, dialect } = this.#store
    // As text: libsql has no lists.
    const list = sql.raw(dialect === "sqlite" ? "json_group_array" : "json_agg")
    // One statement, so that the version belongs to the rows.
    const { rows } = await sql<StateVersion & { upTo: number; createsOf: string | null } & Partial<Row>>`
      select head.version as "upTo", head.incarnation, peering.*, cast((select ${list}(project_id) from change
        where version > ${version} and kind = 'peering-create') as text) as "createsOf" from head
      left join peering on peering.version > ${version}
      where head.id = 1 order by peering.version, peering.id`.execute(db)
    const [first] = rows
    if (first === undefined) throw new Error("The head of the database is missing")
    const changed = rows.filter((row): row is typeof row & Row => typeof row.id === "string")
    return {
      version: first.upTo,
      incarnation: first.incarnation,
      peerings: await this.#addHistories(changed),
      /** Projects of which creates changed. */
      createsOf: [...new Set(JSON.parse(first.createsOf ?? "[]") as string[])],
    }
  }

  /** Returns a project's peerings, oldest first, and the last ones that went. */
  async readProject(projectId: string): Promise<LoadedPeering[]> {
    const { db } = this.#store
    const gone = db
      .selectFrom("peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("gone_at", "is not", null)
      .orderBy("version", "desc")
      .limit(recalledGone)
    const [listed, last] = [await this.load(projectId), await gone.execute()]
    return [...(await this.#addHistories(last.toReversed())), ...listed]
  }

  /** Returns the peerings of a project that the last poll listed, oldest first. */
  load(projectId: string): Promise<LoadedPeering[]> {
    return this.#load(projectId, { gone: false })
  }

  /** Returns the peerings of a project that Atlas no longer lists, last gone first. */
  loadGone(projectId: string): Promise<LoadedPeering[]> {
    return this.#load(projectId, { gone: true })
  }

  /** Returns the projects with peerings in clouds that are polled in a loop. */
  async listProjects(): Promise<string[]> {
    const rows = await this.#store.db
      .selectFrom("peering")
      .innerJoin("polled_cloud", (join) =>
        join
          .onRef("polled_cloud.project_id", "=", "peering.project_id")
          .onRef("polled_cloud.provider_name", "=", "peering.provider_name"),
      )
      .select("peering.project_id")
      .distinct()
      .where("gone_at", "is", null)
      .where("followed", "=", 1)
      .orderBy("peering.project_id")
      .execute()
    return rows.map((row) => row.project_id)
  }

  /** Counts the peerings that Atlas no longer lists, by project. */
  async countGone(): Promise<Map<string, number>> {
    const rows = await this.#store.db
      .selectFrom("peering")
      .select(({ fn }) => ["project_id", fn.countAll<number | string>().as("count")])
      .where("gone_at", "is not", null)
      .groupBy("project_id")
      .execute()
    return new Map(rows.map(({ project_id, count }) => [project_id, Number(count)]))
  }

  async #load(projectId: string, { gone }: { gone: boolean }): Promise<LoadedPeering[]> {
    const rows = await this.#store.db
      .selectFrom("peering")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("gone_at", gone ? "is not" : "is", null)
      .orderBy(gone ? "gone_at" : "first_seen_at", gone ? "desc" : "asc")
      .orderBy("id")
      .execute()
    return await this.#addHistories(rows)
  }

  async #addHistories(rows: readonly Row[]): Promise<LoadedPeering[]> {
    const peerings = rows.map(toStoredPeering)
    const histories = await readStatuses(this.#store, peerings)
    return peerings.flatMap(
      (peering) => toLoadedPeering(peering, histories.get(toPeeringKey(peering)) ?? []) ?? [],
    )
  }
}
