import { hash } from "node:crypto"
import { TextSealer } from "#base/text-sealer.ts"

/** Returns the key of a session in the database: SHA-256 of its id, in hex. */
export function toIdHash(sessionId: string): string {
  return hash("sha256", sessionId)
}

/**
 * Seals what a session holds (who somebody is, and what the access rules read of them) so that only who has its id, the browser's cookie, can open it:
 * under a key made from the id. An id of express-session has 192 random bits.
 */
export function sealSession(sessionId: string, text: string): string {
  return toSealer(sessionId).seal(text)
}

/** The text again; null when it was sealed under another id, or changed. */
export function unsealSession(sessionId: string, sealed: string): string | null {
  return toSealer(sessionId).unseal(sealed)
}

function toSealer(sessionId: string): TextSealer {
  return new TextSealer([sessionId], "peering-desk session data")
}
