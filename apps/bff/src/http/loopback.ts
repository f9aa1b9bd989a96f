import { isIP } from "node:net"

/** Says whether a URL's hostname is this machine's own, so that what is sent there goes over no network. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").toLowerCase()
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."))
}
