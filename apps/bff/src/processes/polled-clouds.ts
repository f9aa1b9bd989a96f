import type { ProviderName } from "@peering-desk/shared-schemas"
import { sql, type Kysely, type RawBuilder } from "kysely"
import { headOf } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { databaseNow } from "./database-time.ts"

/** One cloud of one project. */
export interface CloudName {
  projectId: string
  providerName: ProviderName
}

/** A cloud as the processes share it, at the moment it was read. */
export interface PolledCloud extends CloudName {
  isViewed: boolean
  isFollowed: boolean
  /** Since the last poll that Atlas answered, if another process made it. */
  checkedElsewhereAgoMs: number | null
  /** Outcome of the last poll as its process wrote it; null before the first. */
  watch: string | null
}

/** The outcome of a poll. */
export interface CheckedCloud extends CloudName {
  /** The outcome, as JSON. */
  watch: string
  /** Since Atlas answered; null when it did not. */
  checkedAgoMs: number | null
}

/** Notices on this channel name a version of the state, or are one of ours. None carries data. */
export const channel = "peering_desk"
/** Notice that a project is viewed, or that nobody leads: other processes look at once. */
export const leadChanged = "lead"
/** Notice that Atlas slowed a project down. */
export const pacesChanged = "paces"

/** The table `polled_cloud`, for one process. */
export class PolledClouds {
  readonly #db: Kysely<Tables>
  readonly #process: string

  constructor({ db }: Pick<Store, "db">, process: string) {
    this.#db = db
    this.#process = process
  }

  async readProject(projectId: string): Promise<PolledCloud[]> {
    const { rows } = await sql<CloudRow>`select ${this.#columns()} from polled_cloud
      where project_id = ${projectId} order by provider_name`.execute(this.#db)
    return rows.map(toPolledCloud)
  }

  /** Notes that a cloud is polled in a loop from now on, in this process or another one. */
  async follow({ projectId, providerName }: CloudName): Promise<void> {
    await this.#db
      .insertInto("polled_cloud")
      .values({ project_id: projectId, provider_name: providerName, viewed_until: 0, followed: 1 })
      .onConflict((conflict) =>
        conflict.columns(["project_id", "provider_name"]).doUpdateSet({ followed: 1 }),
      )
      .execute()
  }

  /** Says that somebody views some clouds here. */
  async view(clouds: readonly CloudName[], forMs: number): Promise<void> {
    if (clouds.length === 0) return
    await sql`insert into polled_cloud as cloud (project_id, provider_name, viewed_until)
      select project_id, provider_name, ${databaseNow} + ${forMs} from ${unnest(clouds)}
      on conflict (project_id, provider_name) do update set
        viewed_until = greatest(cloud.viewed_until, excluded.viewed_until)`.execute(this.#db)
  }

  /** Writes the outcomes of polls, but for clouds that were polled later. */
  async noteChecked(checked: readonly CheckedCloud[]): Promise<void> {
    const column = <Key extends keyof CheckedCloud>(key: Key) => checked.map((cloud) => cloud[key])
    await sql`
      insert into polled_cloud as cloud (project_id, provider_name, watch, checked_at, checked_by)
      select project_id, provider_name, watch, ${databaseNow} - ago, case when ago is not null then ${this.#process} end
      from unnest(${column("projectId")}::text[], ${column("providerName")}::text[], ${column("watch")}::text[],
        ${column("checkedAgoMs").map((ms) => ms && Math.round(ms))}::bigint[])
        as noted (project_id, provider_name, watch, ago)
      order by project_id, provider_name
      on conflict (project_id, provider_name) do update set
        watch = excluded.watch,
        checked_at = coalesce(excluded.checked_at, cloud.checked_at),
        checked_by = coalesce(excluded.checked_by, cloud.checked_by)
      where coalesce(excluded.checked_at, ${databaseNow}) >= coalesce(cloud.checked_at, 0)`.execute(this.#db)
  }

  /**
   * Returns a query of the clouds that were viewed or polled lately.
   * @param sinceMs how lately, in milliseconds; infinity for all clouds
   */
  selectNews(sinceMs: number): RawBuilder<unknown> {
    const condition = Number.isFinite(sinceMs)
      ? sql`greatest(viewed_until, checked_at) > ${databaseNow} - ${Math.ceil(sinceMs)}`
      : sql`true`
    return sql`select ${this.#columns()} from polled_cloud where ${condition}`
  }

  async notify(words: string): Promise<void> {
    await notify(this.#db, words)
  }

  #columns() {
    return sql`project_id, provider_name, followed, watch,
      viewed_until > ${databaseNow} as is_viewed,
      case when checked_by <> ${this.#process} then greatest(${databaseNow} - checked_at, 0) end as checked_ago_ms`
  }
}

/** Tells other processes, when the step is committed, that rows which pages show have its version. */
export async function notifyVersion(
  { dialect }: Pick<Store, "dialect">,
  transaction: Kysely<Tables>,
): Promise<void> {
  if (dialect === "postgres") await notify(transaction, String(headOf(transaction).version))
}

async function notify(db: Kysely<Tables>, words: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${words})`.execute(db)
}

/** Sorted, so that two processes never wait for each other's rows. */
function unnest(clouds: readonly CloudName[]) {
  const sorted = clouds.toSorted((one, other) => (toCloudKey(one) < toCloudKey(other) ? -1 : 1))
  return sql`unnest(${sorted.map(({ projectId }) => projectId)}::text[],
    ${sorted.map(({ providerName }) => providerName)}::text[]) as named (project_id, provider_name)`
}

export function toCloudKey({ projectId, providerName }: CloudName): string {
  return `${projectId} ${providerName}`
}

/** A cloud as `selectNews` returns it. */
export interface CloudRow {
  project_id: string
  provider_name: ProviderName
  followed: number
  is_viewed: boolean
  checked_ago_ms: number | null
  watch: string | null
}

export function toPolledCloud(row: CloudRow): PolledCloud {
  return {
    projectId: row.project_id,
    providerName: row.provider_name,
    isViewed: row.is_viewed,
    isFollowed: row.followed === 1,
    checkedElsewhereAgoMs: row.checked_ago_ms,
    watch: row.watch,
  }
}
