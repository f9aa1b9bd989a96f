import type { Express, NextFunction, Request, Response } from "express"
import express from "express"
import { createControlApi } from "#console/control-api.ts"
import type { Control } from "#console/control.ts"

type Handler = (request: Request, response: Response) => Promise<void>

/** Creates the Express app: the control API, the token endpoints, and Atlas's API. */
export function createApp(deps: {
  control: Control
  answerToken: Handler
  answerRevocation: Handler
  answerAtlas: Handler
}): Express {
  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")
  app.use("/simulator", createControlApi(deps.control))
  app.post("/api/oauth/token", deps.answerToken)
  app.post("/api/oauth/revoke", deps.answerRevocation)
  app.use("/api/atlas", deps.answerAtlas)
  app.use((request, response) => {
    response.status(404).json({ error: `there is no ${request.method} ${request.path} here` })
  })
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const isAborted = error instanceof Error && error.name === "AbortError"
    if (response.headersSent || isAborted) response.destroy()
    else response.status(500).json({ error: "the simulator itself failed", detail: String(error) })
  })
  return app
}
