import { once } from "node:events"
import { get, type IncomingHttpHeaders, type IncomingMessage } from "node:http"
import { get as getSecurely } from "node:https"

/** Asks for an address as a browser would, follows nothing, and returns the head of the answer. */
export async function getHead(url: string): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const request = (url.startsWith("https:") ? getSecurely : get)(url, { agent: false, timeout: 10_000 })
  request.once("timeout", () => request.destroy(new Error("no answer within 10 s")))
  const [answer] = (await once(request, "response")) as [IncomingMessage]
  answer.destroy()
  return { status: answer.statusCode ?? 0, headers: answer.headers }
}
