import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
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
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    logs,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type TestingServer = Awaited<ReturnType<typeof serveHandlers>>
