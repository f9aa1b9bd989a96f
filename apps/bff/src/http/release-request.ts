import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import type { Request, Response } from "express"

/** What Node itself keeps in every request and response; all else was put there by middleware. */
const [nodesOwn, nodesOwnInResponses] = [
  new Set(Object.keys(new IncomingMessage(new Socket()))),
  new Set(Object.keys(new ServerResponse(new IncomingMessage(new Socket())))),
]

/** Node names it by a symbol. */
const outgoingHeaders = Object.getOwnPropertySymbols(
  new ServerResponse(new IncomingMessage(new Socket())),
).find(({ description }) => description === "kOutHeaders")

/**
 * Lets go of all that middleware hung on a request and its response: session, parsed addresses, limiter, loggers, the chain of `next`.
 * For a response that stays open for hours, once it is under way: nothing but its end is logged and counted from then on, by id and
 * trace.
 * @param path that is logged then
 */
export function releaseRequest(request: Request, response: Response, path: string): void {
  const { traceparent } = request.headers
  request.rawHeaders = []
  request.url = path
  request.headers = traceparent === undefined ? {} : { traceparent }
  clear(request, nodesOwn)
  clear(response, nodesOwnInResponses)
  setImmediate(releaseHead, response)
}

/** Lets go of the head of an answer that has left: 4 kB with all security headers. From Node 24 on it leaves with the end of a turn. */
function releaseHead(response: Response): void {
  if (Reflect.get(response, "_headerSent") !== true) return
  Reflect.set(response, "_header", "sent")
  if (outgoingHeaders !== undefined) Reflect.set(response, outgoingHeaders, null)
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
