import { json, Router, type RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"

const bodyLimit = "64kb"

const requireJson: RequestHandler = (request, _response, next) => {
  if (request.is("application/json") === false) {
    throw new AppError("unsupported_media_type", {
      detail: "Send the body with Content-Type: application/json.",
    })
  }
  next()
}

/**
 * Reads a JSON body of at most 64 kB; for every route that takes one. A body that is not declared as JSON is refused: an HTML
 * form cannot send that, so neither can a foreign page.
 */
export const readJsonBody: RequestHandler = Router().use(requireJson, json({ limit: bodyLimit }))

/** What the body parser throws, as a problem; null for anything else. */
export function toBodyProblem(thrown: unknown): AppError | null {
  if (!(thrown instanceof Error)) return null
  // zlib's errors keep their own code and get no type.
  if ("code" in thrown && String(thrown.code).startsWith("Z_"))
    return new AppError("malformed_json", {
      detail: "The body is not compressed as its Content-Encoding says.",
    })
  if (!("type" in thrown)) return null
  switch (thrown.type) {
    case "entity.too.large":
      return new AppError("body_too_large", { detail: `A body may have ${bodyLimit} at most.` })
    case "entity.parse.failed":
      // The parser's words quote the body.
      return new AppError("malformed_json")
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
