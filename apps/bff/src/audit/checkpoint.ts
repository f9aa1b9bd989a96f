import { TextSigner } from "#base/text-signer.ts"
import type { ChainEnd } from "./row-hash.ts"

/** The end of the audit log at a time (milliseconds since 1970). */
export interface AuditCheckpoint extends ChainEnd {
  at: number
}

const signedPattern = /^(audit-head-1\.(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64}))\.([\w-]{43})$/

/** Signs checkpoints. One that was kept elsewhere, for example in the server's log, proves later that no row up to it was removed. */
export class CheckpointSigner {
  readonly #signer: TextSigner

  /** @param secrets newest first: the first one signs, all are accepted */
  constructor(secrets: readonly [string, ...string[]]) {
    this.#signer = new TextSigner(secrets, "peering-desk audit head")
  }

  /** Returns a text without spaces: `audit-head-1.<sequence>.<at>.<hash>.<signature>`. */
  sign({ sequence, at, hash }: AuditCheckpoint): string {
    return this.#signer.sign(`audit-head-1.${sequence}.${at}.${hash}`)
  }

  /** Reads a signed checkpoint; null when the text is not one. `ours` is false when none of our secrets signed it. */
  read(signed: string): { checkpoint: AuditCheckpoint; ours: boolean } | null {
    const [, text, sequence, at, hash, signature] = signedPattern.exec(signed.trim()) ?? []
    if (text === undefined || hash === undefined || signature === undefined) return null
    const checkpoint = { sequence: Number(sequence), at: Number(at), hash }
    return { checkpoint, ours: this.#signer.verify(text, signature) }
  }
}
