import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import { text } from "node:stream/consumers"

/** A request as a target of notifications got it. */
interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
  /** When it was there, by `performance.now()`. */
  at: number
}

/** A target of notifications on this machine. */
export interface Receiver {
  origin: string
  received: Received[]
  /** Counts connections, whether a request follows or not. */
  connections: () => number
  /** Answers from now on, instead of with 204. */
  answer: (respond: (response: ServerResponse) => void) => void
  /** Resolves once this many requests are there. */
  until: (count: number) => Promise<void>
  close: () => Promise<void>
}

/** @param host an address of this machine's loopback network */
export async function openReceiver(host = "127.0.0.1"): Promise<Receiver> {
  const received: Received[] = []
  const watchers: { count: number; resolve: () => void }[] = []
  let connections = 0
  let respond = (response: ServerResponse): void => void response.writeHead(204).end()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? "", headers: request.headers, body, at: performance.now() })
      for (const { count, resolve } of watchers) if (received.length >= count) resolve()
      respond(response)
    })
  })
  server.on("connection", () => (connections += 1))
  const { origin, close } = await listen(server, host)
  return {
    origin,
    received,
    connections: () => connections,
    answer: (next) => (respond = next),
    until: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve()
        else watchers.push({ count, resolve })
      }),
    close,
  }
}
