import { connect, createServer, type AddressInfo, type Socket } from "node:net"

/** An address that browsers keep using while the server behind it stops and starts on other ports. */
export interface TcpProxy {
  origin: string
  /** Passes new connections on to a port of this machine, or refuses them while that is null. */
  leadTo: (port: number | null) => void
  close: () => Promise<void>
}

/** Opens one on a free port and holds that port until it is closed, for nobody else to take it. */
export async function openTcpProxy(): Promise<TcpProxy> {
  let port: number | null = null
  const sockets = new Set<Socket>()
  const server = createServer((browser) => {
    const behind = port === null ? null : connect(port, "127.0.0.1")
    const both = behind === null ? [browser] : [browser, behind]
    for (const socket of both) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on("error", () => socket.destroy())
      socket.on("close", () => {
        sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
    if (behind === null) browser.destroy()
    else browser.pipe(behind).pipe(browser)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(next) {
      port = next
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
