import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
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
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${host}:${port}`,
    received,
    connections: () => connections,
    answer: (next) => (respond = next),
    until: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve()
        else watchers.push({ count, resolve })
      }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
