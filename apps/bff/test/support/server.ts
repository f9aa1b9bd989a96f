import { createServer } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import express, { type RequestHandler } from "express"
import { createLogger } from "#base/logger.ts"
import { answerNotFound, writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"

/** Puts routers behind a real port, with the request log before and the problem writer after them. */
export async function serveHandlers(...handlers: RequestHandler[]) {
  const logs: string[] = []
  const app = express()
  app.use(logRequests(createLogger("trace", { write: (line: string) => void logs.push(line) })))
  app.use(...handlers)
  app.use(answerNotFound)
  app.use(writeProblem)
  return { logs, ...(await listen(createServer(app))) }
}

export type TestingServer = Awaited<ReturnType<typeof serveHandlers>>
