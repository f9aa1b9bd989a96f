import type { AuditFlawKind, AuditVerification } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

type Head = AuditVerification["heads"][number]
type WhyNotJudged = NonNullable<Head["why"]>

/** Says what is wrong with the first entry that does not verify. */
export const flawWords: Record<AuditFlawKind, (sequence: number) => string> = {
  changed: (sequence) => `Entry ${sequence} was changed.`,
  missing: (sequence) => `Entry ${sequence} was removed.`,
  swapped: (sequence) => `Entry ${sequence} is not in its place.`,
  inserted: (sequence) => `Entry ${sequence} was inserted later.`,
  truncated: (sequence) => `Entries from ${sequence} on were removed.`,
  restored: (sequence) =>
    `Entries from ${sequence} on differ from what was signed: an older copy of the database was restored.`,
  rewritten: (sequence) => `Entries from ${sequence} on were rewritten.`,
  unsigned: (sequence) => `Entries from ${sequence} on have no valid signature.`,
  "key-missing": (sequence) => `The signing key from before entry ${sequence} is missing or was changed.`,
  "changed-again": (sequence) => `An entry from ${sequence} on was changed after a flaw there was recorded.`,
}

const whyNotJudged: Record<WhyNotJudged, string> = {
  "unknown-key": "can't be verified: signed by another log, or the database was replaced.",
  "bad-signature": "can't be verified: the signature is not by its key.",
  "retired-key": "can't be verified: its key was replaced before this entry.",
  "from-future": "can't be verified: its time is in the future. Check the server's clock.",
  "first-kind": "can't be verified: it is from an earlier version, signed with SESSION_SECRET.",
}

/** Returns the result for a checkpoint that was given. */
export function toHeadWords({ verdict, why }: Head): { tone: Tone; words: string } {
  if (verdict === "agrees") return { tone: "works", words: "matches" }
  if (verdict === "contradicts") return { tone: "failed", words: "does not match" }
  return { tone: "unknown", words: why === null ? "can't be verified" : whyNotJudged[why] }
}

export const verdictWords: Record<AuditVerification["verdict"], (entries: string, from: number) => string> = {
  "verified-from": (entries, from) => `Verified from entry ${from}: ${entries}, no changes`,
  verified: (entries) => `Verified: ${entries}, no changes`,
  flawed: () => "Integrity check failed",
  "not-judged": (entries) => `Not verified: no changes found in ${entries}, but the proof is incomplete`,
}
