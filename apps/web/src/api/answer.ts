import type { Problem } from "@peering-desk/shared-schemas"

/** Tells whether a body is the answer that was asked for. */
export type IsAnswer<T> = (body: unknown) => body is T

/**
 * Whether a body has the fields that name an answer. The server makes every answer by the contract's schemas, so the browser
 * only asks whether it was this server that answered, and not a proxy in between: checking it all again would cost the list
 * page a tenth of its weight.
 */
export function hasFields<T extends object>(...names: (keyof T & string)[]): IsAnswer<T> {
  return (body): body is T =>
    typeof body === "object" && body !== null && names.every((name) => Object.hasOwn(body, name))
}

export const isProblem = hasFields<Problem>("code", "requestId", "status")
