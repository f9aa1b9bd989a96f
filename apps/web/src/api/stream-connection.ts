import { readStreamEvent, streamEvents, type StreamEvent } from "@peering-desk/shared-schemas"

/** `connecting`: never open yet. `reconnecting`: it was, or it was refused; it is being tried again. */
export type StreamPhase = "connecting" | "live" | "reconnecting"

/** The part of the browser's `EventSource` that is used here. */
export type EventSourceLike = Pick<EventSource, "addEventListener" | "close" | "readyState">

export interface StreamConnectionOptions {
  url: string
  openEventSource: (url: string) => EventSourceLike
  onEvent: (event: StreamEvent) => void
  onPhase: (phase: StreamPhase) => void
}

/** Quiet projects are looked at once a minute, so two silent minutes and a half mean that the line is dead. */
const silentForMs = 150_000
const firstPauseMs = 3_000
const longestPauseMs = 30_000
const closed = 2

/**
 * Holds one event stream open until it is closed from here. The browser reconnects by itself after a cut, but gives up for
 * good when it is answered with an error, and does not notice a line that died silently: both are opened anew here.
 * @returns how to close it
 */
export function openStreamConnection(options: StreamConnectionOptions): () => void {
  const { url, openEventSource, onEvent, onPhase } = options
  let source: EventSourceLike
  let pauseMs = firstPauseMs
  let timer: ReturnType<typeof setTimeout>

  function open() {
    const opened = openEventSource(url)
    source = opened
    expectNews()
    opened.addEventListener("open", () => {
      pauseMs = firstPauseMs
      expectNews()
      onPhase("live")
    })
    opened.addEventListener("error", () => {
      if (source !== opened) return
      onPhase("reconnecting")
      if (opened.readyState === closed) reopenAfter(pauseMs)
    })
    for (const name of Object.keys(streamEvents)) {
      opened.addEventListener(name, (message) => {
        expectNews()
        const event = readStreamEvent(name, parseJson((message as MessageEvent<string>).data))
        if (event !== null) onEvent(event)
      })
    }
  }

  function expectNews() {
    clearTimeout(timer)
    timer = setTimeout(() => {
      source.close()
      onPhase("reconnecting")
      reopenAfter(0)
    }, silentForMs)
  }

  function reopenAfter(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(open, ms)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
