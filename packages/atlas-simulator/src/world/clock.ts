/** Milliseconds since 1970 from some source of real time; `Date.now` outside tests. */
export type RealTime = () => number

/** One timeline for the whole stand-in: it runs at `speed` times real time and can be pushed ahead. */
export type SimulatedClock = {
  /** Simulated milliseconds since 1970. */
  now: () => number
  speed: () => number
  /** Changes how fast time runs from this moment on; what has passed stays passed. */
  setSpeed: (speed: number) => void
  /** Jumps ahead by simulated seconds; never backwards. */
  advance: (seconds: number) => void
  /** Starts over from a simulated moment, at the speed it was created with. */
  restart: (startAt: number) => void
}

const maxSpeed = 1_000_000

/** Says whether a number may be used as a speed: zero (time stands still) up to a million. */
export function isSpeed(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 && value <= maxSpeed
}

/** Creates the clock; `startAt` is the simulated time at creation, in milliseconds. Throws RangeError on a bad speed. */
export function createClock(options: { realTime: RealTime; startAt: number; speed: number }): SimulatedClock {
  const { realTime } = options
  if (!isSpeed(options.speed)) throw new RangeError(`speed must be between 0 and ${maxSpeed}`)
  let speed = options.speed
  let anchorReal = realTime()
  let anchorSimulated = options.startAt

  // A real clock that steps back (a test, or NTP) must not undo transitions that were already reported.
  const now = () => anchorSimulated + Math.max(0, realTime() - anchorReal) * speed

  function reanchor(aheadMs: number) {
    anchorSimulated = now() + aheadMs
    anchorReal = realTime()
  }

  return {
    now,
    speed: () => speed,
    setSpeed(next) {
      if (!isSpeed(next)) throw new RangeError(`speed must be between 0 and ${maxSpeed}`)
      reanchor(0)
      speed = next
    },
    advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError("seconds must be zero or more")
      reanchor(seconds * 1000)
    },
    restart(startAt) {
      anchorSimulated = startAt
      anchorReal = realTime()
      speed = options.speed
    },
  }
}
