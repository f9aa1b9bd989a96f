import { sql, type Kysely, type SqlBool } from "kysely"
import { readEvents, type NarrowRows, type StoredEvent } from "#audit/chain/event-rows.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"

/** Reads events that people hear of. The phase is part of the text: by a parameter, SQLite would not use its index. */
export async function readNotificationRows(
  store: Pick<Store, "dialect">,
  db: Kysely<Tables>,
  narrow: NarrowRows,
): Promise<StoredEvent[]> {
  const isNotification = sql<SqlBool>`event.phase = 'notification'`
  return await readEvents(store, db, (query) => narrow(query.where(isNotification)))
}
