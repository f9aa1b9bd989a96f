import type { Identity } from "./identity.ts"

/** Something about who came and went that the audit trail keeps. */
export interface SignInEvent {
  action:
    | "signed_in"
    | "sign_in_refused"
    | "signed_out"
    | "session_ended"
    | "logout_token_refused"
    | "access_denied"
  /** Null when nobody was known yet. */
  who: Identity | null
  /** The network address it came from. */
  address: string
  projectId: string | null
  /** What happened exactly, in words without a secret. */
  detail: string
}

/** Where events go. Resolves once the event is safe; what it rejects with stops the act that was to be recorded. */
export interface AuditSink {
  record: (event: SignInEvent) => Promise<void>
}
