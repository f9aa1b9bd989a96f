import type { ProviderName, Watch } from "@peering-desk/shared-schemas"
import { sql, type Kysely, type RawBuilder } from "kysely"
import { toBatches } from "#base/batches.ts"
import { channel } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { databaseNow } from "./database-clock.ts"

/** The peerings of one project in one cloud, which one list call of Atlas answers for. */
export interface Cloud {
  projectId: string
  providerName: ProviderName
}

/** A cloud as the processes share it, at the moment it was read. */
export interface PolledCloud extends Cloud {
  isViewed: boolean
  isFollowed: boolean
  /** Since the last poll that Atlas answered, if another process made it. */
  checkedElsewhereAgoMs: number | null
  /** Outcome of the last poll as its process wrote it; null before the first. */
  watch: string | null
}

/** The outcome of a poll. */
export interface CheckedCloud extends Cloud {
  /** The outcome, as JSON. */
  watch: string
  /** Since Atlas answered; null when it did not. */
  checkedAgoMs: number | null
}

/** Notice that a project is viewed, or that nobody leads: other processes look at once. */
export const leadChanged = "lead"
/** Notice that Atlas slowed a project down. */
export const pacesChanged = "paces"

/** The table `polled_cloud`, for one process. */
export class PolledClouds {
  readonly #db: Kysely<Tables>
  readonly #process: string
  readonly #readNow: () => RawBuilder<unknown>

  constructor({ db, dialect, clock }: Pick<Store, "db" | "dialect" | "clock">, process: string) {
    this.#db = db
    this.#process = process
    this.#readNow = () => (dialect === "postgres" ? databaseNow : sql`${clock.now()}`)
  }

  async readProject(projectId: string): Promise<PolledCloud[]> {
    const { rows } = await sql<PolledCloud>`select ${this.#columns()} from polled_cloud
      where project_id = ${projectId} order by provider_name`.execute(this.#db)
    return rows
  }

  /** Notes that a cloud is polled in a loop from now on, in this process or another one. */
  async follow({ projectId, providerName }: Cloud): Promise<void> {
    await this.#db
      .insertInto("polled_cloud")
      .values({ project_id: projectId, provider_name: providerName, viewed_until: 0, followed: 1 })
      .onConflict((conflict) =>
        conflict.columns(["project_id", "provider_name"]).doUpdateSet({ followed: 1 }),
      )
      .execute()
  }

  /** Says that somebody views some clouds here. */
  async view(clouds: readonly Cloud[], forMs: number): Promise<void> {
    if (clouds.length === 0) return
    await sql`insert into polled_cloud as cloud (project_id, provider_name, viewed_until)
      select project_id, provider_name, ${databaseNow} + ${forMs} from ${unnest(clouds)}
      on conflict (project_id, provider_name) do update set
        viewed_until = greatest(cloud.viewed_until, excluded.viewed_until)`.execute(this.#db)
  }

  /** Writes the outcomes of polls, but for clouds that were polled later. */
  async noteChecked(checked: readonly CheckedCloud[]): Promise<void> {
    const now = this.#readNow()
    for (const some of toBatches(sortClouds(checked))) {
      const rows = some.map(
        ({
          projectId,
          providerName,
          watch,
          checkedAgoMs: ago,
        }) => sql`(${projectId}, ${providerName}, ${watch},
          ${ago === null ? sql`cast(null as bigint)` : sql`${now} - cast(${Math.round(ago)} as bigint)`},
          ${ago === null ? null : this.#process})`,
      )
      await sql`
        insert into polled_cloud as cloud (project_id, provider_name, watch, checked_at, checked_by)
        values ${sql.join(rows)}
        on conflict (project_id, provider_name) do update set
          watch = excluded.watch,
          checked_at = coalesce(excluded.checked_at, cloud.checked_at),
          checked_by = coalesce(excluded.checked_by, cloud.checked_by)
        where coalesce(excluded.checked_at, ${now}) >= coalesce(cloud.checked_at, 0)`.execute(this.#db)
    }
  }

  /** Returns when Atlas last answered a poll, by the clock of its process, and why polls have failed since; null when nobody polled. */
  async readLastPoll(
    { projectId, providerName }: Cloud,
    db: Kysely<Tables> = this.#db,
  ): Promise<{ lastPoll: number | null; problem: string | null } | null> {
    const row = await db
      .selectFrom("polled_cloud")
      .select("watch")
      .where("project_id", "=", projectId)
      .where("provider_name", "=", providerName)
      .executeTakeFirst()
    if (row === undefined || row.watch === null) return null
    const { checkedAt, problem } = JSON.parse(row.watch) as Watch
    return { lastPoll: checkedAt === null ? null : Date.parse(checkedAt), problem }
  }

  /**
   * Returns a query of the clouds that were viewed or polled lately, as `PolledCloud`.
   * @param sinceMs how lately, in milliseconds; infinity for all clouds
   */
  selectNews(sinceMs: number): RawBuilder<unknown> {
    const condition = Number.isFinite(sinceMs)
      ? sql`greatest(viewed_until, checked_at) > ${databaseNow} - ${Math.ceil(sinceMs)}`
      : sql`true`
    return sql`select ${this.#columns()} from polled_cloud where ${condition}`
  }

  async notify(words: string): Promise<void> {
    await sql`select pg_notify(${channel}, ${words})`.execute(this.#db)
  }

  #columns() {
    return sql`project_id as "projectId", provider_name as "providerName", watch, followed = 1 as "isFollowed",
      viewed_until > ${databaseNow} as "isViewed",
      case when checked_by <> ${this.#process} then greatest(${databaseNow} - checked_at, 0) end
        as "checkedElsewhereAgoMs"`
  }
}

/** Two processes never wait for each other's rows. */
function sortClouds<Some extends Cloud>(clouds: readonly Some[]): Some[] {
  return clouds.toSorted((one, other) => (toCloudKey(one) < toCloudKey(other) ? -1 : 1))
}

function unnest(clouds: readonly Cloud[]) {
  const sorted = sortClouds(clouds)
  return sql`unnest(${sorted.map(({ projectId }) => projectId)}::text[],
    ${sorted.map(({ providerName }) => providerName)}::text[]) as named (project_id, provider_name)`
}

export function toCloudKey({ projectId, providerName }: Cloud): string {
  return `${projectId} ${providerName}`
}
