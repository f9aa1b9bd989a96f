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
  // zlib's and Brotli's errors keep their own code and get no type.
  if ("code" in thrown && /^(Z_|ERR__ERROR_)/.test(String(thrown.code)))
    return new AppError("malformed_json", {
      detail: "The body is not compressed as its Content-Encoding says.",
    })
  if (!("type" in thrown)) return null
  return problems.get(thrown.type)?.(thrown) ?? null
}

const toUnsupported = ({ message }: Error) => new AppError("unsupported_media_type", { detail: message })
const toCutOff = () => new AppError("malformed_json", { detail: "The body ended before it was complete." })

/** By the type of the parser's error. */
const problems = new Map<unknown, (thrown: Error) => AppError>([
  [
    "entity.too.large",
    (thrown) => new AppError("body_too_large", { detail: `A body may have ${toKb(thrown)} kB at most.` }),
  ],
  // The parser's words quote the body.
  ["entity.parse.failed", () => new AppError("malformed_json")],
  ["encoding.unsupported", toUnsupported],
  ["charset.unsupported", toUnsupported],
  ["request.aborted", toCutOff],
  ["request.size.invalid", toCutOff],
])

/** Returns the limit that body-parser puts on its error, in kB. */
function toKb(thrown: object): number {
  return "limit" in thrown ? Number(thrown.limit) / 1024 : Number.NaN
}
