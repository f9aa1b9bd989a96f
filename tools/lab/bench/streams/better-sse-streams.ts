import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { createChannel, createSession } from "better-sse"

/* The same as plain-streams.ts with the library that people take for this, as its documentation shows it. */

const channel = createChannel()
const server = createServer((request, response) => {
  if (request.method === "POST") {
    void text(request).then((said) => {
      for (const line of said.split("\n")) channel.broadcast(line, "peering")
      response.end()
    })
    return
  }
  void createSession(request, response).then((session) => channel.register(session))
})
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
