import { createHmac, timingSafeEqual } from "node:crypto"
import { deriveKeys, type Secrets } from "./derived-keys.ts"

/** Signs texts for one purpose: HMAC-SHA256 under keys that HKDF derives from secrets. */
export class TextSigner {
  readonly #purpose: string
  #keys: readonly Buffer[]

  /** @param secrets newest first: the first one signs, all are accepted */
  constructor(secrets: Secrets, purpose: string) {
    this.#purpose = purpose
    this.#keys = deriveKeys(secrets, purpose)
  }

  /** Uses other secrets from now on. */
  replaceSecrets(secrets: Secrets): void {
    this.#keys = deriveKeys(secrets, this.#purpose)
  }

  /** Returns the text with its signature, as in `text.signature`. */
  sign(text: string): string {
    const [key] = this.#keys
    if (key === undefined) throw new Error("There is no secret to sign with")
    return `${text}.${computeSignature(key, text)}`
  }

  /** Returns true if one of the secrets signed the text. Compares texts, since base64url has several for the same bytes. */
  verify(text: string, signature: string): boolean {
    const given = Buffer.from(signature)
    return this.#keys.some((key) => {
      const expected = Buffer.from(computeSignature(key, text))
      return expected.length === given.length && timingSafeEqual(expected, given)
    })
  }
}

function computeSignature(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url")
}
