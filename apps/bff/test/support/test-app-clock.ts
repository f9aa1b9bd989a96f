import { createTestingClock, type TestingClock } from "./test-clock.ts"

/** A clock that moves only when a test advances it, and lists its waiting timers. What is due at once runs on its own. */
export interface DeskClock extends TestingClock {
  /** The delays of all timers that wait, as they were set, in milliseconds, shortest first. */
  waiting: () => number[]
  /** Resolves as soon as a timer with exactly this delay waits. */
  untilWaiting: (delayMs: number) => Promise<void>
}

/**
 * The clock of another machine, on which the same time passes as on the first and another time of day is set.
 * @param aheadMs its lead over the first one's, in milliseconds
 */
export function createOtherClock(first: DeskClock, aheadMs: number): DeskClock {
  let steppedMs = 0
  return {
    ...first,
    now: () => first.now() + aheadMs + steppedMs,
    step(ms) {
      steppedMs += ms
    },
  }
}

export function createDeskClock(): DeskClock {
  // The identity provider's tokens are stamped by its own clock, which goes on.
  const standing = createTestingClock(Date.now())
  const delays = new Map<object, number>()
  const watchers = new Set<{ delayMs: number; resolve: () => void }>()
  return {
    now: () => standing.now(),
    elapsed: () => standing.elapsed(),
    advance: (ms) => standing.advance(ms),
    step: (ms) => standing.step(ms),
    after(delayMs, callback) {
      if (delayMs <= 0) {
        const soon = setImmediate(callback)
        return () => clearImmediate(soon)
      }
      const timer = {}
      delays.set(timer, delayMs)
      const cancel = standing.after(delayMs, () => {
        delays.delete(timer)
        callback()
      })
      for (const watcher of watchers) if (watcher.delayMs === delayMs) watcher.resolve()
      return () => {
        delays.delete(timer)
        cancel()
      }
    },
    waiting: () => [...delays.values()].sort((a, b) => a - b),
    untilWaiting: (delayMs) =>
      new Promise((resolve) => {
        if ([...delays.values()].includes(delayMs)) {
          resolve()
          return
        }
        const watcher = {
          delayMs,
          resolve() {
            watchers.delete(watcher)
            resolve()
          },
        }
        watchers.add(watcher)
      }),
  }
}
