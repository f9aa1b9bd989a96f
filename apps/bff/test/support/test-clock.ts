import type { Clock } from "#base/clock.ts"

/** A clock that moves only when a test advances it. */
export interface TestingClock extends Clock {
  /** Advances and runs the timers that are due. */
  advance(ms: number): void
  /** Moves the wall time alone, as NTP or a restored machine does. No timer notices. */
  step(ms: number): void
}

/** @param start milliseconds since 1970 */
export function createTestingClock(start = Date.UTC(2026, 0, 15, 12, 0, 0)): TestingClock {
  let now = start
  let elapsed = 0
  const timers = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    elapsed: () => elapsed,
    after(delayMs, callback) {
      const timer = { at: elapsed + delayMs, callback }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance(ms) {
      now += ms
      elapsed += ms
      for (const timer of [...timers].filter(({ at }) => at <= elapsed)) {
        // One that ran before it may have cancelled it.
        if (timers.delete(timer)) timer.callback()
      }
    },
    step(ms) {
      now += ms
    },
  }
}
