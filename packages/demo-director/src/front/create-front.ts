import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { buildDirector } from "./build-director.ts"
import { createCalls } from "./calls.ts"
import { forward } from "./forward.ts"

export interface DemoFrontDeps {
  /** The product, or what stands before it while it is developed. */
  serverUrl: string
  /** The address that browsers use. */
  publicUrl: string
  /** The simulated Atlas, with its control API. */
  simulatorUrl: string
}

/** A proxy before the product that adds the demo's director to its pages and answers the director's calls. */
export interface DemoFront {
  /** Listens on this machine, on a free port without one. */
  listen: (port?: number) => Promise<{ origin: string }>
  close: () => Promise<void>
}

export async function createDemoFront(deps: DemoFrontDeps): Promise<DemoFront> {
  const files = await buildDirector()
  const serverUrl = new URL(deps.serverUrl)
  const publicUrl = new URL(deps.publicUrl)
  const answerCall = createCalls(publicUrl, new URL(deps.simulatorUrl))
  const server = createServer((request, response) => {
    const path = request.url ?? ""
    const file = files.get(path)
    if (request.method === "GET" && request.headers.host?.startsWith("localhost:") === true) {
      // Typed by hand. Cookies and the sign-in belong to the public address.
      response.writeHead(307, { location: `${publicUrl.origin}${path}` }).end()
    } else if (file !== undefined) {
      const type = path.endsWith(".css") ? "text/css" : "text/javascript"
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" })
      response.end(file)
    } else if (path.startsWith("/demo/")) void answerCall(request, response)
    else forward(serverUrl, request, response)
  })
  return {
    async listen(port = 0) {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject)
        server.listen(port, "127.0.0.1", resolve)
      })
      return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
