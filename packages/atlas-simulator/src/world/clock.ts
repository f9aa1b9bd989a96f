/** Returns real milliseconds since 1970; `Date.now` outside tests. */
export type RealTime = () => number

/** The one timeline of a simulator: it runs at `speed` times real time and can jump ahead. */
export type SimulatedClock = {
  /** Simulated milliseconds since 1970. */
  now: () => number
  speed: () => number
  /** Changes the speed from this moment on. */
  setSpeed: (speed: number) => void
  /** Jumps ahead by simulated seconds; never backwards. */
  advance: (seconds: number) => void
  /** Starts over from a simulated moment, at the speed it was created with. */
  restart: (startAt: number) => void
}

const maxSpeed = 1_000_000

/** Returns true for a number that may be used as a speed: zero (time stops) up to a million. */
export function isSpeed(value: number): boolean {
  return value >= 0 && value <= maxSpeed
}

/** Creates a clock that shows `startAt` now. Throws RangeError for a bad speed. */
export function createClock(options: { realTime: RealTime; startAt: number; speed: number }): SimulatedClock {
  const { realTime } = options
  let speed = options.speed
  let anchorReal = realTime()
  let anchorSimulated = options.startAt

  // A real clock that steps back (a test, or NTP) must not undo transitions that were already reported.
  const now = () => anchorSimulated + Math.max(0, realTime() - anchorReal) * speed

  function setAnchor(simulated: number) {
    anchorSimulated = simulated
    anchorReal = realTime()
  }

  function setSpeed(next: number) {
    if (!isSpeed(next)) throw new RangeError(`speed must be between 0 and ${maxSpeed}`)
    setAnchor(now())
    speed = next
  }

  setSpeed(speed)
  return {
    now,
    speed: () => speed,
    setSpeed,
    advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError("seconds must be zero or more")
      setAnchor(now() + seconds * 1000)
    },
    restart(startAt) {
      setAnchor(startAt)
      speed = options.speed
    },
  }
}
