import { randomUUID } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { RequestHandler } from "express"
import type { Logger } from "#base/logger.ts"
import { runForRequest } from "#base/request-context.ts"
import { beginTrace, parseTraceparent, type Trace } from "./traceparent.ts"

export const requestIdHeader = "X-Request-Id"

declare module "node:http" {
  interface IncomingMessage {
    id: string
    log: Logger
  }
}

/**
 * Gives each request an id and a trace, answers the id in `X-Request-Id`, and logs one line a request: no header, no body, and of the
 * address no query, in which a sign-in's one-time code comes back. What is done for the request is logged with the same id.
 */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    request.id = randomUUID()
    request.log = logger
    response.setHeader(requestIdHeader, request.id)
    const from = performance.now()
    response.once("close", () => {
      const { statusCode, writableFinished } = response
      const responseTime = Math.round(performance.now() - from)
      const level = statusCode >= 500 ? "error" : "info"
      logger[level](
        { ...describeRequest(request), res: { statusCode }, responseTime },
        writableFinished ? "request completed" : "request aborted",
      )
    })
    runForRequest({ requestId: request.id, traceparent: toTrace(request).traceparent }, next)
  }
}

/** Returns what each log line about a request has. */
export function describeRequest(request: IncomingMessage & { originalUrl?: string }): {
  req: { id: string; method: string; url: string }
  traceId: string
} {
  const { id, method = "", originalUrl, url = "" } = request
  return {
    req: { id, method, url: (originalUrl ?? url).replace(/\?.*$/s, "") },
    traceId: toTrace(request).traceId,
  }
}

function toTrace({ headers, id }: IncomingMessage): Trace {
  return parseTraceparent(String(headers["traceparent"])) ?? beginTrace(id)
}
