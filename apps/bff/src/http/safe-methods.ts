import type { Request } from "express"

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"])

/** Says whether a request's method promises to change nothing (RFC 9110 §9.2.1). */
export function isSafe(request: Pick<Request, "method">): boolean {
  return safeMethods.has(request.method)
}
