import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"

const checkpointText = z.string().check(z.maxLength(300, "Use at most 300 characters"))

/** The query parameters of `GET /api/audit/verify`: signed checkpoints that were kept elsewhere. */
export const AuditVerifyQuery = z.strictObject({
  head: z.optional(z.union([checkpointText, z.array(checkpointText).check(z.maxLength(50))])),
})

/**
 * The kind of tampering from a row on. `truncated`: signed rows are gone from the end. `rewritten`: the rows agree with one another, and
 * not with what was signed. `restored`: all rows are signed, but they are those of an older copy of the database. `unsigned`: the signed end
 * is gone or not signed by the log's key, so nothing proves these rows. `key-missing`: a public key from before this row is gone or changed.
 * `changed-again`: a row from here on, which a recorded flaw had given up, was changed again.
 */
export const AuditFlawKind = z.enum([
  "changed",
  "missing",
  "swapped",
  "inserted",
  "truncated",
  "rewritten",
  "restored",
  "unsigned",
  "key-missing",
  "changed-again",
])
export type AuditFlawKind = z.infer<typeof AuditFlawKind>

/** Why a checkpoint says nothing about this log. `first-kind`: `SESSION_SECRET` signed it, in an earlier version. */
const WhyNotJudged = z.enum(["unknown-key", "bad-signature", "retired-key", "from-future", "first-kind"])

/** A flaw of the audit log. It stays: rows after it form a new segment, which is signed separately. */
export const AuditFlaw = z.object({
  /** The first row that is not as it was written, or that nothing proves. */
  sequence: z.number(),
  kind: AuditFlawKind,
  sentence: z.string(),
  /** The row that records it, the first one of the new segment; null while no row does. */
  recordedAt: z.nullable(z.number()),
  /** Null until a global administrator gave a reason. */
  acknowledged: z.nullable(
    z.object({ sequence: z.number(), at: z.string(), by: z.string(), reason: z.string() }),
  ),
})
export type AuditFlaw = z.infer<typeof AuditFlaw>

/** `POST /api/audit/flaws/acknowledge` */
export const AcknowledgeFlaws = z.strictObject({
  /** The first row of each flaw that is not acknowledged, as the verification listed them: others that were found since are not meant. */
  flaws: z.array(z.number().check(z.int())).check(z.minLength(1), z.maxLength(200)),
  reason: ChangeReason.shape.reason,
})
export type AcknowledgeFlaws = z.infer<typeof AcknowledgeFlaws>

/** `GET /api/audit/verify` */
export const AuditVerification = z.object({
  /**
   * `verified-from`: every flaw is acknowledged, and the rows from `verifiedFrom` on are as they were written. `not-judged`: no flaw was found,
   * but a given checkpoint says nothing about this log.
   */
  verdict: z.enum(["verified", "verified-from", "flawed", "not-judged"]),
  /** Number of rows that were verified: before the flaw, or from `verifiedFrom` on. */
  rowCount: z.number(),
  /** The first row of the segment that is proved: 1, or the row that records the latest flaw. */
  verifiedFrom: z.number(),
  /** The first row that is not as it was written. Null without one, or when each is acknowledged. */
  firstFlaw: z.nullable(z.object({ sequence: z.number(), kind: AuditFlawKind, sentence: z.string() })),
  /** Every flaw of the log, by its first row, acknowledged ones too. */
  flaws: z.array(AuditFlaw),
  /** The reach of the proof. */
  proof: z.object({
    /** The signed end in the database: nobody without the key changed a row up to this one. Null when there is a flaw, or no row. */
    signed: z.nullable(z.object({ sequence: z.number(), at: z.string(), key: z.string() })),
    /** From this row and time on, this process would notice an older copy of the database. */
    watched: z.nullable(z.object({ sequence: z.number(), since: z.string() })),
    /** The last given checkpoint that agrees: the rows up to it are those of that time. */
    kept: z.nullable(z.object({ sequence: z.number(), at: z.string() })),
  }),
  /** The result for each given checkpoint. */
  heads: z.array(
    z.object({
      sequence: z.number(),
      at: z.string(),
      /** The id of the key that it names; null if it names none. */
      key: z.nullable(z.string()),
      verdict: z.enum(["agrees", "contradicts", "not-judged"]),
      why: z.nullable(WhyNotJudged),
    }),
  ),
  /** The signed end of the log; kept elsewhere, it proves later that nothing up to it was taken away. Null when there is a flaw, or no row. */
  head: z.nullable(z.string()),
})
export type AuditVerification = z.infer<typeof AuditVerification>
