import type { Kysely } from "kysely"
import type { Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { readAuditRows, type AuditRowQuery } from "./audit-rows.ts"
import type { AuditLog } from "./audit-log.ts"

/** Longer than anybody waits for Atlas's answer to a change, and looks for it when it was lost. */
const longestChangeMs = 2 * 60_000
/** What is older was settled by an earlier look; a trail of years is not read again for it each time. */
const lookBackMs = 30 * 24 * 60 * 60_000

/**
 * Writes `unknown` behind changes of which nobody wrote the end: the server that asked for them was stopped meanwhile. Those of creates
 * are left to the reconciler, which looks for what was made.
 * @returns how many there were
 */
export async function settleOrphanedAttempts(parts: {
  store: Store
  audit: Pick<AuditLog, "complete">
  clock: Clock
}): Promise<number> {
  const { store, audit, clock } = parts
  const now = clock.now()
  const left = await readLeft(store, store.db, (query) =>
    query
      .where("at", ">", now - lookBackMs)
      .where("at", "<=", now - longestChangeMs)
      .orderBy("sequence"),
  )
  const why = "The server stopped before the end of it was written."
  const unknown = { outcome: "unknown", answerCode: null, after: null, detail: { why } } as const
  let settled = 0
  for (const { sequence } of left) {
    // Another process may have been quicker.
    const isLeft = async (transaction: Kysely<Tables>) =>
      (await readLeft(store, transaction, (query) => query.where("sequence", "=", sequence))).length > 0
    if (await audit.complete(sequence, unknown, isLeft)) settled += 1
  }
  return settled
}

function readLeft(
  store: Store,
  db: Kysely<Tables>,
  narrow: (query: AuditRowQuery) => AuditRowQuery,
): ReturnType<typeof readAuditRows> {
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
