import { json, type RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"

const bodyLimit = "64kb"

/** Reads a JSON body of at most 64 kB. */
export const parseJsonBody: RequestHandler = json({ limit: bodyLimit })

/** Refuses a write whose body is not declared as JSON: an HTML form cannot send that, so neither can a foreign page. */
export const requireJson: RequestHandler = (request, _response, next) => {
  const writes = request.method === "POST" || request.method === "PATCH" || request.method === "PUT"
  if (writes && request.is("application/json") === false) {
    throw new AppError("unsupported_media_type", {
      detail: "Send the body with Content-Type: application/json.",
    })
  }
  next()
}

/** What the body parser throws, as a problem; null for anything else. */
export function toBodyProblem(thrown: unknown): AppError | null {
  if (!(thrown instanceof Error) || !("type" in thrown)) return null
  switch (thrown.type) {
    case "entity.too.large":
      return new AppError("body_too_large", { detail: `A body may have ${bodyLimit} at most.` })
    case "entity.parse.failed":
      return new AppError("malformed_json", { detail: thrown.message })
    case "encoding.unsupported":
    case "charset.unsupported":
      return new AppError("unsupported_media_type", { detail: thrown.message })
    case "request.aborted":
    case "request.size.invalid":
      return new AppError("malformed_json", { detail: "The body ended before it was complete." })
    default:
      return null
  }
}
