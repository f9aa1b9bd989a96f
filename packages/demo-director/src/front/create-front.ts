import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { createCalls } from "./calls.ts"
import { buildDirector, type DirectorFiles } from "./build-director.ts"
import { answerCall } from "./demo-api.ts"
import { forward, forwardUpgrade } from "./forward.ts"

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
  const director = await buildDirector()
  const serverUrl = new URL(deps.serverUrl)
  const publicUrl = new URL(deps.publicUrl)
  const calls = createCalls(publicUrl, new URL(deps.simulatorUrl))
  const server = createServer((request, response) => {
    const path = request.url ?? ""
    if (path === "/demo/director.js") sendFile(response, "text/javascript", director.script)
    else if (path === "/demo/director.css") sendFile(response, "text/css", director.style)
    else if (path.startsWith("/demo/")) void answerCall(calls, publicUrl, request, response)
    else forward(serverUrl, request, response)
  })
  const sockets = new Set<Socket>()
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
  })
  server.on("upgrade", (request, socket, head) => forwardUpgrade(serverUrl, request, socket, head))
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
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function sendFile(response: ServerResponse, type: string, content: DirectorFiles[keyof DirectorFiles]): void {
  response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" })
  response.end(content)
}
