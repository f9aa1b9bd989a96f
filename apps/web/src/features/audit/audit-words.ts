import type { AuditAction, AuditOutcome, AuditRow } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/Pill.tsx"

/** What was done, as a title. Does not compile when an action is missing. */
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

const tones: Record<AuditOutcome, Tone> = {
  done: "works",
  refused: "failed",
  failed: "failed",
  unknown: "unknown",
}

const ofServer = new Set(["server-started", "access-rules-read", "key-read", "key-tested", "session-ended"])

/** Rows outlive versions: a word of another one is shown as it is. */
export function toActionWords(action: string): string {
  return hasWord(actionWords, action) ? actionWords[action] : action
}

/** How a row ended, or that it tells of what was asked for. */
export function toOutcomeWords({ outcome, kind }: AuditRow): { tone: Tone; words: string } {
  if (outcome === null) return { tone: "atlas", words: kind === "attempt" ? "Asked for" : "Noted" }
  return hasWord(tones, outcome)
    ? { tone: tones[outcome], words: outcomeWords[outcome] }
    : { tone: "unknown", words: outcome }
}

export function toActorName({ actor, action }: AuditRow): string {
  return actor?.name ?? (ofServer.has(action) ? "The server" : "Nobody who is signed in")
}

function hasWord<Word extends string>(words: Record<Word, unknown>, word: string): word is Word {
  return Object.hasOwn(words, word)
}
