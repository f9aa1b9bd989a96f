import type { ProviderName } from "@peering-desk/shared-schemas"
import { sql, type Kysely, type Transaction } from "kysely"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { databaseNow } from "./database-time.ts"

/** One cloud of one project. */
export interface CloudName {
  projectId: string
  providerName: ProviderName
}

/** A process's knowledge of a cloud when it began to poll or to change it. It may write only while both are unchanged. */
export interface Turn {
  epoch: number
  version: number
}

/** A cloud as the processes share it, at the moment it was read. */
export interface PolledCloud extends CloudName, Turn {
  /** By this process. */
  isHeld: boolean
  /** The time that is left of another process's lease; 0 when no other has one. */
  heldElsewhereForMs: number
  /** Another process held it, and neither renewed its lease nor gave it back. */
  isOrphaned: boolean
  isViewed: boolean
  /** Since the last poll that Atlas answered, if another process made it. */
  checkedElsewhereAgoMs: number | null
  /** Outcome of the last poll as its process wrote it; null before the first. */
  watch: string | null
}

/** Notices on this channel name a project, a cloud and a version, or are one of ours. None carries data. */
export const channel = "peering_desk"
/** Notice that a project is viewed, or that clouds are free: other processes renew their leases at once. */
export const leasesChanged = "leases"
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

  /** Takes clouds that no process holds, and keeps this one's. Returns the clouds that it holds from now on. */
  async hold(clouds: readonly CloudName[], forMs: number): Promise<PolledCloud[]> {
    if (clouds.length === 0) return []
    const { rows } = await sql<Row>`
      insert into polled_cloud as cloud (project_id, provider_name, holder, epoch, held_until)
      select project_id, provider_name, ${this.#process}, 1, ${databaseNow} + ${forMs}
      from ${unnest(clouds)}
      on conflict (project_id, provider_name) do update set
        holder = excluded.holder,
        epoch = cloud.epoch + case when cloud.holder = excluded.holder then 0 else 1 end,
        held_until = excluded.held_until
      where cloud.holder = excluded.holder or cloud.holder is null or cloud.held_until <= ${databaseNow}
      returning ${this.#columns()}`.execute(this.#db)
    return rows.map(toPolledCloud)
  }

  /** Gives clouds back. */
  async release(clouds: readonly CloudName[]): Promise<void> {
    await sql`update polled_cloud set holder = null, held_until = 0
      where holder = ${this.#process}
        and (project_id, provider_name) in (select project_id, provider_name from ${unnest(clouds)})`.execute(
      this.#db,
    )
    await this.notify(leasesChanged)
  }

  /** Says that somebody views some clouds here. */
  async view(clouds: readonly CloudName[], forMs: number): Promise<void> {
    if (clouds.length === 0) return
    await sql`insert into polled_cloud as cloud (project_id, provider_name, viewed_until)
      select project_id, provider_name, ${databaseNow} + ${forMs} from ${unnest(clouds)}
      on conflict (project_id, provider_name) do update set
        viewed_until = greatest(cloud.viewed_until, excluded.viewed_until)`.execute(this.#db)
  }

  /** Writes the outcome of a poll that changed nothing else. Returns false when the turn is over. */
  async noteChecked(
    { projectId, providerName }: CloudName,
    { epoch, version }: Turn,
    { watch, checkedAgoMs }: { watch: string; checkedAgoMs: number | null },
  ): Promise<boolean> {
    const checkedAt =
      checkedAgoMs === null ? sql`null::bigint` : sql`${databaseNow} - ${Math.round(checkedAgoMs)}`
    const { numAffectedRows } = await sql`
      insert into polled_cloud as cloud (project_id, provider_name, watch, checked_at, checked_by)
      values (${projectId}, ${providerName}, ${watch}, ${checkedAt}, ${this.#process})
      on conflict (project_id, provider_name) do update set
        watch = excluded.watch,
        checked_at = coalesce(excluded.checked_at, cloud.checked_at),
        checked_by = case when excluded.checked_at is null then cloud.checked_by else excluded.checked_by end
      where cloud.epoch = ${epoch} and cloud.version = ${version}`.execute(this.#db)
    return numAffectedRows === 1n
  }

  /** Gives a cloud a new version, because something that is shown with its peerings changed. */
  async touch(cloud: CloudName): Promise<void> {
    await step(this.#store, ({ transaction }) => giveVersion(transaction, cloud))
  }

  /** Says that this process lives. Returns how many others do, and how long the first of them does unless it says so again. */
  async beat(forMs: number): Promise<{ others: number; firstEndsInMs: number }> {
    const { rows } = await sql<{ others: number; first_ends_in_ms: number | null }>`
      with beat as (
        insert into process (id, alive_until) values (${this.#process}, ${databaseNow} + ${forMs})
        on conflict (id) do update set alive_until = excluded.alive_until
      ), gone as (
        delete from process where alive_until < ${databaseNow} - 60000
      )
      select count(*) as others, min(alive_until) - ${databaseNow} as first_ends_in_ms from process
      where alive_until > ${databaseNow} and id <> ${this.#process}`.execute(this.#db)
    const [row] = rows
    return { others: row?.others ?? 0, firstEndsInMs: row?.first_ends_in_ms ?? Number.POSITIVE_INFINITY }
  }

  /** Says that this process ends. */
  async leave(): Promise<void> {
    await sql`update polled_cloud set holder = null, held_until = 0 where holder = ${this.#process}`.execute(
      this.#db,
    )
    await this.#db.deleteFrom("process").where("id", "=", this.#process).execute()
    await this.notify(leasesChanged)
  }

  async notify(words: string): Promise<void> {
    await notify(this.#db, words)
  }

  async #read(condition: ReturnType<typeof sql>): Promise<PolledCloud[]> {
    const { rows } = await sql<Row>`select ${this.#columns()} from polled_cloud
      where ${condition} order by version, project_id, provider_name`.execute(this.#db)
    return rows.map(toPolledCloud)
  }

  #columns() {
    return sql`project_id, provider_name, epoch, version, watch,
      coalesce(holder = ${this.#process} and held_until > ${databaseNow}, false) as is_held,
      case when holder <> ${this.#process} then greatest(held_until - ${databaseNow}, 0) else 0 end as held_elsewhere_for_ms,
      coalesce(holder <> ${this.#process} and held_until <= ${databaseNow}, false) as is_orphaned,
      viewed_until > ${databaseNow} as is_viewed,
      case when checked_by <> ${this.#process} then greatest(${databaseNow} - checked_at, 0) end as checked_ago_ms`
  }
}

/**
 * Gives a cloud a new version inside the step that writes its change, if the cloud still has one of these versions and this
 * epoch. Steps follow one another, so versions become visible in their order.
 * @returns the version; null when another process wrote or took the cloud over, and nothing may be written
 */
export async function takeVersion(
  transaction: Transaction<Tables>,
  { projectId, providerName }: CloudName,
  { epoch, versions }: { epoch: number; versions: readonly number[] },
): Promise<number | null> {
  await sql`insert into polled_cloud (project_id, provider_name) values (${projectId}, ${providerName})
    on conflict do nothing`.execute(transaction)
  const { rows } = await sql<{ version: number }>`update polled_cloud set version = nextval('polled_version')
    where project_id = ${projectId} and provider_name = ${providerName}
      and epoch = ${epoch} and version = any(${versions})
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

interface Row {
  project_id: string
  provider_name: ProviderName
  epoch: number
  version: number
  is_held: boolean
  held_elsewhere_for_ms: number
  is_orphaned: boolean
  is_viewed: boolean
  checked_ago_ms: number | null
  watch: string | null
}

function toPolledCloud(row: Row): PolledCloud {
  return {
    projectId: row.project_id,
    providerName: row.provider_name,
    epoch: row.epoch,
    version: row.version,
    isHeld: row.is_held,
    heldElsewhereForMs: row.held_elsewhere_for_ms,
    isOrphaned: row.is_orphaned,
    isViewed: row.is_viewed,
    checkedElsewhereAgoMs: row.checked_ago_ms,
    watch: row.watch,
  }
}
