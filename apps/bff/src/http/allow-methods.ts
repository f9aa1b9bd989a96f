import type { RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"

/** The last handler of a route: any method that got here is not one of its own (RFC 9110 §15.5.6). */
export function allowOnly(...methods: string[]): RequestHandler {
  const allowed = methods.join(", ")
  return (request, response) => {
    response.setHeader("Allow", allowed)
    throw new AppError("method_not_allowed", {
      detail: `${request.method} is not possible here; ${allowed} is.`,
    })
  }
}
