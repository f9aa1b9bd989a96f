import type { IncomingMessage, ServerResponse } from "node:http"
import type { Clock } from "#base/clock.ts"
import type { DeadConnections } from "./dead-connections.ts"
import type { Heartbeats } from "./heartbeats.ts"

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

export interface StreamDeps {
  clock: Clock
  heartbeats: Heartbeats
  silentPeers: DeadConnections
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
  deps: StreamDeps,
): (last?: string) => void {
  setHead(response)
  if (response.req.method === "HEAD") {
    response.end()
    return () => {}
  }
  const stream = new OpenStream(response, source, deps)
  return (last) => stream.end(last)
}

/** A stream with little more than what it waits for: a process has thousands. */
class OpenStream {
  readonly #response: ServerResponse
  readonly #source: EventSource
  readonly #deps: StreamDeps
  readonly #unsubscribe: () => void
  readonly #unfollow: () => void
  #cancelStuck: (() => void) | null = null
  #full = false
  #ended = false

  constructor(response: ServerResponse, source: EventSource, deps: StreamDeps) {
    const { socket } = response
    const disconnect = () => response.destroy()
    this.#response = response
    this.#source = source
    this.#deps = deps
    this.#unsubscribe = source.subscribe(() => this.#flush())
    this.#unfollow = socket === null ? () => {} : deps.silentPeers.follow(socket, disconnect)
    deps.heartbeats.follow(this)
    response.on("drain", () => this.#drained())
    response.on("close", () => this.end())
    const { least, most } = reconnectAfterMs
    this.#write(`retry: ${Math.floor(least + Math.random() * (most - least))}\n\n`)
    this.#flush()
  }

  beat(): void {
    if (!this.#full && !this.#ended) this.#write(heartbeat)
  }

  end(last = ""): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelStuck?.()
    this.#unsubscribe()
    this.#unfollow()
    this.#deps.heartbeats.leave(this)
    // What waits for a reader that takes nothing would keep the connection, and a stopping process with it.
    if (this.#full) this.#response.destroy()
    else this.#response.end(last)
  }

  #write(text: string | Uint8Array): void {
    const wasFull = this.#full
    this.#full = !this.#response.write(text)
    if (!this.#full || wasFull) return
    this.#cancelStuck = this.#deps.clock.after(stuckAfterMs, () => this.#response.destroy())
  }

  #flush(): void {
    while (!this.#full && !this.#ended) {
      const next = this.#source.next()
      if (next === null) return
      for (const part of next) this.#write(part)
    }
  }

  #drained(): void {
    // What was written before the end drains after it, and nothing may follow.
    if (this.#ended) return
    this.#full = false
    this.#cancelStuck?.()
    this.#cancelStuck = null
    this.#flush()
  }
}

/** Sets the head, which leaves with the first bytes of the stream. */
function setHead(response: ServerResponse): void {
  response.statusCode = 200
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8")
  response.setHeader("Cache-Control", "no-store, no-transform")
  response.setHeader("X-Accel-Buffering", "no")
}
