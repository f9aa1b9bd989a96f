import type { Transaction } from "kysely"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { Tables } from "#store/tables.ts"

/** The part of the audit log that sign-in, sign-out and refusals write to. */
export type SignInEvent = Extract<
  AuditEvent,
  {
    action:
      | "sign-in"
      | "sign-in-refused"
      | "sign-out"
      | "session-ended"
      | "access-denied"
      | "token-refused"
      | "token-revoked"
  }
>

/** Where events go. Resolves once the event is safe; what it rejects with stops the act that was to be recorded. */
export interface AuditSink {
  record: (event: SignInEvent) => Promise<void>
  /** Makes a change of our own store and records what it tells of it: both are done, or neither. */
  recordChanges: (change: (transaction: Transaction<Tables>) => Promise<SignInEvent[]>) => Promise<void>
}
