import type { ChainEnd } from "#audit/chain/row-hash.ts"
import { isSignedBy, type SigningKey } from "./signing-key.ts"

/** The end of the audit log at a time (milliseconds since 1970). */
export interface AuditCheckpoint extends ChainEnd {
  at: number
  /** First row of the segment that it ends: 1, or the row that records the latest flaw. */
  since: number
}

/** A checkpoint with its signed text. */
export interface SignedText {
  checkpoint: AuditCheckpoint
  text: string
}

/** A checkpoint as it was given, before its signature is checked. */
export interface SignedCheckpoint {
  checkpoint: AuditCheckpoint
  /** Null in a checkpoint of the first kind, which `SESSION_SECRET` signed. */
  keyId: string | null
  text: string
  signature: string
}

const contentPattern = String.raw`(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64})`
const checkpointPattern = new RegExp(`^(audit-head-2\\.${contentPattern}\\.([0-9a-f]{32}))()\\.([\\w-]{86})$`)
const segmentPattern = new RegExp(
  `^(audit-head-3\\.${contentPattern}\\.([0-9a-f]{32})\\.(\\d{1,15}))\\.([\\w-]{86})$`,
)
const firstKindPattern = new RegExp(`^(audit-head-1\\.${contentPattern})()()\\.([\\w-]{43})$`)

/**
 * Returns a text without spaces: `audit-head-2.<sequence>.<at>.<hash>.<key id>.<signature>`; the key signs all before the last dot. After a
 * flaw the text is an `audit-head-3`, which names the first row of its segment after the key. So an end from before a flaw can't
 * take the place of one after it.
 */
export function signCheckpoint(
  key: SigningKey,
  { sequence, at, hash, since = 1 }: Omit<AuditCheckpoint, "since"> & { since?: number },
): string {
  const content = `${sequence}.${at}.${hash}.${key.id}`
  const text = since === 1 ? `audit-head-2.${content}` : `audit-head-3.${content}.${since}`
  return `${text}.${key.sign(text)}`
}

/** Returns null when the text is not a checkpoint. */
export function parseCheckpoint(given: string): SignedCheckpoint | null {
  const trimmed = given.trim()
  const found =
    checkpointPattern.exec(trimmed) ?? segmentPattern.exec(trimmed) ?? firstKindPattern.exec(trimmed)
  if (found === null) return null
  const [, text = "", sequence, at, hash = "", keyId, since, signature = ""] = found
  const checkpoint = { sequence: Number(sequence), at: Number(at), hash, since: Number(since || 1) }
  return { checkpoint, keyId: keyId || null, text, signature }
}

/** Returns true if the public key signed the checkpoint. */
export function isCheckpointOf(publicKey: string, { text, signature }: SignedCheckpoint): boolean {
  return isSignedBy(publicKey, text, signature)
}
