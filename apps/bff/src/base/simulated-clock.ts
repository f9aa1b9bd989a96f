import { repeat, systemClock, type Clock } from "./clock.ts"

/** A clock that follows a simulator's: its ages grow with a jump ahead and never shrink. Timers run in real time. */
export interface SimulatedClock extends Clock {
  stop: () => void
}

interface FollowOptions {
  /** Returns the simulated time in milliseconds since 1970, and its speed. */
  readTime: () => Promise<{ now: number; speed: number }>
  /** Called after the simulated time jumped. */
  onJump: () => void
  realTime?: Clock
}

const readEveryMs = 1_000
/** A larger difference from what was expected is a jump, in milliseconds. */
const jumpMs = 5_000
/**
 * A jump back means that the simulated world was reset. Everything before it then counts as at least this old, in milliseconds, so that
 * nothing waits for Atlas to list a connection that is gone.
 */
const resetAgesMs = 120_000

/** Starts a clock that follows a simulated one. Resolves once the time is known. */
export async function followSimulatedClock({
  readTime,
  onJump,
  realTime = systemClock,
}: FollowOptions): Promise<SimulatedClock> {
  const readAnchor = async () => {
    const { now: simulated, speed } = await readTime()
    return { simulated, speed, real: realTime.elapsed() }
  }
  let anchor = await readAnchor()
  let setBackMs = 0
  const now = () => anchor.simulated + (realTime.elapsed() - anchor.real) * anchor.speed

  async function read(): Promise<void> {
    const next = await readAnchor()
    const before = now()
    anchor = next
    const backMs = Math.max(before - now(), 0)
    setBackMs += backMs > jumpMs ? backMs + resetAgesMs : backMs
    if (Math.abs(now() - before) > jumpMs) onJump()
  }

  return {
    // Whole milliseconds, as those of the system: databases and signatures keep no parts of them.
    now: () => Math.floor(now()),
    elapsed: () => now() + setBackMs,
    after: (delayMs, callback) => realTime.after(delayMs, callback),
    // A simulator that does not answer keeps its last speed.
    stop: repeat(realTime, readEveryMs, read),
  }
}
