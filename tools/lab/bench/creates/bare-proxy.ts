import { createServer } from "node:http"
import { parseArgs } from "node:util"
import { listen } from "@peering-desk/test-support/listen"
import { createBareClient } from "./bare-client.ts"

/*
 * The least that stands between a browser and Atlas: Node's server, an undici pool and a digest with a kept nonce. No session, no
 * rights, no checks, no audit log. What Peering Desk costs is shown as a multiple of it.
 */

const { values } = parseArgs({
  options: { atlas: { type: "string" }, key: { type: "string" }, secret: { type: "string" } },
})
const { atlas = "", key = "", secret = "" } = values
const forward = createBareClient({ atlas, key, secret })

const server = createServer((request, response) => {
  const method = request.method === "POST" ? "POST" : "GET"
  if (request.url === "/healthz") return void response.end("{}")
  if (method === "POST" && request.headers["idempotency-key"] === undefined) {
    response.writeHead(400).end()
    return
  }
  const parts: Buffer[] = []
  request.on("data", (part: Buffer) => parts.push(part))
  request.on("end", () => {
    const body = method === "POST" ? Buffer.concat(parts) : null
    void forward(method, request.url ?? "/", body).then((answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" })
      response.end(answer.text)
    })
  })
})
server.keepAliveTimeout = 60_000
const { origin } = await listen(server)
process.stdout.write(`listening on ${origin}\n`)
