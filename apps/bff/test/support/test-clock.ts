import type { Clock } from "#base/clock.ts"

/** A clock that moves only when a test advances it. */
export interface TestingClock extends Clock {
  /** Advances and runs the timers that are due. */
  advance(ms: number): void
}

/** @param start milliseconds since 1970 */
export function createTestingClock(start = Date.UTC(2026, 0, 15, 12, 0, 0)): TestingClock {
  let now = start
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance(ms) {
      now += ms
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        // One that ran before it may have cancelled it.
        if (timers.delete(timer)) timer.callback()
      }
    },
  }
}
