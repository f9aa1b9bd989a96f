import type { Transaction } from "kysely"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import type { EndedSession, SessionSelector } from "#store/session-rows.ts"
import type { SessionStore } from "#store/session-store.ts"
import type { Tables } from "#store/tables.ts"

/** The API tokens that were created in sessions, by the ids under which sessions are listed. */
export interface SessionTokens {
  /** Counts the ones in use. */
  countOfSessions: (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>
  /** Revokes the ones in use; once the transaction is committed, `announceEnded` is to be called. */
  revokeOfSessions: (
    sessionIds: readonly string[],
    by: string,
    transaction: Transaction<Tables>,
  ) => Promise<{ id: string; name: string; sessionId: string }[]>
  announceEnded: (ended: readonly { id: string }[]) => void
}

type SessionEnded = Extract<AuditEvent, { action: "session-ended" }>

interface FurtherWork {
  /** Work in the same transaction; when it rejects, nothing ends. */
  before?: (transaction: Transaction<Tables>) => Promise<void>
  /** Returns further events of what ends with the sessions. */
  after?: (ended: readonly EndedSession[], transaction: Transaction<Tables>) => Promise<AuditEvent[]>
}

/** Builds the audit event of a session that somebody else than its own sign-out ended. */
export function toEndedEvent(
  { id, user }: EndedSession,
  by: Pick<SessionEnded, "actor" | "address">,
  how: SessionEnded["detail"]["how"],
): SessionEnded {
  const { subject = null, name = null } = user ?? {}
  return { action: "session-ended", ...by, detail: { session: id, subject, name, how } }
}

/**
 * Ends sessions with an audit row each, in one transaction with further work.
 * @param toEvent returns the audit event of a session
 */
export async function endSessions(
  { sessions, audit }: { sessions: SessionStore; audit: Pick<AuditLog, "recordChanges"> },
  which: SessionSelector,
  toEvent: (ended: EndedSession) => AuditEvent,
  { before, after }: FurtherWork = {},
): Promise<EndedSession[]> {
  let ended: EndedSession[] = []
  await audit.recordChanges(async (transaction) => {
    await before?.(transaction)
    ended = await sessions.endWithin(transaction, which)
    return [...ended.map(toEvent), ...((await after?.(ended, transaction)) ?? [])]
  })
  sessions.announceEnded(ended)
  return ended
}
