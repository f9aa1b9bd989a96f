import { simulatedTimeHeader } from "@peering-desk/shared-schemas"

type Listener = (offsetMs: number) => void

let offsetMs: number | null = null
let listener: Listener | null = null

/** Calls back with how far a demo's simulated clock, or the server's, is ahead of this browser's, each time that changes by a second or more. */
export function onSimulatedTime(next: Listener): void {
  listener = next
  if (offsetMs !== null) next(offsetMs)
}

/** Takes the simulated time from an answer. Only a demo's server sends it. */
export function noteAnswerTime(headers: Pick<Headers, "get">): void {
  const text = headers.get(simulatedTimeHeader)
  if (text !== null) noteTime(Number(text))
}

/** Takes the time of a demo's server, or of one from which this browser's clock differs. */
export function noteDrawnTime(now: number): void {
  noteTime(now)
}

/** Takes the time of an event; in a demo it can be the first sign of a jump. */
export function noteEventTime(at: string | null): void {
  if (offsetMs === null || at === null) return
  const ahead = Date.parse(at) - Date.now()
  if (ahead > offsetMs) noteTime(Date.parse(at))
}

function noteTime(now: number): void {
  const next = now - Date.now()
  if (!Number.isFinite(next) || (offsetMs !== null && Math.abs(next - offsetMs) < 1_000)) return
  offsetMs = next
  listener?.(next)
}
