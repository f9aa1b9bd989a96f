import type { AuditKey, AuditVerification } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { isCheckpointOf, parseCheckpoint, type AuditCheckpoint } from "#audit/signing/checkpoint.ts"

type WhyNot = AuditVerification["heads"][number]["why"]

export interface JudgedCheckpoint {
  checkpoint: AuditCheckpoint
  keyId: string | null
  /** Why it says nothing about this log; null if a key of this log signed it. */
  whyNot: WhyNot
}

/**
 * Checks the signature of a checkpoint that somebody kept.
 * @throws AppError `invalid_request` when the text is not a checkpoint
 */
export function judgeCheckpoint(text: string, keys: readonly AuditKey[]): JudgedCheckpoint {
  const parsed = parseCheckpoint(text)
  if (parsed === null)
    throw new AppError("invalid_request", {
      detail: "A checkpoint looks like audit-head-2.…; the server logs one every minute.",
      fields: { head: "This isn't a checkpoint" },
    })
  const { checkpoint, keyId } = parsed
  const key = keys.find(({ id }) => id === keyId)
  const findWhyNot = (): WhyNot => {
    if (keyId === null) return "first-kind"
    if (key === undefined) return "unknown-key"
    if (!isCheckpointOf(key.publicKey, parsed)) return "bad-signature"
    // Somebody may have the private half of a key that was replaced.
    return key.untilSequence !== null && checkpoint.sequence > key.untilSequence ? "retired-key" : null
  }
  return { checkpoint, keyId, whyNot: findWhyNot() }
}
