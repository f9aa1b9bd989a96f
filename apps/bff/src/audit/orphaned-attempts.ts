import type { Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { readEvents, type NarrowRows } from "#audit/chain/event-rows.ts"
import type { AuditLog } from "./audit-log.ts"

/** Longer than any change waits for Atlas's answer and looks it up. */
const longestChangeMs = 2 * 60_000
/** Older attempts were settled before, so years of rows are not read again. */
const lookBackMs = 30 * 24 * 60 * 60_000

/**
 * Writes the outcome `unknown` for attempts whose server stopped before their end. Creates are left to the reconciler, which looks them up.
 * @returns how many there were
 */
export async function settleOrphanedAttempts({
  store,
  audit,
  clock,
}: {
  store: Store
  audit: Pick<AuditLog, "complete">
  clock: Clock
}): Promise<number> {
  const now = clock.now()
  const orphans = await readOrphans(store, store.db, (query) =>
    query
      .where("at", ">", now - lookBackMs)
      .where("at", "<=", now - longestChangeMs)
      .orderBy("number"),
  )
  const why = "The server stopped before the end of it was written."
  const unknown = { outcome: "unknown", answerCode: null, after: null, detail: { why } } as const
  let settled = 0
  for (const { number } of orphans) {
    // Another process may have settled it meanwhile.
    const isOrphan = async (transaction: Kysely<Tables>) =>
      (await readOrphans(store, transaction, (query) => query.where("number", "=", number))).length > 0
    if (await audit.complete(number, unknown, isOrphan)) settled += 1
  }
  return settled
}

function readOrphans(store: Store, db: Kysely<Tables>, narrow: NarrowRows): ReturnType<typeof readEvents> {
  return readEvents(store, db, (query) =>
    narrow(query)
      .where("phase", "=", "attempt")
      .where("kind", "!=", "peering-create")
      .where((row) =>
        row.not(
          row.exists(
            row.selectFrom("event as end").select("end.number").whereRef("end.attempt", "=", "event.number"),
          ),
        ),
      ),
  )
}
