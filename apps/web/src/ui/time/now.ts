import { useSyncExternalStore } from "react"
import { readFirstRender } from "#ui/first-render.ts"

const tickEveryMs = 10_000
const listeners = new Set<() => void>()
/** The lead of a simulated clock, or of the server's, in milliseconds. */
let aheadMs = 0
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
/** The time that the page was drawn with stays until the first tick, so that nothing changes when the browser takes over. On a server it stays. */
let isFirst = false

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickEveryMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  isFirst = false
  now = Date.now() + aheadMs
  for (const listener of listeners) listener()
}

/** Moves the page's clock: in a demo the server follows a simulated one, and a browser's own can be wrong. */
export function setClockAhead(ms: number): void {
  aheadMs = ms
  tick()
}

/** Begins with the time at which the server drew the page. */
export function beginClockAt(ms: number): void {
  isFirst = true
  now = ms
}

/** Returns a time of the browser's clock in the page's time: both differ in a demo. A drawn page came with its answers. */
export function toPageTime(ms: number): number {
  return isFirst ? readFirst() : ms + aheadMs
}

/** The time, milliseconds since 1970, to within ten seconds; one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readNow, readFirst)
}

function readNow(): number {
  // Between ticks the value must not change, or React would render for ever; without a ticking clock it may move on.
  if (timer === undefined && !isFirst) now = Date.now() + aheadMs
  return now
}

function readFirst(): number {
  return readFirstRender()?.now ?? readNow()
}
