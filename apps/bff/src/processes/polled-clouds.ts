import type { ProviderName } from "@peering-desk/shared-schemas"
import { sql, type Kysely, type RawBuilder, type Transaction } from "kysely"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { databaseNow } from "./database-time.ts"

/** One cloud of one project. */
export interface CloudName {
  projectId: string
  providerName: ProviderName
}

/** A process's knowledge of a cloud when it began to poll or to change it. It may write only while that is unchanged. */
export interface Turn {
  version: number
}

/** A cloud as the processes share it, at the moment it was read. */
export interface PolledCloud extends CloudName, Turn {
  isViewed: boolean
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

/** Notices on this channel name a project, a cloud and a version, or are one of ours. None carries data. */
export const channel = "peering_desk"
/** Notice that a project is viewed, or that nobody leads: other processes look at once. */
export const leadChanged = "lead"
/** Notice that Atlas slowed a project down. */
export const pacesChanged = "paces"

/** The table `polled_cloud`, for one process. */
export class PolledClouds {
  readonly #db: Kysely<Tables>
  readonly #store: Store
  readonly #process: string

  constructor(store: Store, process: string) {
    this.#db = store.db
    this.#store = store
    this.#process = process
  }

  async readAll(): Promise<PolledCloud[]> {
    return await this.#read(sql`true`)
  }

  async readProject(projectId: string): Promise<PolledCloud[]> {
    return await this.#read(sql`project_id = ${projectId}`)
  }

  /** Returns the clouds that changed after a version, in the order of their changes. */
  async readSince(version: number): Promise<PolledCloud[]> {
    return await this.#read(sql`version > ${version}`)
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

  /** Gives a cloud a new version, because something that is shown with its peerings changed. */
  async touch(cloud: CloudName): Promise<void> {
    await step(this.#store, ({ transaction }) => giveVersion(transaction, cloud))
  }

  /**
   * Returns a query of the clouds that changed after a version, or were viewed or polled lately.
   * @param sinceMs how lately, in milliseconds; infinity for all clouds
   */
  selectNews({ version, sinceMs }: { version: number; sinceMs: number }): RawBuilder<unknown> {
    const condition = Number.isFinite(sinceMs)
      ? sql`version > ${version} or greatest(viewed_until, checked_at) > ${databaseNow} - ${Math.ceil(sinceMs)}`
      : sql`true`
    return sql`select ${this.#columns()} from polled_cloud where ${condition}`
  }

  async notify(words: string): Promise<void> {
    await notify(this.#db, words)
  }

  async #read(condition: ReturnType<typeof sql>): Promise<PolledCloud[]> {
    const { rows } = await sql<CloudRow>`select ${this.#columns()} from polled_cloud
      where ${condition} order by version, project_id, provider_name`.execute(this.#db)
    return rows.map(toPolledCloud)
  }

  #columns() {
    return sql`project_id, provider_name, version, watch,
      viewed_until > ${databaseNow} as is_viewed,
      case when checked_by <> ${this.#process} then greatest(${databaseNow} - checked_at, 0) end as checked_ago_ms`
  }
}

/**
 * Gives a cloud a new version inside the step that writes its change, if the cloud still has one of these versions. Steps follow one
 * another, so versions become visible in their order.
 * @returns the version; null when another process wrote, and nothing may be written
 */
export async function takeVersion(
  transaction: Transaction<Tables>,
  { projectId, providerName }: CloudName,
  versions: readonly number[],
): Promise<number | null> {
  await sql`insert into polled_cloud (project_id, provider_name) values (${projectId}, ${providerName})
    on conflict do nothing`.execute(transaction)
  const { rows } = await sql<{ version: number }>`update polled_cloud set version = nextval('polled_version')
    where project_id = ${projectId} and provider_name = ${providerName}
      and version = any(${versions})
    returning version`.execute(transaction)
  const [row] = rows
  if (row === undefined) return null
  await notify(transaction, `${projectId}:${providerName}:${row.version}`)
  return row.version
}

/** Gives a cloud a new version in any turn, inside a step. */
export async function giveVersion(
  transaction: Transaction<Tables>,
  { projectId, providerName }: CloudName,
): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    insert into polled_cloud as cloud (project_id, provider_name, version)
    values (${projectId}, ${providerName}, nextval('polled_version'))
    on conflict (project_id, provider_name) do update set version = excluded.version
    returning version`.execute(transaction)
  await notify(transaction, `${projectId}:${providerName}:${rows[0]?.version}`)
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
  version: number
  is_viewed: boolean
  checked_ago_ms: number | null
  watch: string | null
}

export function toPolledCloud(row: CloudRow): PolledCloud {
  return {
    projectId: row.project_id,
    providerName: row.provider_name,
    version: row.version,
    isViewed: row.is_viewed,
    checkedElsewhereAgoMs: row.checked_ago_ms,
    watch: row.watch,
  }
}
