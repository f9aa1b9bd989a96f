import type { HeldForApproval, Problem } from "@peering-desk/shared-schemas"

/** Recognizes the expected answer. */
export type IsAnswer<T> = (body: unknown) => body is T

/**
 * Recognizes an answer by some of its fields. The server builds every answer by the contract's schemas, so this only tells our
 * server's answer from that of a proxy in between.
 */
export function hasFields<T extends object>(...names: (keyof T & string)[]): IsAnswer<T> {
  return (body): body is T =>
    typeof body === "object" && body !== null && names.every((name) => Object.hasOwn(body, name))
}

/** Recognizes an answer without a body. */
export const isNothing = (body: unknown): body is undefined => body === undefined

export const isProblem = hasFields<Problem>("code", "requestId", "status")

/** Recognizes that a change waits for another person instead of being done. */
export const isHeld = hasFields<HeldForApproval>("approval")

/** Recognizes the answer to a change that another person may have to approve first. */
export function orHeld<T>(isAnswer: IsAnswer<T>): IsAnswer<T | HeldForApproval> {
  return (body): body is T | HeldForApproval => isHeld(body) || isAnswer(body)
}

/** Parses an answer; undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
