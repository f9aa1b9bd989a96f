import type { Server } from "node:http"
import type { AddressInfo } from "node:net"

/** A server on a free port of this machine. */
export interface Listening {
  origin: string
  port: number
  /** Ends it, and breaks its open connections. */
  close: () => Promise<void>
}

/** @param host an address of this machine's loopback network */
export async function listen(server: Server, host = "127.0.0.1"): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${host}:${port}`,
    port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
