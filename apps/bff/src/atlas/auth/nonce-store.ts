import { randomBytes } from "node:crypto"
import type { Clock } from "#base/clock.ts"
import type { DigestChallenge } from "./digest-challenge.ts"

/**
 * Atlas's servers refuse a nonce after 60 s or when its count reaches 1024. A nonce is given up well before, because a refused
 * request costs a round trip and many callers meet the limit at once.
 */
const giveUpAfterMs = 45_000
const giveUpAfterCount = 1_000

/** A challenge in use, with how often it was. */
export interface Nonce {
  readonly challenge: DigestChallenge
  /** When the request was sent that the challenge answered: the nonce is at most as old as this says. */
  readonly askedAt: number
  /** For `-sess` algorithms, whose session key holds one cnonce as long as the nonce lasts (RFC 7616 §3.4.2). */
  readonly sessionCnonce: string
  count: number
  /** Whether the server accepted the key with it. */
  proven: boolean
}

/** Keeps the one nonce that all calls of a key share. */
export class NonceStore {
  readonly #clock: Clock
  #nonce: Nonce | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The nonce at hand; null when there is none or it is near one of its limits. */
  current(): Nonce | null {
    const age = this.#nonce === null ? 0 : this.#clock.now() - this.#nonce.askedAt
    const fresh = age >= 0 && age < giveUpAfterMs
    return fresh && this.#nonce !== null && this.#nonce.count < giveUpAfterCount ? this.#nonce : null
  }

  /**
   * Takes a new challenge over. When another call has already replaced the nonce that was refused, that newer one is kept, so that
   * many calls refused at once go on with one nonce.
   */
  replace(refused: Nonce | null, challenge: DigestChallenge, askedAt: number): Nonce {
    const newer = this.current()
    if (newer !== null && newer !== refused) return newer
    this.#nonce = { challenge, askedAt, sessionCnonce: createCnonce(), count: 0, proven: false }
    return this.#nonce
  }
}

export function createCnonce(): string {
  return randomBytes(18).toString("base64url")
}
