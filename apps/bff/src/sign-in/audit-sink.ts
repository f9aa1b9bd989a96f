/** Somebody who did something: the person behind a request. */
interface Actor {
  issuer: string
  subject: string
  name: string
}

interface Occurrence {
  /** Null when nobody was known, or it was the identity provider. */
  actor: Actor | null
  /** The network address it came from. */
  address: string | null
}

/** What the audit trail keeps of who came, went and was refused. Sessions are named by their listed id; nothing is a secret. */
export type SignInEvent = Occurrence &
  (
    | { action: "sign-in"; detail: { session: string } }
    /** Also a logout token that was not believed. */
    | { action: "sign-in-refused"; detail: { why: string } }
    | { action: "sign-out"; detail: { session: string } }
    | {
        action: "session-ended"
        detail: {
          session: string
          subject: string | null
          name: string | null
          how: "by-owner" | "by-administrator" | "by-provider"
        }
      }
    | {
        action: "access-denied"
        projectId: string | null
        detail: { method: string; path: string; needs: string }
      }
  )

/** Where events go. Resolves once the event is safe; what it rejects with stops the act that was to be recorded. */
export interface AuditSink {
  record: (event: SignInEvent) => Promise<void>
}
