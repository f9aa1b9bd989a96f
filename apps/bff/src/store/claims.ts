import { randomUUID } from "node:crypto"
import { sql, type RawBuilder, type SqlBool } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Store } from "./store.ts"

const claimMs = 6_000
const renewEveryMs = claimMs / 3
/** A request that leaves this server later could arrive after another process took the row. */
const trustedMs = (claimMs * 2) / 3

/** A row that this process has to itself. */
export interface Claim {
  readonly id: string
  /** Returns false once another process may have the row. Check it before a request leaves this server. */
  readonly isHeld: () => boolean
}

interface ClaimsDeps {
  store: Pick<Store, "db" | "dialect">
  clock: Clock
  logger: Logger
  /** Has the columns `id`, `claim_by` and `claim_until`. */
  table: "notification_message"
}

interface Wanted {
  where: RawBuilder<SqlBool>
  orderBy?: RawBuilder<unknown>
  most: number
}

/**
 * Claims of the rows of one table, for one process. A claim is renewed every 2 seconds and ends with its work. When its holder stops, the
 * row is free 6 seconds later. It only avoids that two processes do the same: decide in a step what is true.
 */
export class Claims {
  /** The text in `claim_by` of the rows that this process has. */
  readonly holder = randomUUID()
  readonly #deps: ClaimsDeps
  /** By id: when this process last took or renewed it, by its monotonic clock; minus infinity once another process has it. */
  readonly #held = new Map<string, number>()
  #cancelRenewal = () => {}

  constructor(deps: ClaimsDeps) {
    this.#deps = deps
  }

  /**
   * Takes free rows and starts `work` with each.
   * @returns the works, which go on
   */
  async start<T>(wanted: Wanted, work: (claim: Claim) => Promise<T>): Promise<Promise<T>[]> {
    const ids = await this.#take(wanted)
    return ids.map((id) => this.#run(id, work))
  }

  async #take({ where, orderBy = sql`id`, most }: Wanted): Promise<string[]> {
    const { clock, store, table } = this.#deps
    const now = clock.now()
    const held = [...this.#held.keys()]
    const free = sql<{ id: string }>`
      select id from ${sql.table(table)}
      where ${where} and ${isFree(now)} ${held.length === 0 ? sql`` : sql`and id not in (${sql.join(held)})`}
      order by ${orderBy} limit ${most}`
    // Most of the time there is no row to lock.
    const found = (await free.execute(store.db)).rows.map(({ id }) => id)
    if (found.length === 0) return []
    const askedAt = clock.elapsed()
    const { rows } = await sql<{ id: string }>`
      with free as (${free} ${store.dialect === "postgres" ? sql`for update skip locked` : sql``})
      update ${sql.table(table)} set claim_by = ${this.holder}, claim_until = ${now + claimMs}
      where id in (select id from free) returning id`.execute(store.db)
    const isFirst = this.#held.size === 0
    for (const { id } of rows) this.#held.set(id, askedAt)
    if (isFirst) this.#scheduleRenewal()
    // An update returns rows in any order.
    return rows.map(({ id }) => id).sort((one, other) => found.indexOf(one) - found.indexOf(other))
  }

  async #run<T>(id: string, work: (claim: Claim) => Promise<T>): Promise<T> {
    const isHeld = () =>
      this.#deps.clock.elapsed() - (this.#held.get(id) ?? Number.NEGATIVE_INFINITY) < trustedMs
    try {
      return await work({ id, isHeld })
    } finally {
      await this.#release(id)
    }
  }

  async #release(id: string): Promise<void> {
    const { logger, store, table } = this.#deps
    this.#held.delete(id)
    if (this.#held.size === 0) this.#scheduleRenewal()
    await sql`update ${sql.table(table)} set claim_by = null, claim_until = 0
      where id = ${id} and claim_by = ${this.holder}`
      .execute(store.db)
      .catch((error: unknown) => {
        logger.warn({ err: error, table }, "Could not release a claim; it ends in seconds")
      })
  }

  #scheduleRenewal(): void {
    this.#cancelRenewal()
    this.#cancelRenewal =
      this.#held.size === 0 ? () => {} : this.#deps.clock.after(renewEveryMs, () => void this.#renew())
  }

  /** Renews all claims in one statement. A row that is missing in its answer belongs to another process, or was removed. */
  async #renew(): Promise<void> {
    const { clock, logger, store, table } = this.#deps
    const ids = [...this.#held.keys()]
    const askedAt = clock.elapsed()
    try {
      const { rows } = await sql<{ id: string }>`
        update ${sql.table(table)} set claim_until = ${clock.now() + claimMs}
        where id in (${sql.join(ids)}) and claim_by = ${this.holder} returning id`.execute(store.db)
      const renewed = new Set(rows.map(({ id }) => id))
      for (const id of ids.filter((one) => this.#held.has(one)))
        this.#held.set(id, renewed.has(id) ? askedAt : Number.NEGATIVE_INFINITY)
    } catch (error) {
      logger.warn({ err: error, table }, "Could not renew claims")
    }
    this.#scheduleRenewal()
  }
}

/** A claim that ends later than any claim could was stored while the time was set wrong. */
function isFree(now: number): RawBuilder<SqlBool> {
  return sql`(claim_until <= ${now} or claim_until > ${now + 2 * claimMs})`
}
