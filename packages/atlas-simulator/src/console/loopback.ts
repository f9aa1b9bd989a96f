import type { NextFunction, Request, Response } from "express"

/** Returns true for a socket address of this machine. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address)
}

/** Returns true for a Host header that names this machine (`127.0.0.1:8081`, `[::1]`, `localhost`). */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "")
  return name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name)
}

/**
 * Admits this machine only. It checks the Host and Origin headers too: a page on the web can make a browser here send
 * requests, and a name it owns can point at 127.0.0.1.
 */
export function requireLoopback(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers
  const isLoopbackOrigin =
    origin === undefined || (URL.canParse(origin) && isLoopbackHost(new URL(origin).host))
  if (isLoopbackAddress(request.socket.remoteAddress) && isLoopbackHost(host) && isLoopbackOrigin) next()
  else response.status(403).json({ error: "the control API is for this machine only" })
}
