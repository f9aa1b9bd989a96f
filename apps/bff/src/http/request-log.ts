import { randomUUID } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { RequestHandler } from "express"
import { pinoHttp } from "pino-http"
import type { Logger } from "#base/logger.ts"
import { runForRequest } from "#base/request-context.ts"
import { beginTrace, parseTraceparent, type Trace } from "./traceparent.ts"

export const requestIdHeader = "X-Request-Id"

/**
 * Gives each request an id and a trace, answers the id in `X-Request-Id`, and logs one line a request: no header, no body, and of the
 * address no query, in which a sign-in's one-time code comes back. What is done for the request is logged with the same id.
 */
export function logRequests(logger: Logger): RequestHandler {
  const logLine = pinoHttp({
    logger,
    genReqId(_request, response) {
      const id = randomUUID()
      response.setHeader(requestIdHeader, id)
      return id
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        url: url.replace(/\?.*$/s, ""),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    customProps: (request) => ({ traceId: toTrace(request).traceId }),
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "info"),
  })
  return (request, response, next) => {
    logLine(request, response)
    const { traceparent } = toTrace(request)
    runForRequest({ requestId: request.id as string, traceparent }, next)
  }
}

function toTrace({ headers, id }: IncomingMessage): Trace {
  return parseTraceparent(String(headers["traceparent"])) ?? beginTrace(id as string)
}
