import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto"

const algorithm = "aes-256-gcm"
const nonceLength = 12
const tagLength = 16

/** Returns the key of a session in the database: SHA-256 of its id, in hex. */
export function toIdHash(sessionId: string): string {
  return createHash("sha256").update(sessionId).digest("hex")
}

/**
 * Seals what a session holds (who somebody is, and what the access rules read of them) so that only who has its id, the browser's cookie, can open it:
 * AES-256-GCM under a key made from the id by HKDF. An id of express-session has 192 random bits.
 */
export function sealSession(sessionId: string, text: string): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, toKey(sessionId), nonce)
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")
}

/** The text again; null when it was sealed under another id, or changed. */
export function unsealSession(sessionId: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url")
  if (bytes.length < nonceLength + tagLength) return null
  const decipher = createDecipheriv(algorithm, toKey(sessionId), bytes.subarray(0, nonceLength), {
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

function toKey(sessionId: string): Buffer {
  return Buffer.from(hkdfSync("sha256", sessionId, "", "peering-desk session data", 32))
}
