import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"

/*
 * The least that can stream: what is posted is written to every response as an event. It has no sessions, no polls and
 * no heartbeats, and queues whatever a reader does not take.
 */

const readers = new Set<ServerResponse>()
const server = createServer((request, response) => {
  if (request.method === "POST") {
    void text(request).then((said) => {
      for (const reader of readers) reader.write(`event: peering\ndata: ${said}\n\n`)
      response.end()
    })
    return
  }
  response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n")
  readers.add(response)
  response.on("close", () => readers.delete(response))
})
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
