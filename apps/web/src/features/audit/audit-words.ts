import type { AuditOutcome, AuditRow } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/Pill.tsx"
import { hasWord, outcomeWords } from "#copy/action-words.ts"

const tones: Record<AuditOutcome, Tone> = {
  done: "works",
  refused: "failed",
  failed: "failed",
  unknown: "unknown",
}

const ofServer = new Set(["server-started", "access-rules-read", "key-read", "key-tested", "session-ended"])

const refusals = new Set(["sign-in-refused", "access-denied"])

/** How a row ended, or that it tells of what was asked for; null for something that just happened. */
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

/** The details that tell rows of one action apart, in the order in which they read best. */
const tellingDetails = ["name", "label", "change", "verdict", "why", "method", "path", "needs", "format"]

/** What else a row says in one line: the actor's reason, or else what it was about. */
export function toAbout({ reason, detail }: AuditRow): string {
  if (reason !== null) return reason
  return tellingDetails
    .map((name) => detail?.[name])
    .filter((value) => value !== undefined && value !== null)
    .join(" · ")
}
