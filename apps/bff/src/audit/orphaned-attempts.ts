import type { Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { readAuditRows, type NarrowRows } from "#audit/chain/audit-rows.ts"
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
      .orderBy("sequence"),
  )
  const why = "The server stopped before the end of it was written."
  const unknown = { outcome: "unknown", answerCode: null, after: null, detail: { why } } as const
  let settled = 0
  for (const { sequence } of orphans) {
    // Another process may have settled it meanwhile.
    const isOrphan = async (transaction: Kysely<Tables>) =>
      (await readOrphans(store, transaction, (query) => query.where("sequence", "=", sequence))).length > 0
    if (await audit.complete(sequence, unknown, isOrphan)) settled += 1
  }
  return settled
}

function readOrphans(store: Store, db: Kysely<Tables>, narrow: NarrowRows): ReturnType<typeof readAuditRows> {
  return readAuditRows(store, db, (query) =>
    narrow(query)
      .where("kind", "=", "attempt")
      .where("action", "!=", "peering-create")
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom("audit_row as end")
              .select("end.sequence")
              .whereRef("end.attempt_sequence", "=", "audit_row.sequence"),
          ),
        ),
      ),
  )
}
