import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

/** Serves the hand-written page, compressed, over plain HTTP like ours. */
export async function servePlainPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = fileURLToPath(new URL("plain/", import.meta.url))
  const types: Record<string, string> = { html: "text/html", css: "text/css", js: "text/javascript" }
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1)
    const type = types[name.replace(/^.*\./, "")]
    if (!/^[a-z]+\.[a-z]+$/.test(name) || type === undefined) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" })
    response.end(gzipSync(readFileSync(join(folder, name))))
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
