import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import type { ChainEnd } from "./row-hash.ts"

/** The end of the trail at a moment (milliseconds since 1970). */
export interface AuditHead extends ChainEnd {
  at: number
}

const headPattern = /^(audit-head-1\.(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64}))\.([\w-]{43})$/

/**
 * Signs ends of the trail, so that one which was kept elsewhere (in the log) proves later that no row up to it was taken away:
 * HMAC-SHA256 under a key made from a secret by HKDF.
 */
export class CheckpointSigner {
  readonly #keys: Buffer[]

  /** @param secrets newest first: the first one signs, all are accepted */
  constructor(secrets: readonly [string, ...string[]]) {
    this.#keys = secrets.map((secret) =>
      Buffer.from(hkdfSync("sha256", secret, "", "peering-desk audit head", 32)),
    )
  }

  /** As text without blanks: `audit-head-1.<sequence>.<at>.<hash>.<signature>`. */
  sign({ sequence, at, hash }: AuditHead): string {
    const words = `audit-head-1.${sequence}.${at}.${hash}`
    const [key] = this.#keys
    if (key === undefined) throw new Error("There is no secret to sign an audit head with")
    return `${words}.${toSignature(key, words).toString("base64url")}`
  }

  /** Reads a signed head; null when the text is none. `ours` is false when no secret of ours has signed it. */
  read(text: string): { head: AuditHead; ours: boolean } | null {
    const [, words, sequence, at, hash, signature] = headPattern.exec(text.trim()) ?? []
    if (words === undefined || hash === undefined || signature === undefined) return null
    const given = Buffer.from(signature, "base64url")
    return {
      head: { sequence: Number(sequence), at: Number(at), hash },
      ours: this.#keys.some((key) => timingSafeEqual(toSignature(key, words), given)),
    }
  }
}

function toSignature(key: Buffer, words: string): Buffer {
  return createHmac("sha256", key).update(words).digest()
}
