import { sql, type Kysely, type RawBuilder } from "kysely"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { databaseNow } from "./database-clock.ts"
import type { PolledCloud } from "./polled-clouds.ts"

/** The answer to a process that says that it lives. */
export interface Beat {
  /** True if this process leads from now on, or still. */
  leads: boolean
  /** Another process led before, and neither renewed its lease nor gave it back. */
  wasOrphaned: boolean
  /** The time that is left of another process's lease; infinity when none has it. */
  heldElsewhereForMs: number
  /** The clouds that were viewed or polled lately. */
  news: PolledCloud[]
  /** When Atlas last slowed a project down; null when it never did. */
  slowedAt: number | null
  /** The version of the stored state. */
  version: number
}

interface BeatRow extends Pick<Beat, "news" | "slowedAt" | "version"> {
  leads: boolean
  isElsewhere: boolean
  heldForMs: number
}

const only = 1

/** The table `leader_lease`, and the table `process` of the ones that live, for one process. */
export class LeaderLease {
  readonly #db: Kysely<Tables>
  readonly #process: string

  constructor({ db }: Pick<Store, "db">, process: string) {
    this.#db = db
    this.#process = process
  }

  /**
   * Says that this process lives, takes or renews the lease unless another process has it, and reads what is new, in one statement.
   * @param selectNews a query of rows that can be JSON
   */
  async beat(leaseMs: number, selectNews: RawBuilder<unknown>): Promise<Beat> {
    const { rows } = await sql<BeatRow>`
      with alive as (
        insert into process (id, alive_until) values (${this.#process}, ${databaseNow} + ${leaseMs})
        on conflict (id) do update set alive_until = excluded.alive_until
      ), gone as (
        delete from process where alive_until < ${databaseNow} - 60000
      ), taken as (
        insert into leader_lease as lease (id, holder, epoch, held_until)
        values (${only}, ${this.#process}, 1, ${databaseNow} + ${leaseMs})
        on conflict (id) do update set
          holder = excluded.holder,
          epoch = lease.epoch + case when lease.holder = excluded.holder then 0 else 1 end,
          held_until = excluded.held_until
        where lease.holder = excluded.holder or lease.holder is null or lease.held_until <= ${databaseNow}
        returning true as taken
      )
      select taken.taken is not null as leads,
        coalesce(before.holder <> ${this.#process}, false) as "isElsewhere",
        coalesce(greatest(before.held_until - ${databaseNow}, 0), 0) as "heldForMs",
        (select max(slowed_at) from atlas_pace) as "slowedAt",
        coalesce((select version from head), 0) as version,
        coalesce((select json_agg(news) from (${selectNews}) as news), '[]') as news
      from (select) as one left join taken on true left join leader_lease as before on before.id = ${only}`.execute(
      this.#db,
    )
    const [row] = rows
    if (row === undefined) throw new Error("The database did not answer who leads")
    const { isElsewhere, heldForMs, ...beat } = row
    return {
      ...beat,
      wasOrphaned: beat.leads && isElsewhere,
      heldElsewhereForMs: !beat.leads && isElsewhere ? heldForMs : Number.POSITIVE_INFINITY,
    }
  }

  /** Says that this process ends, and gives the lease back. */
  async leave(): Promise<void> {
    await sql`with gone as (delete from process where id = ${this.#process})
      update leader_lease set holder = null, held_until = 0 where holder = ${this.#process}`.execute(this.#db)
  }
}
