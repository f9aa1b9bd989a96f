import type { IncomingMessage, ServerResponse } from "node:http"
import type { Clock } from "#base/clock.ts"
import type { DeadConnections } from "./dead-connections.ts"

/** One server-sent event. `id` comes back as `Last-Event-ID` when the browser reconnects; without one, the id before it does. */
interface ServerSentEvent {
  id?: string
  event: string
  data: unknown
}

/** A formatted event, or its parts in order. Readers share the bytes of what they all get. */
export type EventText = readonly (string | Uint8Array)[]

/** Gives one reader its events. */
export interface EventSource {
  /** Returns the next event, as things are now; null when the reader has everything. */
  next(): EventText | null
  /** Calls back whenever something changed. Returns how to stop that. */
  subscribe(wake: () => void): () => void
}

/** A browser whose stream ended comes back after a time between these, so a restart does not meet everybody at once. */
const reconnectAfterMs = { least: 1_000, most: 6_000 }
const heartbeatEveryMs = 15_000
const stuckAfterMs = 60_000
const heartbeat = Buffer.from(": still here\n\n")

/** Returns the id of the last event that the browser got before its stream broke off; null for a new reader. */
export function readLastEventId({ headers }: IncomingMessage): string | null {
  const asked = headers["last-event-id"]
  return typeof asked === "string" && asked !== "" ? asked : null
}

/** Formats the parts of an event that all its readers share: JSON has no raw line break, so one data line holds it. */
export function formatEvent({ id, event, data }: ServerSentEvent): string {
  return `${formatId(id)}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Formats the first line of an event; ids are ours and have no line break. */
export function formatId(id: string | undefined): string {
  return id === undefined ? "" : `id: ${id}\n`
}

/**
 * Streams a source as `text/event-stream` until either side ends it (WHATWG HTML §9.2).
 * Nothing is queued for a slow reader: while its socket is full we write nothing, and when it drains we ask the source for
 * the next event as things are then. A reader that has not drained for a minute is let go, and so is one that vanished.
 * @returns how to end the stream from our side, with a last event to tell why
 */
export function openEventStream(
  response: ServerResponse,
  source: EventSource,
  { clock, silentPeers }: { clock: Clock; silentPeers: DeadConnections },
): (last?: string) => void {
  let cancelTimer = () => {}
  let full = false
  let ended = false

  writeHead(response)
  if (response.req.method === "HEAD") {
    response.end()
    return () => {}
  }

  const watchReader = () => {
    cancelTimer()
    cancelTimer = full
      ? clock.after(stuckAfterMs, () => response.destroy())
      : clock.after(heartbeatEveryMs, () => {
          write(heartbeat)
          watchReader()
        })
  }
  const write = (text: string | Uint8Array) => {
    full = !response.write(text)
  }
  const flush = () => {
    if (full || ended) return
    let next = source.next()
    if (next === null) return
    for (; next !== null; next = full ? null : source.next()) for (const part of next) write(part)
    watchReader()
  }

  const unsubscribe = source.subscribe(flush)
  const { socket } = response
  const unfollow = socket === null ? () => {} : silentPeers.follow(socket, () => response.destroy())
  const end = (last = "") => {
    if (ended) return
    ended = true
    cancelTimer()
    unsubscribe()
    unfollow()
    // What waits for a reader that takes nothing would keep the connection, and a stopping process with it.
    if (full) response.destroy()
    else response.end(last)
  }
  response.on("drain", () => {
    // What was written before the end drains after it, and nothing may follow.
    if (ended) return
    full = false
    watchReader()
    flush()
  })
  response.on("close", () => end())
  const { least, most } = reconnectAfterMs
  write(`retry: ${Math.floor(least + Math.random() * (most - least))}\n\n`)
  watchReader()
  flush()
  return end
}

function writeHead(response: ServerResponse): void {
  response.statusCode = 200
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8")
  response.setHeader("Cache-Control", "no-store, no-transform")
  response.setHeader("X-Accel-Buffering", "no")
  response.flushHeaders()
}
