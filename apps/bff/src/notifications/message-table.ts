import { randomUUID } from "node:crypto"
import { sql, type Insertable, type Selectable, type SqlBool } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toNotificationEvents, type NotificationEvent } from "#events/notifications.ts"
import { readEvents } from "#audit/chain/event-rows.ts"
import { toBatches } from "#base/batches.ts"
import { Claims, type Claim } from "#store/claims.ts"
import type { NotificationMessageTable } from "#store/notification-tables.ts"
import type { Store } from "#store/store.ts"
import { toRouteRecipient } from "./recipients.ts"

export type MessageRow = Selectable<NotificationMessageTable>

/** The outcome of an attempt, as it is stored. */
export interface AttemptEnd {
  state: "sent" | "waiting" | "failed"
  answer: string
  at: number
  /** The next attempt. */
  dueAt: number
  quietUntil: number
}

/** The clocks of processes over one database may be this far apart. What is further ahead was stored while the time was set wrong. */
export const clocksApartMs = 10 * 60_000

/** Makes one attempt to send a message. */
type Attempt = (row: MessageRow, claim: Claim) => Promise<void>

/** The tables `notification_message` and `notification_item`. */
export class MessageTable {
  readonly #store: Store
  readonly #claims: Claims

  constructor(deps: { store: Store; clock: Clock; logger: Logger }) {
    this.#store = deps.store
    this.#claims = new Claims({ ...deps, table: "notification_message" })
  }

  /**
   * Starts an attempt for each message that is due, up to `most`.
   * @returns the attempts, which go on
   */
  async attemptDue(now: number, most: number, attempt: Attempt): Promise<Promise<void>[]> {
    const where = sql<SqlBool>`state in ('collecting', 'waiting')
      and (due_at <= ${now} or coalesce(last_attempt_at, created_at) > ${now + clocksApartMs})`
    return await this.#claims.start({ where, orderBy: sql`due_at, created_at`, most }, (claim) =>
      this.#attempt(claim, attempt),
    )
  }

  /** Returns when the next attempt is due; null when no message waits. */
  async findNextDue(): Promise<number | null> {
    const { dueAt } = await this.#store.db
      .selectFrom("notification_message")
      .select(({ fn }) => fn.min<number | null>("due_at").as("dueAt"))
      .where("state", "in", ["collecting", "waiting"])
      .executeTakeFirstOrThrow()
    return dueAt
  }

  /** Makes one attempt now, due or not, as if it were the first. Does nothing while another process makes one. */
  async attemptNow(id: string, attempt: Attempt): Promise<void> {
    const where = sql<SqlBool>`id = ${id}`
    const isFirst = true
    await Promise.all(
      await this.#claims.start({ where, most: 1 }, (claim) => this.#attempt(claim, attempt, isFirst)),
    )
  }

  async #attempt(claim: Claim, attempt: Attempt, isFirst = false): Promise<void> {
    const row = await this.#store.db
      .updateTable("notification_message")
      .set((eb) => ({ state: "waiting", attempts: isFirst ? 1 : eb("attempts", "+", 1) }))
      .where("id", "=", claim.id)
      .where("claim_by", "=", this.#claims.holder)
      .returningAll()
      .executeTakeFirst()
    if (row !== undefined) await attempt(row, claim)
  }

  /** Stores the outcome of an attempt. Returns false when another process has the message now, or it was removed. */
  async finish({ id }: MessageRow, end: AttemptEnd, db: Store["db"] = this.#store.db): Promise<boolean> {
    const row = await db
      .updateTable("notification_message")
      .set({
        state: end.state,
        due_at: end.dueAt,
        last_attempt_at: end.at,
        last_answer: end.answer,
        quiet_until: end.quietUntil,
      })
      .where("id", "=", id)
      .where("claim_by", "=", this.#claims.holder)
      .returning("id")
      .executeTakeFirst()
    return row !== undefined
  }

  /** Adds a message that nothing joins; `events` may be empty. */
  async add(
    message: Pick<MessageRow, "recipient" | "is_test"> & { now: number; db?: Store["db"] },
  ): Promise<string> {
    const { recipient, is_test, now, db = this.#store.db } = message
    const id = randomUUID()
    const row = { ...toNewRow(id, recipient, now), state: "waiting", is_test }
    await db.insertInto("notification_message").values(row).execute()
    return id
  }

  async find(id: string): Promise<MessageRow | null> {
    const row = await this.#store.db
      .selectFrom("notification_message")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst()
    return row ?? null
  }

  /** Returns the newest messages; to one receiver, or to all routes. */
  async listNewest(most: number, recipient: string | null = null): Promise<MessageRow[]> {
    return await this.#store.db
      .selectFrom("notification_message")
      .selectAll()
      .where("recipient", recipient === null ? "like" : "=", recipient ?? toRouteRecipient("%"))
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(most)
      .execute()
  }

  /** Returns the events of messages, by the id of the message. */
  async readEvents(ids: readonly string[]): Promise<Map<string, NotificationEvent[]>> {
    const events = new Map<string, NotificationEvent[]>()
    if (ids.length === 0) return events
    const items = await this.#store.db
      .selectFrom("notification_item")
      .selectAll()
      .where("message_id", "in", ids)
      .orderBy("event_number")
      .execute()
    const read = new Map<number, NotificationEvent[]>()
    for (const some of toBatches([...new Set(items.map(({ event_number: number }) => number))])) {
      const rows = await readEvents(this.#store.db, (query) => query.where("number", "in", some))
      for (const row of rows) read.set(row.number, toNotificationEvents(row))
    }
    for (const { message_id: id, event_number: number, kind } of items) {
      const event = read.get(number)?.find((one) => one.kind === kind)
      if (event !== undefined) events.set(id, [...(events.get(id) ?? []), event])
    }
    return events
  }

  /** Returns whether a receiver got a message since some time. */
  async hasSucceededSince(recipient: string, since: number, db: Store["db"]): Promise<boolean> {
    const row = await db
      .selectFrom("notification_message")
      .select("id")
      .where("recipient", "=", recipient)
      .where("state", "=", "sent")
      .where("last_attempt_at", ">=", since)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Gives up what waits for a route that was switched off. */
  async giveUp(routeId: string, answer: string, now: number, db: Store["db"]): Promise<void> {
    await db
      .updateTable("notification_message")
      .set({ state: "failed", last_answer: answer, last_attempt_at: now })
      .where("recipient", "=", toRouteRecipient(routeId))
      .where("state", "in", ["collecting", "waiting"])
      .execute()
  }

  async removeOf(routeId: string, db: Store["db"]): Promise<void> {
    await db.deleteFrom("notification_message").where("recipient", "=", toRouteRecipient(routeId)).execute()
  }

  /** Counts what waits and what was given up, and says when the oldest that waits was made; null when none waits. */
  async count() {
    const rows = await this.#store.db
      .selectFrom("notification_message")
      .select(({ fn }) => [
        "state",
        fn.countAll<number | string>().as("count"),
        fn.min("created_at").as("oldest"),
      ])
      .where("state", "!=", "sent")
      .groupBy("state")
      .execute()
    const open = rows.filter(({ state }) => state !== "failed")
    const sum = (some: typeof rows) => some.reduce((total, { count }) => total + Number(count), 0)
    return {
      waiting: sum(open),
      failed: sum(rows.filter(({ state }) => state === "failed")),
      oldestAt: open.length === 0 ? null : Math.min(...open.map(({ oldest }) => oldest)),
    }
  }
}

/** Builds the row of a message that is due at once. */
export function toNewRow(id: string, recipient: string, now: number): Insertable<NotificationMessageTable> {
  return {
    id,
    recipient,
    state: "collecting",
    is_test: 0,
    created_at: now,
    due_at: now,
    attempts: 0,
    claim_until: 0,
    quiet_until: 0,
  }
}
