import { randomBytes } from "node:crypto"
import type { Clock } from "#base/clock.ts"
import type { DigestChallenge } from "./digest-challenge.ts"

/**
 * Atlas refuses a nonce after 60 s or at a count of 1024. We drop a nonce well before, since a refused request costs a round trip and
 * many callers reach the limit at once.
 */
const giveUpAfterMs = 45_000
const giveUpAfterCount = 1_000
/** From here on the next nonce is asked for, while calls go on with this one. */
const askAheadAfterMs = 40_000
const askAheadAfterCount = 850

/** A challenge in use, with its count. */
export interface Nonce {
  readonly challenge: DigestChallenge
  /** When the request for the challenge was sent, on the clock's `elapsed`; the age of the nonce counts from then. */
  readonly askedAt: number
  /** For `-sess` algorithms, whose session key keeps one cnonce for the life of the nonce (RFC 7616 §3.4.2). */
  readonly sessionCnonce: string
  count: number
  /** True once the server accepted the key with it. */
  proven: boolean
  /** True once the next one was asked for. */
  isFollowed: boolean
}

/** Keeps the one nonce that all calls of a key share. */
export class NonceStore {
  readonly #clock: Clock
  #nonce: Nonce | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns the present nonce; null without one, or when it is near a limit. */
  current(): Nonce | null {
    if (this.#nonce === null) return null
    const { askedAt, count } = this.#nonce
    const isFresh = this.#clock.elapsed() - askedAt < giveUpAfterMs
    return isFresh && count < giveUpAfterCount ? this.#nonce : null
  }

  /** Returns true once for each nonce: when the next one should be asked for, so that no call waits for it. */
  takeTurnToAskAhead(nonce: Nonce): boolean {
    const { askedAt, count, isFollowed } = nonce
    const isAgeing = this.#clock.elapsed() - askedAt >= askAheadAfterMs || count >= askAheadAfterCount
    if (nonce !== this.#nonce || isFollowed || !isAgeing) return false
    nonce.isFollowed = true
    return true
  }

  /**
   * Stores a new challenge, unless another call has already replaced the refused nonce. Many calls that are refused at once then
   * continue with one nonce.
   */
  replace(refused: Nonce | null, challenge: DigestChallenge, askedAt: number): Nonce {
    const newer = this.current()
    if (newer !== null && newer !== refused) return newer
    this.#nonce = createNonce(challenge, askedAt)
    return this.#nonce
  }
}

export function createNonce(challenge: DigestChallenge, askedAt: number): Nonce {
  return { challenge, askedAt, sessionCnonce: createCnonce(), count: 0, proven: false, isFollowed: false }
}

export function createCnonce(): string {
  return randomBytes(18).toString("base64url")
}
