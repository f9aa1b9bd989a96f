import type { StreamEvent, StreamEventName } from "@peering-desk/shared-schemas"
import { hasFields, parseJson } from "#api/answer.ts"

/** `connecting`: never open yet. `reconnecting`: it was, or it was refused; it is being tried again. */
export type StreamPhase = "connecting" | "live" | "reconnecting"

/** An event as pages get it: they name their lists, so none is a snapshot. */
export type PageEvent = Exclude<StreamEvent, { event: "snapshot" }>

/** The part of the browser's `EventSource` that is used here. */
export type EventSourceLike = Pick<EventSource, "addEventListener" | "close" | "readyState">

export interface StreamConnectionOptions {
  /** Returns the address as it is now. */
  toUrl: () => string
  openEventSource: (url: string) => EventSourceLike
  /** @param id of the event; empty before the first one that has an id */
  onEvent: (event: PageEvent, id: string) => void
  onPhase: (phase: StreamPhase) => void
  /** The server said that the session is over, or refused the stream. It is tried again all the same until it is closed. */
  onRefused: () => void
}

/** Quiet projects are polled once a minute, so two silent minutes and a half mean a dead line. */
const silentForMs = 150_000
const firstPauseMs = 3_000
const longestPauseMs = 30_000
const closed = 2

const eventNames: Record<Exclude<StreamEventName, "snapshot">, true> = {
  resync: true,
  peering: true,
  gone: true,
  watch: true,
  creates: true,
}

/**
 * Holds one event stream open until it is closed from here. The browser reconnects by itself after a cut, but gives up for
 * good when it is answered with an error, and does not notice a line that died silently: this function opens another one in both cases,
 * and where the network goes or comes back.
 * @returns how to close it
 */
export function openStreamConnection(options: StreamConnectionOptions): () => void {
  const { toUrl, openEventSource, onEvent, onPhase, onRefused } = options
  let source: EventSourceLike
  let pauseMs = firstPauseMs
  let timer: ReturnType<typeof setTimeout>

  function open() {
    const opened = openEventSource(toUrl())
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
      if (opened.readyState !== closed) return
      onRefused()
      reopenAfter(pauseMs)
    })
    opened.addEventListener("signed-out", onRefused)
    for (const name of Object.keys(eventNames)) {
      opened.addEventListener(name, (message) => {
        expectNews()
        const { data: text, lastEventId } = message as MessageEvent<string>
        const data: unknown = parseJson(text)
        if (isOfProject(data)) onEvent({ event: name, data } as PageEvent, lastEventId)
      })
    }
  }

  function expectNews() {
    clearTimeout(timer)
    timer = setTimeout(leaveLine, silentForMs)
  }

  function leaveLine() {
    source.close()
    onPhase("reconnecting")
    reopenAfter(0)
  }

  function reopenAfter(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(open, ms)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  open()
  // A lost network leaves the old line open without a word, and a found one ends a long pause.
  const changes = ["offline", "online"]
  for (const change of changes) window.addEventListener(change, leaveLine)
  return () => {
    for (const change of changes) window.removeEventListener(change, leaveLine)
    clearTimeout(timer)
    source.close()
  }
}

/** Every event of ours is about a project; see `answer.ts` for why no more is asked. */
const isOfProject = hasFields<StreamEvent["data"]>("projectId")
