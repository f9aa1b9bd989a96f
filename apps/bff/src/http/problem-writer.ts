import { problemMediaType, type Problem } from "@peering-desk/shared-schemas"
import type { ErrorRequestHandler, RequestHandler } from "express"
import { AppError, toAppError } from "#base/app-error.ts"
import { problemStatus } from "#base/problem-status.ts"
import { toBodyProblem } from "./json-body.ts"
import { describeRequest, requestIdHeader } from "./request-log.ts"

/** Every address that no router took. */
export const answerNotFound: RequestHandler = (request) => {
  throw new AppError("not_found", {
    detail: `${request.method} ${request.path} is not an address of this server.`,
  })
}

/**
 * The only writer of error bodies (RFC 9457). What we did not foresee is logged with its stack and shown as nothing but a request id.
 * Of what a library threw nothing else is logged, since some put the whole body beside their message.
 */
export const writeProblem: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  const error = toAppError(toUrlProblem(thrown) ?? toBodyProblem(thrown) ?? thrown, "internal_error")
  const { status, title } = problemStatus[error.code]
  const logged = { ...describeRequest(request), code: error.code, err: error }
  request.log[status >= 500 ? "error" : "info"](logged, title)
  if (response.headersSent) {
    next(thrown)
    return
  }
  // Caches may keep a 404 or 405 on their own account (RFC 9111 §4.2.2).
  response.setHeader("Cache-Control", "no-store")
  if (status === 401) response.setHeader("WWW-Authenticate", toChallenge(error))
  const { retryAfterSeconds } = error.shown
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(retryAfterSeconds))
  const problem = toProblem(error, response.get(requestIdHeader) ?? "")
  response.status(status).type(problemMediaType).send(JSON.stringify(problem))
}

/** How a script signs its requests (RFC 9110 §15.5.2, RFC 6750 §3). Browsers ignore it. */
function toChallenge({ code }: AppError): string {
  return `Bearer realm="Peering Desk"${code === "token_refused" ? ', error="invalid_token"' : ""}`
}

/** A failure as the contract writes it (RFC 9457). */
export function toProblem({ code, shown }: AppError, requestId: string): Problem {
  const { status, title } = problemStatus[code]
  return { type: `urn:peering-desk:problem:${code}`, title, status, code, requestId, ...shown }
}

function toUrlProblem(thrown: unknown): AppError | null {
  if (!(thrown instanceof URIError)) return null
  return new AppError("not_found", { detail: "The address has a broken %-sequence.", cause: thrown })
}
