import type { IncomingMessage, ServerResponse } from "node:http"
import { text } from "node:stream/consumers"

/** The answer to a call: its status, and its JSON if there is one. */
export interface Answer {
  status: number
  body?: unknown
}

/** A refusal with its status and a sentence. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The calls by their paths; each gets its body. */
export type Calls = Readonly<Record<string, (body: Record<string, unknown>) => Promise<Answer>>>

/**
 * Answers a call of the director below `/demo/`. It must come from a page of the demo's own address: any other site could make a
 * browser here act for the people of the demo.
 */
export async function answerCall(
  calls: Calls,
  publicUrl: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await call(calls, publicUrl, request).catch((error: unknown): Answer => {
    if (error instanceof Refusal) return { status: error.status, body: { error: error.message } }
    return { status: 500, body: { error: String(error) } }
  })
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

async function call(calls: Calls, publicUrl: URL, request: IncomingMessage): Promise<Answer> {
  const { host, "sec-fetch-site": site, "content-type": type = "" } = request.headers
  const handler = calls[request.url ?? ""]
  if (host !== publicUrl.host || site !== "same-origin")
    throw new Refusal(403, "This call must come from a page of the demo.")
  if (!/^application\/json *(;|$)/i.test(type)) throw new Refusal(415, "Send JSON.")
  if (handler === undefined || request.method !== "POST") throw new Refusal(404, "There is no such call.")
  return handler(parse(await text(request)))
}

function parse(body: string): Record<string, unknown> {
  const value = readJson(body)
  if (typeof value !== "object" || value === null) throw new Refusal(400, "The body is no JSON object.")
  return { ...value }
}

/** Returns undefined for text that is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
