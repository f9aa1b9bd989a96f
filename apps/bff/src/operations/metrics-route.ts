import { createHash, timingSafeEqual } from "node:crypto"
import { BlockList } from "node:net"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import type { Metrics } from "./metrics.ts"

const loopback = new BlockList()
loopback.addSubnet("127.0.0.0", 8, "ipv4")
loopback.addAddress("::1", "ipv6")

/** What a proxy adds; with one of them, the connection from this machine is the proxy's and not the caller's. */
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
 * @param token null when there is none, so that only this machine may ask
 */
export function createMetricsRouter(metrics: Metrics, token: string | null): Router {
  const router = Router()
  router
    .route("/metrics")
    .all((request, _response, next) => {
      if (!isLocal(request) && !holdsToken(request, token))
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
  const fromHere = loopback.check(address, address.includes(":") ? "ipv6" : "ipv4")
  const toHere = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")
  return fromHere && toHere && proxyHeaders.every((name) => request.headers[name] === undefined)
}

function holdsToken(request: Request, token: string | null): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1]
  return given !== undefined && token !== null && token !== "" && timingSafeEqual(hash(given), hash(token))
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
