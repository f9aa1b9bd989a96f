import { createHash, timingSafeEqual } from "node:crypto"
import type { Request } from "express"
import { readBearerToken } from "#http/bearer-token.ts"
import { isLoopbackHost } from "#http/loopback.ts"

/** Headers that a proxy adds. With one of them a loopback connection is the proxy's, not the caller's. */
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
]

/**
 * Returns true for callers on this machine and for those with the bearer token of metrics, who may see how the server fares.
 * @param token null to allow this machine only
 */
export function isFromOperator(request: Request, token: string | null): boolean {
  return isLocal(request) || holdsToken(request, token)
}

/** The name in `Host` counts too: a foreign page can have its own name point at this machine (DNS rebinding). */
function isLocal(request: Request): boolean {
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? ""
  const name = request.headers.host?.replace(/:\d+$/, "") ?? ""
  const fromHereToHere = isLoopbackHost(address) && isLoopbackHost(name)
  return fromHereToHere && proxyHeaders.every((name) => request.headers[name] === undefined)
}

function holdsToken(request: Request, token: string | null): boolean {
  const given = readBearerToken(request)
  return given !== null && token !== null && timingSafeEqual(hash(given), hash(token))
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
