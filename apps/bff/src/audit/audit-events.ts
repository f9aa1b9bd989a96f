import type { AuditAction, AuditOutcome, ProviderName } from "@peering-desk/shared-schemas"

export interface AuditActor {
  issuer: string
  subject: string
  name: string
  /** The API token by which the person acts. */
  token?: { id: string; name: string }
  /** The approval of another person with which the actor acts. */
  approval?: { id: string; by: { name: string; subject: string }; planHash: string }
}

interface Occurrence {
  /** Null for the server itself and for a person who is not signed in. */
  actor: AuditActor | null
  /** Network address of the actor. */
  address: string | null
}

/** Counts further refusals of somebody who was refused before. */
interface RefusedMore {
  times: number
  why: string
}

/** `approval` is the request's id, `act` what it is for, `name` that of the network. */
interface ApprovalDetail {
  approval: string
  act: string
  name: string
  planHash: string
}

/** An event without an outcome. No field may hold a secret: a session has the id under which it is listed. */
export type AuditEvent = Occurrence &
  (
    | { action: "sign-in"; detail: { session: string } }
    | { action: "sign-in-refused"; detail: { why: string } | RefusedMore }
    | { action: "sign-out"; detail: { session: string } }
    | {
        action: "session-ended"
        detail: {
          session: string
          /** The session's user. */
          subject: string | null
          name: string | null
          how: "by-owner" | "by-administrator" | "by-provider"
        }
      }
    | {
        action: "access-denied"
        projectId: string | null
        /** `needs` is the missing role or right. */
        detail: { method: string; path: string; needs: string } | RefusedMore
      }
    | {
        action: "token-created"
        /** `token` is its id in lists. */
        detail: { token: string; name: string; role: string; projects: string; expiresAt: string }
      }
    | {
        action: "token-revoked"
        /** `with-session`: the session in which it was created was ended from the list of sessions. */
        detail: {
          token: string
          name: string
          owner: string
          how: "by-owner" | "by-administrator" | "with-session"
        }
      }
    | {
        /** A request with a token that may not be used. Without its name for a text that is no token of ours. */
        action: "token-refused"
        detail: { why: string; token?: string; name?: string; owner?: string } | RefusedMore
      }
    | {
        /** The provider refused to vouch for a person, so their tokens wait until they sign in. */
        action: "tokens-paused"
        detail: { subject: string; name: string; tokens: number }
      }
    | { action: "tokens-resumed"; detail: { tokens: number } }
    | { action: "server-started"; detail: { atlas: string } }
    | { action: "access-rules-read"; detail: { rules: number; hash: string } }
    | {
        /** Without lines when the policy was taken away. */
        action: "approval-policy-read"
        detail: { lines: number; hash: string }
      }
    | { action: "key-read"; detail: { label: string; publicKey: string; change: string } }
    | { action: "key-tested"; detail: { label: string; publicKey: string; verdict: string } }
    | { action: "audit-exported"; detail: { format: string; filter: string } }
    | { action: "audit-key-created"; detail: { key: string; publicKey: string; why: string } }
    | {
        /** The first row of a new segment. `flaw-rows.ts` says what is in it. */
        action: "audit-flaw-found"
        detail: Record<string, string | number>
      }
    | {
        /** `flaws`: the first row of each. */
        action: "audit-flaw-acknowledged"
        reason: string
        detail: { flaws: string }
      }
    | {
        action: "approval-requested"
        projectId: string
        providerName: ProviderName
        peeringId: string | null
        reason: string
        detail: ApprovalDetail & { needs: string; expiresAt: string }
      }
    | {
        action: "approval-granted" | "approval-withdrawn"
        projectId: string
        providerName: ProviderName
        peeringId: string | null
        detail: ApprovalDetail & { requestedBy: string }
      }
    | {
        action: "approval-refused"
        projectId: string
        providerName: ProviderName
        peeringId: string | null
        detail: ApprovalDetail & { requestedBy: string; why: string }
      }
    | {
        action: "approval-declined"
        projectId: string
        providerName: ProviderName
        peeringId: string | null
        reason: string
        detail: ApprovalDetail & { requestedBy: string }
      }
    | {
        /** `to` is the host of an address, or e-mail addresses. `secret`: replaced, which no row shows. */
        action: "notification-route-added" | "notification-route-changed" | "notification-route-removed"
        detail: {
          route: string
          name: string
          channel: string
          to: string
          projects: string
          clouds: string
          events: string
          on: boolean
          secret?: "replaced"
        }
      }
    | {
        /** By the server, after repeated failure. */
        action: "notification-route-switched-off"
        detail: { route: string; name: string; why: string }
      }
    | {
        action: "notification-test-sent" | "notification-sent-again"
        detail: { route: string; message: string }
      }
    | { action: "mail-choice-changed"; detail: { events: string } }
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
        action: "step-marked" | "step-unmarked"
        projectId: string
        peeringId: string
        detail: { step: string }
      }
    | {
        /** By anybody who has the link. */
        action: "hand-off-opened" | "hand-off-pressed"
        projectId: string
        peeringId: string
        detail: { link: string; for: string; madeBy: string }
      }
    | {
        /** By anybody who has the link, in their own words. */
        action: "hand-off-declined"
        projectId: string
        providerName: ProviderName
        peeringId: string
        reason: string
        /** `name` is the connection's. */
        detail: { link: string; for: string; madeBy: string; name: string }
      }
  )

/** A change that is about to be sent to Atlas. */
export interface AuditAttempt extends Occurrence {
  action: Extract<
    AuditAction,
    | `peering-${string}`
    | `container-${string}`
    | "private-ip-mode-change"
    | "custom-dns-change"
    | "access-list-add"
  >
  projectId: string
  peeringId: string | null
  /** The actor's own words. */
  reason: string | null
  /** Stored as a hash only. */
  request: unknown
  /** The thing before the change. Only fields on the allow-list are stored. */
  before: unknown
}

/** The outcome of an attempt. */
export interface AuditResult {
  outcome: AuditOutcome
  /** Atlas's status and error code, as in `409 PEER_ALREADY_EXISTS`. */
  answerCode: string | null
  /** The new peering. */
  peeringId?: string
  /** The thing after the change. Only fields on the allow-list are stored. */
  after: unknown
  detail?: { why: string }
}
