import { createHmac, timingSafeEqual } from "node:crypto"
import { DerivedKeys } from "./derived-keys.ts"

/** Signs texts for one purpose: HMAC-SHA256 under keys that HKDF derives from secrets. */
export class TextSigner extends DerivedKeys {
  /** Returns the text with its signature, as in `text.signature`. */
  sign(text: string): string {
    return `${text}.${computeSignature(this.newestKey, text)}`
  }

  /** Returns true if one of the secrets signed the text. Compares texts, since base64url has several for the same bytes. */
  verify(text: string, signature: string): boolean {
    const given = Buffer.from(signature)
    return this.keys.some((key) => {
      const expected = Buffer.from(computeSignature(key, text))
      return expected.length === given.length && timingSafeEqual(expected, given)
    })
  }
}

function computeSignature(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url")
}
