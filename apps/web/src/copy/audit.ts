import type { AuditAction, AuditOutcome, AuditRow } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** The title of each action. Does not compile when an action is missing. */
export const actionWords: Record<AuditAction, string> = {
  "sign-in": "Signed in",
  "sign-in-refused": "Sign-in refused",
  "sign-out": "Signed out",
  "session-ended": "Session ended",
  "access-denied": "Access denied",
  "token-created": "API token created",
  "token-revoked": "API token revoked",
  "token-refused": "API token refused",
  "tokens-paused": "API tokens paused",
  "tokens-resumed": "API tokens resumed",
  "server-started": "Server started",
  "access-rules-read": "Access rules read",
  "key-read": "Atlas key read",
  "key-tested": "Atlas key tested",
  "audit-exported": "Audit log exported",
  "audit-key-created": "Audit signing key created",
  "audit-flaw-found": "Audit log found altered",
  "audit-flaw-acknowledged": "Audit log flaw acknowledged",
  "step-marked": "Step marked as done",
  "step-unmarked": "Step no longer marked as done",
  "approval-policy-read": "Approval policy read",
  "approval-requested": "Approval requested",
  "approval-granted": "Approved",
  "approval-refused": "Approval refused",
  "approval-declined": "Approval declined",
  "approval-withdrawn": "Approval request withdrawn",
  "notification-route-added": "Notification route added",
  "notification-route-changed": "Notification route changed",
  "notification-route-removed": "Notification route removed",
  "notification-route-switched-off": "Notification route switched off",
  "notification-test-sent": "Test message sent",
  "notification-sent-again": "Message sent again",
  "mail-choice-changed": "E-mail choice changed",
  "hand-off-made": "Share link created",
  "hand-off-revoked": "Share link revoked",
  "hand-off-opened": "Share link opened",
  "hand-off-pressed": "Marked as done by share link",
  "hand-off-declined": "Declined by share link",
  "peering-create": "Create connection",
  "peering-change": "Change connection",
  "peering-delete": "Delete connection",
  "container-create": "Create container",
  "container-delete": "Delete container",
  "private-ip-mode-change": "Change peering-only mode",
  "custom-dns-change": "Change custom DNS",
  "access-list-add": "Add to IP access list",
}

export const outcomeWords: Record<AuditOutcome | "pending", string> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
  unknown: "Outcome unknown",
  pending: "Pending",
}

/** Returns the title of an action. Rows outlive versions, so an unknown action is shown unchanged. */
export function toActionWords(action: string): string {
  return hasWord(actionWords, action) ? actionWords[action] : action
}

/** Returns the words for an outcome; an unknown outcome unchanged. */
export function toOutcomeName(outcome: string): string {
  return hasWord(outcomeWords, outcome) ? outcomeWords[outcome] : outcome
}

function hasWord<Word extends string>(words: Record<Word, unknown>, word: string): word is Word {
  return Object.hasOwn(words, word)
}

const tones: Record<AuditOutcome, Tone> = {
  done: "works",
  refused: "failed",
  failed: "failed",
  unknown: "unknown",
}

const ofServer = new Set([
  "server-started",
  "access-rules-read",
  "approval-policy-read",
  "key-read",
  "key-tested",
  "session-ended",
  "audit-key-created",
  "audit-flaw-found",
  "tokens-paused",
  "notification-route-switched-off",
])

interface OutcomeWords {
  tone: Tone
  words: string
}

/** Events that are no success. */
const refusals: Readonly<Record<string, OutcomeWords>> = {
  "sign-in-refused": { tone: "failed", words: "Refused" },
  "access-denied": { tone: "failed", words: "Access denied" },
  "audit-flaw-found": { tone: "failed", words: "Failed" },
  "approval-refused": { tone: "failed", words: "Refused" },
  "token-refused": { tone: "failed", words: "Refused" },
}

/**
 * Returns the outcome of an act and its tone. An event happened; an attempt is pending until its outcome is known.
 * @param end the last outcome of an attempt
 */
export function toOutcomeWords(row: AuditRow, end: AuditRow | null = null): OutcomeWords {
  const outcome = end?.outcome ?? row.outcome
  if (outcome === null) {
    if (row.kind === "attempt") return { tone: "atlas", words: outcomeWords.pending }
    return refusals[row.action] ?? { tone: "works", words: outcomeWords.done }
  }
  return hasWord(tones, outcome)
    ? { tone: tones[outcome], words: outcomeWords[outcome] }
    : { tone: "unknown", words: outcome }
}

export function toActorName({ actor, action, kind, detail }: AuditRow): string {
  if (actor !== null) {
    const token = detail?.["byToken"]
    return token === undefined ? actor.name : `${actor.name} (token ${String(token)})`
  }
  if (ofServer.has(action)) return "The server"
  return action.startsWith("hand-off-") && kind === "event" ? "Share link" : "Not signed in"
}

/** Fields that name the thing of an act, best first. */
const namingFields = [
  "vpcId",
  "networkName",
  "vnetName",
  "cidrBlock",
  "regionName",
  "region",
  "atlasCidrBlock",
]

/** Names the thing of an act: the network, the CIDR of an access list entry, the region of a container. Null without one. */
export function toObjectName(
  { action, before, after, detail }: AuditRow,
  end: AuditRow | null,
): string | null {
  const fields = { ...before, ...after, ...end?.before, ...end?.after }
  const inDetail = detail?.["label"] ?? (action === "hand-off-made" ? detail?.["for"] : undefined)
  const name = namingFields
    .map((field) => fields[field])
    .find((value) => value !== undefined && value !== null)
  const found = name ?? inDetail
  return found === undefined || found === null || found === "" ? null : String(found)
}

/** Details that tell rows of one action apart, in reading order. */
const tellingDetails = ["name", "change", "verdict", "why", "method", "path", "needs", "format", "step"]

/** Returns the actor's reason, or else the details of an act. */
export function toAbout({ reason, detail }: AuditRow, end: AuditRow | null = null): string {
  const parts = [reason, ...tellingDetails.map((name) => detail?.[name]), end?.detail?.["why"]]
  return parts.filter((value) => value !== undefined && value !== null && value !== "").join(" · ")
}
