import { LogOutput } from "./log-output.ts"
import type { Clock } from "./clock.ts"
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
 * @param destination where lines go; standard output by default, where a reader that stopped blocks the end of the process
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

/** Creates the logger of a server: no reader of standard output, however slow, holds it up. */
export function createServerLogger(level: string) {
  const output = new LogOutput(process.stdout, (dropped) =>
    logger.warn({ dropped }, "Log lines were dropped, because standard output was not read or failed"),
  )
  const logger = createLogger(level, output)
  return { logger, flush: (clock: Clock, ms: number) => output.flush(clock, ms) }
}
