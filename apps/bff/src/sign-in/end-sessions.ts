import type { Transaction } from "kysely"
import type { EndedSession, WhichSessions } from "#store/session-rows.ts"
import type { SessionStore } from "#store/session-store.ts"
import type { Tables } from "#store/tables.ts"
import type { AuditSink, SignInEvent } from "./audit-sink.ts"

/**
 * Ends sessions with an audit row each, in one transaction.
 * @param toEvent returns the audit event of a session
 * @param before further work in the transaction; its rejection rolls everything back
 */
export async function endSessions(
  { sessions, audit }: { sessions: SessionStore; audit: AuditSink },
  which: WhichSessions,
  toEvent: (ended: EndedSession) => SignInEvent,
  before: (transaction: Transaction<Tables>) => Promise<void> = () => Promise.resolve(),
): Promise<EndedSession[]> {
  let ended: EndedSession[] = []
  await audit.recordChanges(async (transaction) => {
    await before(transaction)
    ended = await sessions.endWithin(transaction, which)
    return ended.map(toEvent)
  })
  sessions.announceEnded(ended)
  return ended
}
