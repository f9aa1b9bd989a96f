import type { AuditEvent } from "#audit/audit-events.ts"

/** What the audit trail keeps of who came, went and was refused. */
export type SignInEvent = Extract<
  AuditEvent,
  { action: "sign-in" | "sign-in-refused" | "sign-out" | "session-ended" | "access-denied" }
>

/** Where events go. Resolves once the event is safe; what it rejects with stops the act that was to be recorded. */
export interface AuditSink {
  record: (event: SignInEvent) => Promise<void>
}
