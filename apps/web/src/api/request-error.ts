import type { Problem } from "@peering-desk/shared-schemas"

/**
 * Why a call to the BFF gave nothing: it answered with a problem (`refused`), could not be reached at all or fell silent
 * half-way (`unreachable`), or answered something that is not in the contract (`unreadable`). The server may have made
 * a change all the same when it is unreachable or unreadable.
 */
export type RequestFailure =
  | { reason: "refused"; problem: Problem }
  | { reason: "unreachable"; isChange: boolean }
  | { reason: "unreadable"; isChange: boolean; status: number }

/** The only thing that `api/` throws. */
export class RequestError extends Error {
  readonly failure: RequestFailure

  constructor(failure: RequestFailure, options?: ErrorOptions) {
    super(toMessage(failure), options)
    this.name = "RequestError"
    this.failure = failure
  }

  /** The BFF's own words, if it had any. */
  get problem(): Problem | null {
    return this.failure.reason === "refused" ? this.failure.problem : null
  }
}

function toMessage(failure: RequestFailure): string {
  switch (failure.reason) {
    case "refused":
      return `${failure.problem.code} (${failure.problem.requestId})`
    case "unreachable":
      return "The server could not be reached"
    case "unreadable":
      return `The server answered something unreadable (HTTP ${failure.status})`
  }
}

/** Returns what the server answered to a failed call; null when it gave no readable answer. */
export function getProblem(error: unknown): Problem | null {
  return error instanceof RequestError ? error.problem : null
}

/** Returns field name → what the server found wrong with it. */
export function toFieldErrors(error: unknown): Readonly<Record<string, string>> {
  return getProblem(error)?.fields ?? {}
}

/** Returns whether the server has no such thing. */
export function isNotFound(error: unknown): boolean {
  return getProblem(error)?.code === "not_found"
}

/** Returns whether the person's role forbids the call, so that a retry is useless. */
export function isForbidden(error: unknown): boolean {
  return getProblem(error)?.code === "forbidden"
}
