import type { RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"

/** Answers methods that a route does not have with 405 and `Allow` (RFC 9110 §15.5.6). */
export function allowOnly(...methods: string[]): RequestHandler {
  const allowed = methods.join(", ")
  return (request, response) => {
    response.setHeader("Allow", allowed)
    throw new AppError("method_not_allowed", {
      detail: `${request.method} is not allowed here. Use ${allowed}.`,
    })
  }
}
