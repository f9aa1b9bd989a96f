import type { AuditVerification } from "@peering-desk/shared-schemas"
import { inDays } from "./screenshot-shot.ts"

const signed = { sequence: 4, at: inDays(-1), key: "5d41402abc4b2a76b9719d911017c592" }
const flaw = { sequence: 5, kind: "changed", sentence: "Row 5 was changed." } as const
/** A row was changed. */
export const flawed: AuditVerification = {
  verdict: "flawed",
  rowCount: 4,
  verifiedFrom: 1,
  firstFlaw: flaw,
  flaws: [{ ...flaw, recordedAt: 59, acknowledged: null }],
  proof: { signed: null, watched: null, kept: null },
  heads: [],
  head: null,
}
/** Somebody acknowledged it. */
export const acknowledged: AuditVerification = {
  ...flawed,
  verdict: "verified-from",
  rowCount: 12,
  verifiedFrom: 59,
  firstFlaw: null,
  flaws: [
    {
      ...flaw,
      recordedAt: 59,
      acknowledged: {
        sequence: 61,
        at: inDays(-1),
        by: "Olivia Marsh",
        reason: "The disk broke; restored from the copy of Monday",
      },
    },
  ],
  proof: { signed: { ...signed, sequence: 70 }, watched: { sequence: 59, since: inDays(-1) }, kept: null },
  head: `audit-head-3.70.1768478400000.${"5d41402a".repeat(8)}.${signed.key}.59.${"a".repeat(86)}`,
}
/** With a checkpoint that can't be judged. */
export const unjudged: AuditVerification = {
  verdict: "not-judged",
  rowCount: 58,
  verifiedFrom: 1,
  firstFlaw: null,
  flaws: [],
  proof: {
    signed: { ...signed, sequence: 58 },
    watched: { sequence: 12, since: inDays(-1) },
    kept: { sequence: 4, at: inDays(-30) },
  },
  heads: [
    { sequence: 4, at: inDays(-30), key: signed.key, verdict: "agrees", why: null },
    { sequence: 40, at: inDays(-3), key: signed.key, verdict: "not-judged", why: "bad-signature" },
  ],
  head: null,
}
