import { request as send, type IncomingMessage, type ServerResponse } from "node:http"
import { connect } from "node:net"
import { pipeline, type Duplex } from "node:stream"
import { text } from "node:stream/consumers"
import { addDirector, listHeaders, listPageHeaders, listPageRequestHeaders } from "./pages.ts"

/**
 * Passes a request on to the product and streams its answer; only a page waits for its end, and gets the director. Each request has a
 * separate connection, so none is lost on one that the product has just closed.
 */
export function forward(serverUrl: URL, request: IncomingMessage, response: ServerResponse): void {
  const mayBePage =
    /^(GET|HEAD)$/.test(request.method ?? "") && /text\/html/.test(request.headers.accept ?? "")
  const headers = (mayBePage ? listPageRequestHeaders : listHeaders)(request.rawHeaders)
  const upstream = send({
    host: serverUrl.hostname,
    port: serverUrl.port,
    agent: false,
    method: request.method,
    path: request.url,
    headers: headers.flat(),
  })
  upstream.on("response", (answer) => {
    if (mayBePage && answer.headers["content-type"]?.startsWith("text/html") === true)
      void answerPage(request, answer, response)
    else {
      response.writeHead(
        answer.statusCode ?? 502,
        answer.statusMessage,
        listHeaders(answer.rawHeaders).flat(),
      )
      // A stream begins before its first event.
      response.flushHeaders()
      pipeline(answer, response, () => {})
    }
  })
  upstream.on("error", () => {
    if (response.headersSent) response.destroy()
    else
      response
        .writeHead(502, { "content-type": "text/plain" })
        .end("The server of the demo doesn't answer.\n")
  })
  response.on("close", () => upstream.destroy())
  request.pipe(upstream)
}

async function answerPage(
  request: IncomingMessage,
  answer: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const html = await text(answer)
    response.writeHead(
      answer.statusCode ?? 502,
      answer.statusMessage,
      listPageHeaders(answer.rawHeaders).flat(),
    )
    if (request.method === "HEAD") response.end()
    // A framed page is the owner's, beside the director's page.
    else response.end(request.headers["sec-fetch-dest"] === "iframe" ? html : addDirector(html))
  } catch {
    response.destroy()
  }
}

/** Passes a connection on, as it is, when a request turns it into one of another protocol. */
export function forwardUpgrade(
  serverUrl: URL,
  request: IncomingMessage,
  browser: Duplex,
  head: Buffer,
): void {
  const lines = request.rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\r\n`))
  const server = connect(Number(serverUrl.port), serverUrl.hostname)
  server.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("")}\r\n`)
  server.write(head)
  pipeline(browser, server, browser, () => {})
}
