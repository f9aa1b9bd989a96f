import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "#http/check-request.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import type { SessionCookie } from "#sign-in/session-cookie.ts"
import { tokenPrefix } from "./token-text.ts"

const carrying = new WeakSet<Request>()
const bearerOfOurs = new RegExp(`^Bearer +${tokenPrefix}`, "i")

/**
 * Recognises requests that come with an API token, good or not. An `Authorization` header without one is ignored: proxies in front of
 * a server add such.
 * @throws AppError `token_refused` with another scheme than Bearer; `invalid_request` beside a session's cookie, where it would be
 * unclear who acts, and over plain HTTP
 */
export function recogniseTokens(cookie: SessionCookie): RequestHandler {
  return checkRequest((request) => {
    const header = request.get("authorization") ?? ""
    if (!holdsToken(header)) return
    if (cookie.options.secure && !request.secure && !isFromHere(request))
      throw new AppError("invalid_request", {
        detail: "Send API tokens over https only. Revoke this one: it could be read on its way.",
      })
    if (!bearerOfOurs.test(header))
      throw new AppError("token_refused", {
        detail: "Send an API token as Authorization: Bearer peeringdesk_…",
      })
    if (hasCookie(request, cookie.name))
      throw new AppError("invalid_request", {
        detail: "The request has an API token and a session cookie. Send one of them.",
      })
    carrying.add(request)
  })
}

/** Returns true when a request carries an API token. It has no session then. */
export function carriesToken(request: Request): boolean {
  return carrying.has(request)
}

/** Basic credentials are encoded, so `curl --user` hides a token. */
function holdsToken(header: string): boolean {
  const [, encoded = ""] = /^Basic +(\S+)$/i.exec(header) ?? []
  return [header, Buffer.from(encoded, "base64").toString()].some((text) => text.includes(tokenPrefix))
}

function hasCookie({ headers }: Request, name: string): boolean {
  return (headers.cookie ?? "").split(";").some((pair) => pair.trim().startsWith(`${name}=`))
}

/** A request of this machine goes over no network, so it needs no TLS. */
function isFromHere({ ip = "" }: Request): boolean {
  return isLoopbackHost(ip.replace(/^::ffff:/, ""))
}
