import { Router, type Request } from "express"
import { allowOnly } from "#http/allow-methods.ts"
import { answerNotFound } from "#http/problem-writer.ts"
import type { Metrics } from "./metrics.ts"

/**
 * `/metrics`, in the text format of Prometheus, for operators. Anybody else learns no more than of an address that does not exist.
 * @param isOperator tells operators from strangers
 */
export function createMetricsRouter(metrics: Metrics, isOperator: (request: Request) => boolean): Router {
  const router = Router()
  router
    .route("/metrics")
    .all((request, response, next) =>
      isOperator(request) ? next() : answerNotFound(request, response, next),
    )
    .get(async (_request, response) => {
      const text = await metrics.read()
      response.setHeader("Cache-Control", "no-store")
      response.setHeader("Content-Type", metrics.contentType)
      response.send(text)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}
