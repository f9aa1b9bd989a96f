import { requestedByHeader } from "@peering-desk/shared-schemas"
import type { RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Refuses what a foreign page could make a browser send: a write needs our custom header and proof that it comes from our
 * own origin (`Sec-Fetch-Site: same-origin`, or the right `Origin` where the browser sends no such header).
 * Any request must name one of our own hosts, or a foreign name could be pointed at this address (DNS rebinding).
 * @param origins the origins under which browsers reach us
 */
export function refuseForgedRequests(origins: readonly string[]): RequestHandler {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return (request, _response, next) => {
    if (!hosts.has(request.headers.host ?? "")) {
      throw new AppError("forged_request", { detail: "The Host header names another server." })
    }
    if (safeMethods.has(request.method)) {
      next()
      return
    }
    const site = request.headers["sec-fetch-site"]
    const origin = request.headers.origin
    const ours =
      site === undefined ? origin !== undefined && origins.includes(origin) : site === "same-origin"
    if (!ours || request.headers[requestedByHeader] === undefined) {
      throw new AppError("forged_request", {
        detail: `A write must come from this site's own pages and carry the ${requestedByHeader} header.`,
      })
    }
    next()
  }
}
