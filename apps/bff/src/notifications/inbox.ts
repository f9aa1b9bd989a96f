import type { Inbox as InboxAnswer, InboxEntry, NotificationKind } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import { toSentence } from "#events/event-sentence.ts"
import { readNotificationRows, toNotificationEvents, type NotificationEvent } from "#events/notifications.ts"
import type { Access } from "#sign-in/access.ts"
import type { Store } from "#store/store.ts"
import { maySeeEvent } from "./recipients.ts"

const keptMs = 30 * 24 * 60 * 60_000
const mostEntries = 100
/** Rows that are read to find a hundred that the person may see. */
const mostRows = 2_000

/** Inboxes: the events that people hear of as each person may see them, and how far they have read. */
export class Inboxes {
  readonly #store: Store
  readonly #clock: Clock

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#clock = clock
  }

  async read(userKey: string, access: Access): Promise<InboxAnswer> {
    const [rows, reader] = await Promise.all([
      readNotificationRows(this.#store.db, (query) =>
        query
          .where("at", ">=", this.#clock.now() - keptMs)
          .orderBy("number", "desc")
          .limit(mostRows),
      ),
      this.#find(userKey),
    ])
    const readUpTo = reader?.read_up_to ?? 0
    const entries = rows
      .flatMap(toNotificationEvents)
      .filter((event) => maySeeEvent({ userKey, access }, event))
      .slice(0, mostEntries)
      .map(toEntry)
    return { entries, readUpTo, unread: entries.filter(({ number }) => number > readUpTo).length }
  }

  /** Notes that a person has read up to an event. Never goes back. */
  async markRead(userKey: string, upTo: number): Promise<void> {
    await this.#store.db
      .insertInto("inbox_reader")
      .values({ user_key: userKey, read_up_to: upTo, mail_events: "[]" })
      .onConflict((conflict) =>
        conflict
          .column("user_key")
          .doUpdateSet({ read_up_to: upTo })
          .where("inbox_reader.read_up_to", "<", upTo),
      )
      .execute()
  }

  async readMailEvents(userKey: string): Promise<NotificationKind[]> {
    return JSON.parse((await this.#find(userKey))?.mail_events ?? "[]") as NotificationKind[]
  }

  async chooseMailEvents(
    userKey: string,
    events: readonly NotificationKind[],
    db: Store["db"],
  ): Promise<void> {
    const chosen = { mail_events: JSON.stringify(events) }
    await db
      .insertInto("inbox_reader")
      .values({ user_key: userKey, read_up_to: 0, ...chosen })
      .onConflict((conflict) => conflict.column("user_key").doUpdateSet(chosen))
      .execute()
  }

  async #find(userKey: string) {
    return await this.#store.db
      .selectFrom("inbox_reader")
      .selectAll()
      .where("user_key", "=", userKey)
      .executeTakeFirst()
  }
}

function toEntry(event: NotificationEvent): InboxEntry {
  const { number, at, kind, about } = event
  return {
    number,
    at: toInstant(at),
    kind,
    projectId: about?.projectId ?? null,
    peeringId: about?.peeringId ?? null,
    says: toSentence(event),
  }
}
