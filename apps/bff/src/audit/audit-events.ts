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

/** The actor of the server itself. */
export const itself = { actor: null, address: null } as const satisfies Occurrence

/** Why somebody was refused; `times` counts further refusals of the same kind. */
type Refused<More = object> = ({ why: string } & More) | { times: number; why: string }

interface OfPeering {
  projectId: string
  peeringId: string
}

/** About a request for approval: `approval` is its id, `act` what it is for, `name` that of the network. */
interface OfApproval<More> {
  projectId: string
  providerName: ProviderName
  peeringId: string | null
  detail: { approval: string; act: string; name: string; planHash: string } & More
}

/** About what was pasted: `network` names it, `aspects` counts what is known of it. */
interface Facts {
  network: string
  aspects: number
}

interface OfLink<More = object> extends OfPeering {
  /** By anybody who has the link. */
  detail: { link: string; for: string; madeBy: string } & More
}

/** `to` is the host of an address, or e-mail addresses. `secret`: replaced, which no row shows. */
interface OfRoute {
  detail: Record<"route" | "name" | "channel" | "to" | "projects" | "clouds" | "events", string> & {
    on: boolean
    secret?: "replaced"
  }
}

/** An event of Atlas. `atlasAt` is when it happened, ISO 8601; the row has the time at which it was read. */
interface OfAtlas {
  projectId: string
  providerName: ProviderName | null
  /** Null where Atlas does not show which connection it was. */
  peeringId: string | null
  detail: { atlasAt: string; type: string; entry?: string }
}

/**
 * About an AWS account that a role reads: `id` is of this installation, `name` the one it was given here. `account` and `role` are AWS's.
 * `missing`: the rights that the role lacks. `why`: the reason why it can't be used.
 */
interface OfCloudAccount {
  projectId: string
  detail: { id: string; name: string; account?: string; role?: string; missing?: string; why?: string }
}

/** `key` is public. */
interface OfManagedKey {
  projectId: string
  detail: { key: string; name: string }
}

/** `name` is the preset's; `savedBy` had it saved last. */
interface OfPreset<More = object> {
  projectId: string
  providerName: ProviderName
  detail: { name: string } & More
}

/** The actor's own words. */
interface Reasoned {
  reason: string
}

/** The events without an outcome, by action. No field may hold a secret: a session has the id under which it is listed. */
interface Events {
  "sign-in": { detail: { session: string } }
  "sign-in-refused": { detail: Refused }
  "sign-out": { detail: { session: string } }
  /** `subject` and `name` are the session's user. */
  "session-ended": {
    detail: {
      session: string
      subject: string | null
      name: string | null
      how: "by-owner" | "by-administrator" | "by-provider"
    }
  }
  /** `needs` is the missing role or right. */
  "access-denied": {
    projectId: string | null
    detail: { method: string; path: string; needs: string } | { times: number; why: string }
  }
  /** `token` is its id in lists. */
  "token-created": { detail: Record<"token" | "name" | "role" | "projects" | "expiresAt", string> }
  /** `with-session`: the session in which it was created was ended from the list of sessions. */
  "token-revoked": {
    detail: {
      token: string
      name: string
      owner: string
      how: "by-owner" | "by-administrator" | "with-session"
    }
  }
  /** A request with a token that may not be used. Without its name for a text that is no token of ours. */
  "token-refused": { detail: Refused<{ token?: string; name?: string; owner?: string }> }
  /** The provider refused to vouch for a person, so their tokens wait until they sign in. */
  "tokens-paused": { detail: { subject: string; name: string; tokens: number } }
  "tokens-resumed": { detail: { tokens: number } }
  "server-started": { detail: { atlas: string } }
  "access-rules-read": { detail: { rules: number; hash: string } }
  /** Without lines when the policy was taken away. */
  "approval-policy-read": { detail: { lines: number; hash: string } }
  "key-read": { detail: { label: string; publicKey: string; change: string } }
  "key-tested": { detail: { label: string; publicKey: string; verdict: string } }
  /** `why` is the step towards its end. */
  "key-expires": { detail: { name: string; expiresAt: string; why: string } }
  "audit-exported": { detail: { format: string; filter: string } }
  "audit-key-created": { detail: { key: string; publicKey: string; why: string } }
  /** The first row of a new segment. `flaw-rows.ts` says what is in it. */
  "audit-flaw-found": { detail: Record<string, string | number> }
  /** `flaws`: the first row of each. */
  "audit-flaw-acknowledged": Reasoned & { detail: { flaws: string } }
  "approval-requested": Reasoned & OfApproval<{ needs: string; expiresAt: string }>
  "approval-granted": OfApproval<{ requestedBy: string }>
  "approval-withdrawn": OfApproval<{ requestedBy: string }>
  "approval-refused": OfApproval<{ requestedBy: string; why: string }>
  "approval-declined": Reasoned & OfApproval<{ requestedBy: string }>
  "notification-route-added": OfRoute
  "notification-route-changed": OfRoute
  "notification-route-removed": OfRoute
  /** By the server, after repeated failure. */
  "notification-route-switched-off": { detail: { route: string; name: string; why: string } }
  "notification-test-sent": { detail: { route: string; name: string; message: string } }
  "notification-sent-again": { detail: { route: string; name: string; message: string } }
  "mail-choice-changed": { detail: { events: string } }
  "hand-off-made": OfPeering & { detail: { link: string; for: string; expiresAt: string } }
  "hand-off-revoked": OfPeering & { detail: { link: string; for: string } }
  "hand-off-opened": OfLink
  "hand-off-pressed": OfLink
  /** `name` is the connection's. */
  "hand-off-declined": Reasoned & { providerName: ProviderName } & OfLink<{ name: string }>
  "hand-off-taken-back": OfLink
  /** Its reason is the answer, `for` the label of the link. */
  "decline-answered": Reasoned & OfPeering & { detail: { for: string } }
  "hand-off-pasted": OfLink<Facts>
  "facts-pasted": OfPeering & { detail: Facts }
  /** `for`: the label of the link. */
  "facts-accepted": OfPeering & { detail: Facts & { for: string } }
  /** `name` is the connection's, `step` the stop on its path that was proven before. */
  "step-undone": OfPeering & {
    providerName: ProviderName
    detail: { name: string; step: string; why: string }
  }
  /** `step`: the stop on its path that a role read to be broken. */
  "broken-in-aws": OfPeering & {
    providerName: ProviderName
    detail: { name: string; step: string; why: string }
  }
  /** `step`: the stop that was broken. */
  "fixed-in-aws": OfPeering & { providerName: ProviderName; detail: { name: string; step: string } }
  "cloud-account-connected": OfCloudAccount
  "cloud-account-checked": OfCloudAccount
  "cloud-account-removed": OfCloudAccount
  "cloud-role-refused": OfCloudAccount & { providerName: ProviderName }
  "managed-key-listed": OfManagedKey
  "managed-key-removed": OfManagedKey
  /** `name`: of the key that changed the connection last. */
  "managed-override": Reasoned & OfPeering & { detail: { name: string } }
  "preset-saved": OfPreset
  "preset-deleted": OfPreset<{ savedBy: string }>
  "step-marked": OfPeering & { detail: { step: string } }
  "step-unmarked": OfPeering & { detail: { step: string } }
  "use-marked": OfPeering & { detail: { id: string } }
  "use-unmarked": OfPeering & { detail: { id: string } }
}

export type AuditEvent =
  | { [Action in keyof Events]: Occurrence & { action: Action } & Events[Action] }[keyof Events]
  | (Occurrence & { action: Extract<AuditAction, `atlas-${string}`> } & OfAtlas)

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
  /** Stored as a hash, and of its fields those on the allow-list. */
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
  peeringId?: string | undefined
  /** The thing after the change. Only fields on the allow-list are stored. */
  after: unknown
  detail?: { why: string }
}
