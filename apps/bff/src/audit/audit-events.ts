import type { AuditAction, AuditOutcome } from "@peering-desk/shared-schemas"

export interface AuditActor {
  issuer: string
  subject: string
  name: string
}

interface Occurrence {
  /** Who did it; null for the server itself, or a stranger. */
  actor: AuditActor | null
  /** The network address they did it from. */
  address: string | null
}

/** So many refusals more, of whoever was refused before. */
interface RefusedMore {
  times: number
  why: string
}

/** Something that happened and needs no answer. No field may hold a secret; a session is named by its listed id. */
export type AuditEvent = Occurrence &
  (
    | { action: "sign-in"; detail: { session: string } }
    | { action: "sign-in-refused"; detail: { why: string } | RefusedMore }
    | { action: "sign-out"; detail: { session: string } }
    | {
        action: "session-ended"
        detail: {
          session: string
          /** Whose it was. */
          subject: string | null
          name: string | null
          how: "by-owner" | "by-administrator" | "by-provider"
        }
      }
    | {
        action: "access-denied"
        projectId: string | null
        /** The role or right it needs. */
        detail: { method: string; path: string; needs: string } | RefusedMore
      }
    | { action: "server-started"; detail: { atlas: string } }
    | { action: "access-rules-read"; detail: { rules: number; hash: string } }
    | { action: "key-read"; detail: { label: string; publicKey: string; change: string } }
    | { action: "key-tested"; detail: { label: string; publicKey: string; verdict: string } }
    | { action: "audit-exported"; detail: { format: string; filter: string } }
    | {
        action: "hand-off-made"
        projectId: string
        peeringId: string
        detail: { link: string; for: string; expiresAt: string }
      }
    | {
        action: "hand-off-revoked"
        projectId: string
        peeringId: string
        detail: { link: string; for: string }
      }
    | {
        /** By whoever has the link. */
        action: "hand-off-opened" | "hand-off-pressed"
        projectId: string
        peeringId: string
        detail: { link: string; for: string; madeBy: string }
      }
  )

/** A change that is about to be asked for at Atlas. */
export interface AuditAttempt extends Occurrence {
  action: Extract<
    AuditAction,
    `peering-${string}` | `container-${string}` | "private-ip-mode-change" | "access-list-add"
  >
  projectId: string
  peeringId: string | null
  /** Why, in the actor's own words. */
  reason: string | null
  /** What is asked for; only its hash is kept, and what of it `after` shows. */
  request: unknown
  /** What the thing was like; only fields on the allow-list are kept. */
  before: unknown
}

/** What became of an attempt. */
export interface AuditResult {
  outcome: AuditOutcome
  /** Atlas's status and error code, as in `409 PEER_ALREADY_EXISTS`. */
  answerCode: string | null
  /** The connection that was made. */
  peeringId?: string
  /** What the thing is like now; only fields on the allow-list are kept. */
  after: unknown
  detail?: { why: string }
}
