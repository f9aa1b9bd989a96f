import { request as sendHttp, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http"
import { connect } from "node:net"
import { text } from "node:stream/consumers"

/** A whole answer of a server. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: () => unknown
}

/** Sends one request; a header that is undefined is left out. */
export function sendRequest(
  url: string,
  method: string,
  headers: Record<string, string | number | undefined>,
  body: string | Buffer | undefined,
): Promise<Answer> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  return new Promise((resolve, reject) => {
    // Each request opens a new connection, to keep tests independent.
    const request = sendHttp(
      url,
      { method, agent: false, headers: given as OutgoingHttpHeaders },
      (response) => {
        const parts: Buffer[] = []
        response.on("data", (part: Buffer) => parts.push(part))
        response.on("error", reject)
        response.on("end", () => {
          const text = Buffer.concat(parts).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text) as unknown,
          })
        })
      },
    )
    request.on("error", reject)
    request.end(body)
  })
}

/** Sends the head of a request as it is written, and returns all that comes back until the server closes the connection. */
export async function sendRawHead(origin: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(`${lines.join("\r\n")}\r\n\r\n`)
  return await text(socket)
}
