import { createHash, timingSafeEqual } from "node:crypto"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readBearerToken } from "#http/bearer-token.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import type { Metrics } from "./metrics.ts"

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
 * `/metrics`, in the text format of Prometheus: for callers on this machine, and for those who hold the bearer token. Anybody else
 * learns no more than of an address that does not exist.
 * @param readToken returns null to allow this machine only
 */
export function createMetricsRouter(metrics: Metrics, readToken: () => string | null): Router {
  const router = Router()
  router
    .route("/metrics")
    .all((request, _response, next) => {
      if (!isLocal(request) && !holdsToken(request, readToken()))
        throw new AppError("not_found", {
          detail: `${request.method} ${request.path} is not an address of this server.`,
        })
      next()
    })
    .get(async (_request, response) => {
      const text = await metrics.read()
      response.setHeader("Cache-Control", "no-store")
      response.setHeader("Content-Type", metrics.contentType)
      response.send(text)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
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
