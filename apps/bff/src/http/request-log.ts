import { randomUUID } from "node:crypto"
import type { RequestHandler } from "express"
import { pinoHttp } from "pino-http"
import type { Logger } from "#base/logger.ts"

export const requestIdHeader = "X-Request-Id"

/**
 * Gives each request an id, answers it in `X-Request-Id`, and logs one line a request: no header, no body, and of the address
 * no query, in which a sign-in's one-time code comes back.
 */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
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
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "info"),
  })
}
