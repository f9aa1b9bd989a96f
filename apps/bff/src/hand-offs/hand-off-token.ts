import type { Secrets } from "#base/derived-keys.ts"
import { TextSigner } from "#base/text-signer.ts"

/** The content of a link's token. The link expires at `expiresAt` (milliseconds since 1970, whole seconds). */
interface HandOffClaim {
  id: string
  expiresAt: number
}

const tokenPattern = /^(hand-off-1\.([\w-]{22})\.(\d{1,12}))\.([\w-]{43})$/

/** Signs and reads the tokens of hand-off links. Only the store knows a link's peering, so no token can be turned into another's. */
export class HandOffSigner {
  readonly #signer: TextSigner

  /** @param secrets newest first: the first one signs, all are accepted */
  constructor(secrets: Secrets) {
    this.#signer = new TextSigner(secrets, "peering-desk hand-off link")
  }

  /** Uses other secrets from now on; links that a removed one signed end. */
  replaceSecrets(secrets: Secrets): void {
    this.#signer.replaceSecrets(secrets)
  }

  sign({ id, expiresAt }: HandOffClaim): string {
    return this.#signer.sign(`hand-off-1.${id}.${Math.floor(expiresAt / 1000)}`)
  }

  /** Returns null if none of our secrets signed the token. */
  read(token: string): HandOffClaim | null {
    const [, text, id, seconds, signature] = tokenPattern.exec(token) ?? []
    if (text === undefined || id === undefined || signature === undefined) return null
    return this.#signer.verify(text, signature) ? { id, expiresAt: Number(seconds) * 1000 } : null
  }
}
