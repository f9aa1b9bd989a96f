import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"

/** What a link's token says: which link it is, and when it ends (milliseconds since 1970, whole seconds). */
interface HandOffClaim {
  id: string
  expiresAt: number
}

const tokenPattern = /^(hand-off-1\.([\w-]{22})\.(\d{1,12}))\.([\w-]{43})$/

/**
 * Signs the tokens of hand-off links: HMAC-SHA256 under a key made from a session secret by HKDF, with a purpose of its own. Which
 * connection a link is for is in the store alone, so no token can be turned into one for another.
 */
export class HandOffSigner {
  readonly #keys: Buffer[]

  /** @param secrets newest first: the first one signs, all are accepted */
  constructor(secrets: readonly [string, ...string[]]) {
    this.#keys = secrets.map((secret) =>
      Buffer.from(hkdfSync("sha256", secret, "", "peering-desk hand-off link", 32)),
    )
  }

  sign({ id, expiresAt }: HandOffClaim): string {
    const words = `hand-off-1.${id}.${Math.floor(expiresAt / 1000)}`
    const [key] = this.#keys
    if (key === undefined) throw new Error("There is no secret to sign a hand-off link with")
    return `${words}.${toSignature(key, words)}`
  }

  /** Null when no secret of ours has signed it, just as it stands. */
  read(token: string): HandOffClaim | null {
    const [, words, id, seconds, signature] = tokenPattern.exec(token) ?? []
    if (words === undefined || id === undefined || signature === undefined) return null
    // The texts are compared, not the bytes: base64url has several texts for the same bytes.
    const given = Buffer.from(signature)
    const ours = this.#keys.some((key) => timingSafeEqual(Buffer.from(toSignature(key, words)), given))
    return ours ? { id, expiresAt: Number(seconds) * 1000 } : null
  }
}

function toSignature(key: Buffer, words: string): string {
  return createHmac("sha256", key).update(words).digest("base64url")
}
