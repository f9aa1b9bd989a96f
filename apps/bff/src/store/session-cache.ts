import type { Clock } from "#base/clock.ts"

/** The content of a session as it was read. */
interface CachedSession {
  text: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** What another process ends can be used here for this long at most. */
const keptForMs = 5_000
const mostSessions = 1_000

/**
 * Keeps the content of sessions for a few seconds, since a page sends several requests at once and each would read and unseal it. What
 * this process changes or ends is dropped at once.
 */
export class SessionCache {
  readonly #clock: Clock
  readonly #kept = new Map<string, CachedSession & { since: number }>()
  #drops = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  find(idHash: string): CachedSession | null {
    this.#dropOld()
    const kept = this.#kept.get(idHash)
    return kept === undefined || kept.expiresAt <= this.#clock.now() ? null : kept
  }

  /** Begins to read a session. The returned function keeps what was read, unless a session was dropped meanwhile: it may be this one. */
  beginReading(idHash: string): (read: CachedSession) => void {
    const drops = this.#drops
    const since = this.#clock.elapsed()
    return (read) => {
      if (drops !== this.#drops) return
      this.#kept.delete(idHash)
      this.#kept.set(idHash, { ...read, since })
    }
  }

  drop(idHash: string): void {
    this.#drops += 1
    this.#kept.delete(idHash)
  }

  #dropOld(): void {
    for (const [idHash, { since }] of this.#kept) {
      const isOld = this.#clock.elapsed() - since >= keptForMs
      if (!isOld && this.#kept.size <= mostSessions) return
      this.#kept.delete(idHash)
    }
  }
}
