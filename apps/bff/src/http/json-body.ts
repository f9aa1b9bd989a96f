import { json, Router, type RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "./check-request.ts"

/** Refuses a body that is not declared as JSON. */
export const requireJson = checkRequest((request) => {
  if (request.is("application/json") === false)
    throw new AppError("unsupported_media_type", {
      detail: "Send the body with Content-Type: application/json.",
    })
})

/**
 * Makes the middleware that reads a JSON body. A body that is not declared as JSON is refused: an HTML form cannot declare that, so
 * neither can a foreign page.
 * @param limitKb the largest body, in kB (1,024 bytes)
 */
export function createJsonBodyReader(limitKb: number): RequestHandler {
  return Router().use(requireJson, json({ limit: limitKb * 1024 }))
}

/** Translates the body parser's errors; null for anything else. */
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
      return new AppError("body_too_large", { detail: `A body may have ${toKb(thrown)} kB at most.` })
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

/** Returns the limit that body-parser puts on its error, in kB. */
function toKb(thrown: object): number {
  return "limit" in thrown ? Number(thrown.limit) / 1024 : Number.NaN
}
