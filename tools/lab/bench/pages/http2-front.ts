import { mkdtempSync, readFileSync } from "node:fs"
import { request as ask } from "node:http"
import { createSecureServer } from "node:http2"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { runWell } from "#tools/lab/programs.ts"

/** Headers that HTTP/2 refuses. */
const ofHttp1 = ["connection", "keep-alive", "transfer-encoding"]

/** Starts a proxy that speaks HTTP/2 with a certificate that nobody knows, as one in front of the product does. Returns its origin. */
export async function startHttp2Front(work: string, target: string) {
  const folder = mkdtempSync(join(work, "tls-"))
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  const made = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout ${key} -out ${cert}`
  await runWell("openssl", made.split(" "))
  const server = createSecureServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (request, response) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !name.startsWith(":")),
      )
      const asked = ask(`${target}${request.url}`, { method: request.method, headers }, (answer) => {
        for (const name of ofHttp1) delete answer.headers[name]
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on("error", () => response.stream.destroy()).pipe(response)
      })
      response.on("close", () => asked.destroy())
      request.pipe(asked.on("error", () => response.stream?.destroy()))
    },
  ).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  }
}
