import type { Request, Response } from "express"
import type { Clock } from "#base/clock.ts"

/** One server-sent event. `id` comes back as `Last-Event-ID` when the browser reconnects; without one, the id before it does. */
export interface ServerSentEvent {
  id?: string
  event: string
  data: unknown
}

export interface EventSource {
  /** Everything that changed after the event with that id, latest state only; null asks for the whole. */
  since(lastId: string | null): ServerSentEvent[]
  /** Calls back whenever something changed. Returns how to stop that. */
  subscribe(wake: () => void): () => void
}

/** A browser whose stream ended comes back after a time between these, so a restart does not meet everybody at once. */
const reconnectAfterMs = { least: 1_000, most: 6_000 }
const heartbeatEveryMs = 15_000
const stuckAfterMs = 60_000

/**
 * Streams a source as `text/event-stream` until either side ends it (WHATWG HTML §9.2).
 * Nothing is queued for a slow reader: while its socket is full we write nothing, and when it drains we ask the source for
 * the latest state. A reader that has not drained for a minute is let go.
 * @returns how to end the stream from our side, with a last event to tell why
 */
export function openEventStream(
  request: Request,
  response: Response,
  source: EventSource,
  clock: Clock,
): (last?: ServerSentEvent) => void {
  const asked = request.headers["last-event-id"]
  let lastId = typeof asked === "string" && asked !== "" ? asked : null
  let cancelTimer = () => {}
  let full = false

  response.status(200)
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8")
  response.setHeader("Cache-Control", "no-store, no-transform")
  response.setHeader("X-Accel-Buffering", "no")
  response.flushHeaders()
  if (request.method === "HEAD") {
    response.end()
    return () => {}
  }

  const watchReader = () => {
    cancelTimer()
    cancelTimer = full
      ? clock.after(stuckAfterMs, () => response.destroy())
      : clock.after(heartbeatEveryMs, () => write(": still here\n\n"))
  }
  const write = (text: string) => {
    full = !response.write(text)
    watchReader()
  }
  const flush = () => {
    if (full) return
    const events = source.since(lastId)
    if (events.length === 0) return
    lastId = events.at(-1)?.id ?? lastId
    write(events.map(format).join(""))
  }

  const unsubscribe = source.subscribe(flush)
  let ended = false
  const end = (last?: ServerSentEvent) => {
    if (ended) return
    ended = true
    cancelTimer()
    unsubscribe()
    // What waits for a reader that takes nothing would keep the connection, and a stopping process with it.
    if (full) response.destroy()
    else response.end(last === undefined ? "" : format(last))
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
  flush()
  return end
}

// JSON has no raw line break, so one data line holds it; names and ids are ours and have none either.
function format({ id, event, data }: ServerSentEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
