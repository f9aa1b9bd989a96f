import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import type { Request, Response } from "express"

/** What Node itself keeps in every request and response; all else was put there by middleware. */
const [nodesOwn, nodesOwnInResponses] = [
  new Set(Object.keys(new IncomingMessage(new Socket()))),
  new Set(Object.keys(new ServerResponse(new IncomingMessage(new Socket())))),
]

/**
 * Lets go of all that middleware hung on a request and its response: session, parsed addresses, limiter, loggers, the chain of `next`.
 * For a response that stays open for hours, once it is under way: nothing but its end is logged and counted from then on, by id and
 * trace.
 */
export function releaseRequest(request: Request, response: Response): void {
  const { traceparent } = request.headers
  request.rawHeaders = []
  request.headers = traceparent === undefined ? {} : { traceparent }
  clear(request, nodesOwn)
  clear(response, nodesOwnInResponses)
}

/**
 * Sets to undefined instead of deleting: V8 keeps an object that lost a property as a table of three times the size. It would also
 * keep the answer of `Object.keys` for each request.
 */
function clear(holder: object, own: ReadonlySet<string>): void {
  const prototype: unknown = Object.getPrototypeOf(holder)
  for (const name of Object.getOwnPropertyNames(holder)) {
    if (own.has(name) || name === "id") continue
    // A method that middleware wrapped is again the one it wraps.
    Reflect.set(holder, name, Reflect.get(prototype as object, name))
  }
}
