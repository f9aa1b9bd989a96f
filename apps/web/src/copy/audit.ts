import type { AuditAction, AuditOutcome, AuditRow } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** The title of each action. Does not compile when an action is missing. */
export const actionWords: Record<AuditAction, string> = {
  "sign-in": "Signed in",
  "sign-in-refused": "Sign-in refused",
  "sign-out": "Signed out",
  "session-ended": "Session ended",
  "access-denied": "Turned away",
  "server-started": "Server started",
  "access-rules-read": "Access rules read",
  "key-read": "Atlas credential read",
  "key-tested": "Atlas credential tested",
  "audit-exported": "Audit trail exported",
  "hand-off-made": "Hand-off link made",
  "hand-off-revoked": "Hand-off link taken back",
  "hand-off-opened": "Hand-off link opened",
  "hand-off-pressed": "“I did it” pressed behind a hand-off link",
  "hand-off-declined": "Declined by share link",
  "peering-create": "Create a connection",
  "peering-change": "Change a connection",
  "peering-delete": "Delete a connection",
  "container-create": "Create a container",
  "container-delete": "Delete a container",
  "private-ip-mode-change": "Change the peering-only mode",
  "access-list-add": "Add to the IP access list",
}

export const outcomeWords: Record<AuditOutcome | "pending", string> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed, nothing changed",
  unknown: "Outcome not known",
  pending: "Without an outcome yet",
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

const ofServer = new Set(["server-started", "access-rules-read", "key-read", "key-tested", "session-ended"])

const refusals = new Set(["sign-in-refused", "access-denied"])

/** Returns the outcome of a row and its tone; null for an event that has none, such as a sign-in. */
export function toOutcomeWords({ outcome, kind, action }: AuditRow): { tone: Tone; words: string } | null {
  if (outcome === null) {
    if (kind === "attempt") return { tone: "atlas", words: "Asked for" }
    return refusals.has(action) ? { tone: tones.refused, words: outcomeWords.refused } : null
  }
  return hasWord(tones, outcome)
    ? { tone: tones[outcome], words: outcomeWords[outcome] }
    : { tone: "unknown", words: outcome }
}

export function toActorName({ actor, action }: AuditRow): string {
  return actor?.name ?? (ofServer.has(action) ? "The server" : "Nobody who is signed in")
}

/** Details that tell rows of one action apart, in reading order. */
const tellingDetails = ["name", "label", "change", "verdict", "why", "method", "path", "needs", "format"]

/** Returns one more line about a row: the actor's reason, or else its details. */
export function toAbout({ reason, detail }: AuditRow): string {
  if (reason !== null) return reason
  return tellingDetails
    .map((name) => detail?.[name])
    .filter((value) => value !== undefined && value !== null)
    .join(" · ")
}
