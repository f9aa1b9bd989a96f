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

/** Waits for work to be done, and no longer than that, in milliseconds; what is not done by then goes on. Rejects when work does before. */
export async function waitAtMost(clock: Clock, ms: number, work: readonly Promise<void>[]): Promise<void> {
  let cancel = () => {}
  const patience = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  try {
    await Promise.race([Promise.all(work), patience])
  } finally {
    cancel()
  }
}

/** An instant as the contract writes it: ISO 8601, UTC. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}
