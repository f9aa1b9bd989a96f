import { STATUS_CODES } from "node:http"

import type { AtlasError } from "./errors.ts"
import { toCompactJson } from "./json.ts"

// The live service says "Unexpected error." under UNEXPECTED_ERROR for what its routing refuses, as it does for a 401.
const codesWithoutOwnName = new Set(["METHOD_NOT_ALLOWED"])

/** The body of the 401 that carries a digest challenge: pretty-printed, in this order, and without `parameters`. */
export const challengeBody = `{
  "error" : 401,
  "reason" : "Unauthorized",
  "detail" : "You are not authorized for this resource.",
  "errorCode" : "UNEXPECTED_ERROR"
}`

/** Names the error code as it goes over the wire. */
export function toWireCode(error: AtlasError): string {
  return codesWithoutOwnName.has(error.code) ? "UNEXPECTED_ERROR" : error.code
}

/** Writes the error envelope, always compact, whatever `pretty` says. */
export function toErrorBody(error: AtlasError): string {
  return toCompactJson({
    detail: error.message,
    error: error.status,
    errorCode: toWireCode(error),
    parameters: error.parameters,
    reason: STATUS_CODES[error.status] ?? "Unknown",
  })
}
