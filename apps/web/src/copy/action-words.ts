import type { AuditAction, AuditOutcome } from "@peering-desk/shared-schemas"

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
  "hand-off-made": "Hand-off link made",
  "hand-off-revoked": "Hand-off link taken back",
  "hand-off-opened": "Hand-off link opened",
  "hand-off-pressed": "“I did it” pressed behind a hand-off link",
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

/** Rows outlive versions: a word of another one is shown as it is. */
export function toActionWords(action: string): string {
  return hasWord(actionWords, action) ? actionWords[action] : action
}

/** How something ended, in words; a word of another version as it is. */
export function toOutcomeName(outcome: string): string {
  return hasWord(outcomeWords, outcome) ? outcomeWords[outcome] : outcome
}

/** Whether a word is one that this version knows. */
export function hasWord<Word extends string>(words: Record<Word, unknown>, word: string): word is Word {
  return Object.hasOwn(words, word)
}
