import type { NextFunction, Request, Response } from "express"

/** Says whether an address of a socket is this machine's own. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address)
}

/** Says whether a Host header (`127.0.0.1:8081`, `[::1]`, `localhost`) names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "")
  return name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name)
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host)
}

/**
 * Lets only this machine through. The Host and Origin headers are looked at too: a page on the web can make a
 * browser here send requests, and a name it owns can be made to point at 127.0.0.1.
 */
export function onlyLoopback(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers
  const isOwn =
    isLoopbackAddress(request.socket.remoteAddress) &&
    isLoopbackHost(host) &&
    (origin === undefined || isLoopbackOrigin(origin))
  if (isOwn) next()
  else response.status(403).json({ error: "the control API is for this machine only" })
}
