import { request as send, type IncomingMessage, type ServerResponse } from "node:http"
import { pipeline } from "node:stream"
import { text } from "node:stream/consumers"

type Header = [name: string, value: string]

const tags = `<link rel="stylesheet" href="/demo/director.css"><script type="module" src="/demo/director.js"></script>`
/** Headers of one connection, which a proxy doesn't pass on (RFC 9110 §7.6.1). Node cuts bodies into chunks as their header says. */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]
/** Headers that no longer fit a page with the director. */
const ofFormerPage = [...ofConnection, "content-length", "transfer-encoding", "etag"]
/** A copy in the browser may lack the director, and a compressed page can't be read. */
const ofCopies = [...ofConnection, "if-none-match", "if-modified-since", "accept-encoding"]

/** Passes a request on to the product, by a connection for it alone, and streams its answer; a page is kept and gets the director. */
export function forward(serverUrl: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method = "", url: path, rawHeaders, headers } = request
  const mayBePage = /^(GET|HEAD)$/.test(method) && /text\/html/.test(headers.accept ?? "")
  const sent: Header[] = mayBePage
    ? [...listHeaders(rawHeaders, ofCopies), ["accept-encoding", "identity"]]
    : listHeaders(rawHeaders, ofConnection)
  const { hostname: host, port } = serverUrl
  const upstream = send({ host, port, agent: false, method, path, headers: sent.flat() })
  upstream.on("response", (answer) => {
    const isPage = mayBePage && answer.headers["content-type"]?.startsWith("text/html") === true
    const received = isPage
      ? listHeaders(answer.rawHeaders, ofFormerPage).map(allowFrames)
      : listHeaders(answer.rawHeaders, ofConnection)
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, received.flat())
    // A framed page is the owner's, beside the director's page.
    if (isPage && headers["sec-fetch-dest"] !== "iframe")
      text(answer).then(
        (html) => response.end(html.replace(/<\/head>|$/, (end) => tags + end)),
        () => response.destroy(),
      )
    else {
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

/** Lists headers but some. `raw` is as Node has them: name, value, name, value. */
function listHeaders(raw: readonly string[], without: readonly string[]): Header[] {
  return raw.flatMap((name, at): Header[] =>
    at % 2 === 1 || without.includes(name.toLowerCase()) ? [] : [[name, raw[at + 1] ?? ""]],
  )
}

/** Lets the product's own pages frame a page, for the owner's page beside ours. */
function allowFrames([name, value]: Header): Header {
  if (/^x-frame-options$/i.test(name)) return [name, "SAMEORIGIN"]
  if (!/^content-security-policy$/i.test(name)) return [name, value]
  const others = value
    .split(";")
    .filter((directive) => directive.trim() !== "" && !/^\s*frame-(ancestors|src)\b/i.test(directive))
  return [name, [...others, "frame-ancestors 'self'", "frame-src 'self'"].join(";")]
}
