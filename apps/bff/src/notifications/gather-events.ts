import { randomUUID } from "node:crypto"
import { sql, type Transaction } from "kysely"
import { readNotificationRows, toNotificationEvents, type NotificationEvent } from "#events/notifications.ts"
import { moveCursor, readCursor } from "#store/cursor.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { clocksApartMs, toNewRow } from "./message-table.ts"

/** Whom new events go to, and how many of them fit into one message. */
export interface EventReceiver {
  recipient: string
  mostEvents: number
  wants: (event: NotificationEvent) => boolean
}

/** Events of this time go into one message. */
const gatherMs = 5_000
const eventsAtOnce = 500

/**
 * Puts new events into the messages of the people and routes that want them.
 * @returns how many events there were
 */
export async function gatherEvents(
  store: Store,
  now: number,
  readReceivers: (transaction: Transaction<Tables>) => Promise<readonly EventReceiver[]>,
): Promise<number> {
  if (!(await hasNewEvents(store))) return 0
  return await step(store, async ({ transaction }) => {
    const from = await readCursor(transaction, "messages")
    const rows = await readNotificationRows(transaction, (query) =>
      query.where("number", ">", from).orderBy("number").limit(eventsAtOnce),
    )
    const last = rows.at(-1)
    if (last === undefined) return 0
    const events = rows.flatMap(toNotificationEvents)
    for (const receiver of await readReceivers(transaction))
      await addTo(store, transaction, receiver, events.filter(receiver.wants), now)
    await moveCursor(transaction, "messages", { from, to: last.number })
    return rows.length
  })
}

async function hasNewEvents({ db }: Store): Promise<boolean> {
  const { rows } = await sql`
    select number from event where notification is not null
      and number > coalesce((select number from cursor where name = 'messages'), 0) limit 1`.execute(db)
  return rows.length > 0
}

async function addTo(
  store: Store,
  transaction: Transaction<Tables>,
  { recipient, mostEvents }: EventReceiver,
  events: readonly NotificationEvent[],
  now: number,
): Promise<void> {
  let rest = events
  const open = rest.length === 0 ? null : await findCollecting(store, transaction, recipient)
  if (open !== null) {
    const fitting = countFitting(rest, Math.max(0, mostEvents - open.count))
    await addItems(transaction, open.id, rest.slice(0, fitting))
    rest = rest.slice(fitting)
  }
  while (rest.length > 0) {
    const id = randomUUID()
    const fitting = countFitting(rest, mostEvents)
    const dueAt = Math.max(now + gatherMs, await readQuietUntil(transaction, recipient, now))
    await transaction
      .insertInto("notification_message")
      .values({ ...toNewRow(id, recipient, now), due_at: dueAt })
      .execute()
    await addItems(transaction, id, rest.slice(0, fitting))
    rest = rest.slice(fitting)
  }
}

/** Counts the first notifications that fit into a message. Two of one event stay together: receivers tell events apart by their numbers. */
function countFitting(events: readonly NotificationEvent[], most: number): number {
  const isParted = events[most - 1]?.number === events[most]?.number
  return Math.min(events.length, isParted ? Math.max(0, most - 1) : most)
}

/** Finds the message that further events may join, and keeps its first attempt waiting until this transaction ends. */
async function findCollecting(
  { dialect }: Store,
  transaction: Transaction<Tables>,
  recipient: string,
): Promise<{ id: string; count: number } | null> {
  const found = transaction
    .selectFrom("notification_message")
    .select("id")
    .where("recipient", "=", recipient)
    .where("state", "=", "collecting")
    .orderBy("created_at", "desc")
    .limit(1)
  const row = await (dialect === "postgres" ? found.forUpdate() : found).executeTakeFirst()
  if (row === undefined) return null
  const { count } = await transaction
    .selectFrom("notification_item")
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("message_id", "=", row.id)
    .executeTakeFirstOrThrow()
  return { id: row.id, count: Number(count) }
}

async function addItems(
  transaction: Transaction<Tables>,
  messageId: string,
  events: readonly NotificationEvent[],
): Promise<void> {
  if (events.length === 0) return
  await transaction
    .insertInto("notification_item")
    .values(events.map(({ number, kind }) => ({ message_id: messageId, event_number: number, kind })))
    .execute()
}

/** Reads until when messages to a receiver wait: they gather while it was told something, or can't be reached. */
async function readQuietUntil(
  transaction: Transaction<Tables>,
  recipient: string,
  now: number,
): Promise<number> {
  const { until } = await transaction
    .selectFrom("notification_message")
    .select(({ fn }) => fn.max("quiet_until").as("until"))
    .where("recipient", "=", recipient)
    .where("state", "!=", "failed")
    .where("last_attempt_at", "<=", now + clocksApartMs)
    .executeTakeFirstOrThrow()
  return until ?? 0
}
