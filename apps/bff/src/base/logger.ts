import { pino, type DestinationStream, type Logger } from "pino"
import { getRequestContext } from "./request-context.ts"

export type { Logger } from "pino"

const secretHeaders = [
  "authorization",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "www-authenticate",
  "idempotency-key",
]

/**
 * Creates the logger. It redacts header values that could hold a credential.
 * @param destination where lines go; standard output by default
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    mixin: () => {
      const context = getRequestContext()
      return context === null ? {} : { requestId: context.requestId }
    },
    redact: {
      paths: secretHeaders.flatMap((name) =>
        ["req.headers", "res.headers", "headers"].map((at) => `${at}["${name}"]`),
      ),
      censor: "[struck out]",
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
