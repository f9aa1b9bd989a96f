import { setTimeout } from "node:timers/promises"
import { expectThat } from "#tools/lab/figure.ts"

/** A browser's event stream, which is opened again whenever it ends, from the last event on. */
export interface StreamFollower {
  /** Resolves when a text came. Throws when it takes longer. */
  waitFor: (text: string, withinMs: number) => Promise<void>
  /** The number of times that the stream was opened. */
  openings: () => number
  stop: () => void
}

/** Follows an event stream until it is stopped. */
export function followStream(url: string, cookie: string): StreamFollower {
  const stopping = new AbortController()
  let seen = ""
  let openings = 0

  const readOnce = async () => {
    const lastId = seen
      .match(/^id: ?(.+)$/gm)
      ?.at(-1)
      ?.replace(/^id: ?/, "")
    const answer = await fetch(url, {
      headers: { cookie, ...(lastId !== undefined && { "last-event-id": lastId }) },
      signal: stopping.signal,
    })
    if (answer.status !== 200 || answer.body === null) return
    openings += 1
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) seen += part
  }
  const follow = async () => {
    while (!stopping.signal.aborted) {
      await readOnce().catch(() => undefined)
      await setTimeout(100)
    }
  }
  void follow()

  return {
    async waitFor(text, withinMs) {
      const until = performance.now() + withinMs
      while (!seen.includes(text) && performance.now() < until) await setTimeout(5)
      expectThat(seen.includes(text), `${text} is not in the stream after ${withinMs} ms`)
    },
    openings: () => openings,
    stop: () => stopping.abort(),
  }
}
