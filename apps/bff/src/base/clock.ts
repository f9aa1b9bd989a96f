/** Where time comes from, so that tests can hand in their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Calls back once after a while; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

/** An instant as the contract writes it: ISO 8601, UTC. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}
