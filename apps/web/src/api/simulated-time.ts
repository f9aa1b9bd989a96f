import { simulatedTimeHeader } from "@peering-desk/shared-schemas"

type Listener = (offsetMs: number) => void

let offsetMs = 0
let isSimulated = false
let listener: Listener | null = null

/** Calls back with how far a demo's simulated clock, or the server's, is ahead of this browser's, each time that changes by a second or more. */
export function onSimulatedTime(next: Listener): void {
  listener = next
}

/** Takes the time of an answer: the simulated time of a demo, otherwise the server's. */
export function noteAnswerTime(headers: Pick<Headers, "get">): void {
  const text = headers.get(simulatedTimeHeader)
  if (text === null) noteServerTime(Date.parse(headers.get("date") ?? ""), false)
  else noteServerTime(Number(text), true)
}

/** Takes the time of the server. It counts where this browser's clock is minutes wrong, and in a demo always. */
export function noteServerTime(now: number, ofDemo: boolean): void {
  isSimulated ||= ofDemo
  const isFar = Math.abs(now - Date.now() - offsetMs) > 60_000
  if (ofDemo || (isFar && !isSimulated)) noteTime(now)
}

/** Takes the time of an event; in a demo it can be the first sign of a jump. */
export function noteEventTime(at: string | null): void {
  if (!isSimulated || at === null) return
  const ahead = Date.parse(at) - Date.now()
  if (ahead > offsetMs) noteTime(Date.parse(at))
}

function noteTime(now: number): void {
  const next = now - Date.now()
  if (!Number.isFinite(next) || Math.abs(next - offsetMs) < 1_000) return
  offsetMs = next
  listener?.(next)
}
