import { createServer, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"
import { listen } from "@peering-desk/test-support/listen"

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
const { origin } = await listen(server)
process.stdout.write(`listening on ${origin}\n`)
