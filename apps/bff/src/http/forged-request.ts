import { requestedByHeader, requestedByValue } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "./check-request.ts"
import { isSafe } from "./safe-methods.ts"

/**
 * Refuses what a foreign page could make a browser send: a write needs our custom header and proof that it comes from our
 * own origin (`Sec-Fetch-Site: same-origin`, or the right `Origin` where the browser sends no such header). It is declared as
 * JSON, with a body or without, which an HTML form cannot do.
 * Any request must name one of our own hosts, or a foreign name could be pointed at this address (DNS rebinding).
 * @param origins the origins under which browsers reach us
 * @param isExempt knows requests that prove themselves by a secret which no browser adds on its own
 */
export function refuseForgedRequests(
  origins: readonly string[],
  isExempt: (request: Request) => boolean = () => false,
): RequestHandler {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return checkRequest((request) => {
    if (isExempt(request)) return
    if (!hosts.has(request.headers.host ?? "")) {
      throw new AppError("forged_request", {
        detail: `The Host header names another server. Open ${origins.join(" or ")}.`,
      })
    }
    if (isSafe(request)) return
    if (!isFromOurPage(request, origins)) {
      throw new AppError("forged_request", {
        detail: `A write must come from this site's own pages and carry the ${requestedByHeader} header. A script sends an API token instead.`,
      })
    }
    if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "")) {
      throw new AppError("unsupported_media_type", {
        detail: "Send every write with Content-Type: application/json.",
      })
    }
  })
}

function isFromOurPage({ headers }: Request, origins: readonly string[]): boolean {
  if (headers[requestedByHeader] !== requestedByValue) return false
  const site = headers["sec-fetch-site"]
  return site === undefined ? origins.includes(headers.origin ?? "") : site === "same-origin"
}

/**
 * Refuses a request with two Host or Authorization headers: a proxy in front may have read the other one (RFC 9112 §3.2, RFC 9110
 * §5.3).
 */
export const refuseSecondHeader = checkRequest((request) => {
  for (const name of ["Host", "Authorization"])
    if ((request.headersDistinct[name.toLowerCase()]?.length ?? 0) > 1)
      throw new AppError("invalid_request", { detail: `The request has several ${name} headers.` })
})

const ownSites: ReadonlySet<string | undefined> = new Set(["same-origin", "none", undefined])

/**
 * Refuses a read that another site led to (Fetch Metadata, `Sec-Fetch-Site`), for reads that are recorded under the person's name.
 * Typing the address is allowed.
 */
export const refuseForeignReads = checkRequest((request) => {
  const site = request.headers["sec-fetch-site"]
  if (!ownSites.has(typeof site === "string" ? site : undefined)) {
    throw new AppError("forged_request", {
      detail: "This request came from another site. Open it from Peering Desk.",
    })
  }
})
