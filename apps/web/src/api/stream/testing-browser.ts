import type { StreamEvent } from "@peering-desk/shared-schemas"
import type { BrowserParts } from "./shared-stream.ts"

type Listener = (event: Event) => void

/** An `EventSource` whose other end is the test. */
export class FakeEventSource {
  readonly url: string
  readyState = 0
  readonly #listeners = new Map<string, Listener[]>()

  constructor(url: string) {
    this.url = url
  }

  addEventListener(name: string, listener: Listener): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }

  close(): void {
    this.readyState = 2
  }

  get isClosed(): boolean {
    return this.readyState === 2
  }

  /** The server took the stream. */
  open(): void {
    this.readyState = 1
    this.#dispatch("open", new Event("open"))
  }

  /** The line was cut; the browser tries again by itself unless the server refused. */
  cut({ refused = false } = {}): void {
    this.readyState = refused ? 2 : 0
    this.#dispatch("error", new Event("error"))
  }

  send({ event, data }: StreamEvent, id?: string): void {
    this.sendText(event, JSON.stringify(data), id)
  }

  /** The server ends the stream because the session is over. */
  signOut(): void {
    this.#dispatch("signed-out", new MessageEvent("signed-out", { data: "{}" }))
    this.cut()
  }

  sendText(event: string, data: string, lastEventId = ""): void {
    this.#dispatch(event, new MessageEvent(event, { data, lastEventId }))
  }

  #dispatch(name: string, event: Event): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event)
  }
}

interface Waiting {
  grant: () => void
}

/** Shared by the tabs of one browser: locks, channels, and the list of every stream that was opened. */
export class FakeBrowser {
  readonly sources: FakeEventSource[] = []
  readonly #locks = new Map<string, Waiting[]>()
  readonly #channels = new Set<FakeChannel>()

  /** The streams that are open now. */
  get openSources(): FakeEventSource[] {
    return this.sources.filter((source) => !source.isClosed)
  }

  /** The parts for one tab. */
  tab({ withLocks = true } = {}): BrowserParts {
    return {
      openEventSource: (url) => {
        const source = new FakeEventSource(url)
        this.sources.push(source)
        return source as unknown as EventSource
      },
      locks: withLocks ? { request: this.#request } : null,
      openChannel: () => {
        const channel = new FakeChannel(this.#channels)
        return channel as unknown as BroadcastChannel
      },
    }
  }

  /** Web Locks: granted in the order of asking, held until the callback's promise settles (W3C Web Locks §3). */
  readonly #request = (async (name: string, { signal }: LockOptions, callback: () => unknown) => {
    const queue = this.#locks.get(name) ?? []
    this.#locks.set(name, queue)
    await new Promise<void>((resolve, reject) => {
      const waiting = { grant: resolve }
      queue.push(waiting)
      signal?.addEventListener("abort", () => {
        const at = queue.indexOf(waiting)
        if (at > 0) queue.splice(at, 1)
        reject(new DOMException("given up", "AbortError"))
      })
      if (queue.length === 1) resolve()
    })
    try {
      return await callback()
    } finally {
      queue.shift()
      queue[0]?.grant()
    }
  }) as LockManager["request"]
}

class FakeChannel {
  readonly #all: Set<FakeChannel>
  #listener: (event: MessageEvent) => void = () => undefined

  constructor(all: Set<FakeChannel>) {
    this.#all = all
    all.add(this)
  }

  addEventListener(_name: "message", listener: (event: MessageEvent) => void): void {
    this.#listener = listener
  }

  postMessage(message: unknown): void {
    for (const channel of this.#all) {
      if (channel !== this)
        queueMicrotask(() =>
          channel.#listener(new MessageEvent("message", { data: structuredClone(message) })),
        )
    }
  }

  close(): void {
    this.#all.delete(this)
  }
}
