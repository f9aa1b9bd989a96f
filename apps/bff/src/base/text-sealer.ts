import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { DerivedKeys } from "./derived-keys.ts"

const algorithm = "aes-256-gcm"
const nonceLength = 12
const tagLength = 16

/** Seals texts for one purpose: AES-256-GCM under keys that HKDF derives from secrets. */
export class TextSealer extends DerivedKeys {
  seal(text: string): string {
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv(algorithm, this.newestKey, nonce)
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")
  }

  /** The text again; null when it was sealed under another secret, or changed. */
  unseal(sealed: string): string | null {
    const bytes = Buffer.from(sealed, "base64url")
    if (bytes.length < nonceLength + tagLength) return null
    for (const key of this.keys) {
      const text = open(key, bytes)
      if (text !== null) return text
    }
    return null
  }
}

function open(key: Buffer, bytes: Buffer): string | null {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  try {
    const text = decipher.update(bytes.subarray(nonceLength + tagLength))
    return Buffer.concat([text, decipher.final()]).toString("utf8")
  } catch {
    return null
  }
}
