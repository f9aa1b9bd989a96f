import type { NextFunction, Request, Response, Router } from "express"
import express from "express"

import { isSpeed } from "#world/clock.ts"
import { createCloudConsole } from "./cloud-console.ts"
import { cloudSideActs, isCloudSideAct } from "./cloud-side.ts"
import type { Control } from "./control.ts"
import { onlyLoopback } from "./loopback.ts"
import { isFields } from "#resources/request-body.ts"
import type { Fields } from "#resources/request-body.ts"

function readFields(request: Request): Fields {
  const { body }: { body?: unknown } = request
  if (!isFields(body)) throw new RangeError("the body must be a JSON object, sent as application/json")
  return body
}

function isSteering(error: unknown): error is Error {
  return error instanceof RangeError || error instanceof SyntaxError
}

function isTooLarge(error: unknown): boolean {
  return typeof error === "object" && error !== null && "status" in error && error.status === 413
}

/** The control API under `/simulator`; it answers `{error}` with a sentence when it is asked for nonsense. */
export function createControlApi(control: Control): Router {
  const router = express.Router()
  router.use(onlyLoopback)
  router.use(createCloudConsole())
  // Only this type: a form on a web page cannot send it without asking first.
  router.use(express.json({ limit: "1mb", type: "application/json" }))

  router.get("/state", (_request, response) => {
    response.json(control.state())
  })
  router.post("/cloud-side", (request, response) => {
    const { peerId, act } = readFields(request)
    if (typeof peerId !== "string") throw new RangeError("peerId must be a text")
    if (!isCloudSideAct(act)) throw new RangeError(`act must be one of ${cloudSideActs.join(", ")}`)
    response.json({ peer: control.cloudSide(peerId, act) })
  })
  router.post("/clock", (request, response) => {
    const { speed, advanceSeconds } = readFields(request)
    if (speed === undefined && advanceSeconds === undefined)
      throw new RangeError("give speed or advanceSeconds")
    if (speed !== undefined && !isSpeed(speed))
      throw new RangeError("speed must be a number from 0 to 1000000")
    if (advanceSeconds !== undefined && typeof advanceSeconds !== "number") {
      throw new RangeError("advanceSeconds must be a number")
    }
    if (speed !== undefined) control.setSpeed(speed)
    if (advanceSeconds !== undefined) control.advance(advanceSeconds)
    response.json(control.state().clock)
  })
  router.get("/faults", (_request, response) => {
    response.json({ faults: control.faults() })
  })
  router.post("/faults", (request, response) => {
    control.addFault(readFields(request))
    response.status(201).json({ faults: control.faults() })
  })
  router.delete("/faults", (_request, response) => {
    control.clearFaults()
    response.status(204).end()
  })
  router.get("/calls", (_request, response) => {
    response.json(control.calls())
  })
  router.delete("/calls", (_request, response) => {
    control.clearCalls()
    response.status(204).end()
  })
  router.post("/reset", (request, response) => {
    const { body }: { body?: unknown } = request
    const scenario = isFields(body) ? body["scenario"] : undefined
    if (scenario !== undefined && typeof scenario !== "string")
      throw new RangeError("scenario must be a text")
    control.reset(scenario)
    response.json(control.state())
  })
  router.use((request, response) => {
    response.status(404).json({ error: `the control API has no ${request.method} ${request.originalUrl}` })
  })
  // Express knows an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (isSteering(error)) response.status(400).json({ error: error.message })
    else if (isTooLarge(error)) response.status(413).json({ error: "the body is too large" })
    else next(error)
  })
  return router
}
