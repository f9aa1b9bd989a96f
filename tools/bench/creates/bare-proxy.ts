import { createHash, randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { parseArgs } from "node:util"
import { Pool } from "undici"

/*
 * The least that stands between a browser and Atlas: Node's server, an undici pool and a digest with a kept nonce. No session, no
 * rights, no checks, no audit log. What Peering Desk costs is shown as a multiple of it.
 */

const { values } = parseArgs({
  options: { atlas: { type: "string" }, key: { type: "string" }, secret: { type: "string" } },
})
const { atlas = "", key = "", secret = "" } = values
const pool = new Pool(atlas, { connections: 64 })
const countsPerNonce = 1_000
let nonce = { realm: "", value: "", count: countsPerNonce }
let asking: Promise<void> | null = null

const md5 = (input: string) => createHash("md5").update(input).digest("hex")

async function askForNonce(): Promise<void> {
  const { headers, body } = await pool.request({ method: "GET", path: "/api/atlas/v1.0/groups" })
  await body.dump()
  const challenge = String(headers["www-authenticate"])
  const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? ""
  nonce = { realm: read("realm"), value: read("nonce"), count: 0 }
}

function sign(method: string, path: string): string {
  nonce.count += 1
  const nc = nonce.count.toString(16).padStart(8, "0")
  const cnonce = randomBytes(8).toString("hex")
  const hashed = md5(`${key}:${nonce.realm}:${secret}`)
  const response = md5(`${hashed}:${nonce.value}:${nc}:${cnonce}:auth:${md5(`${method}:${path}`)}`)
  return `Digest username="${key}", realm="${nonce.realm}", nonce="${nonce.value}", uri="${path}", qop=auth, algorithm=MD5, nc=${nc}, cnonce="${cnonce}", response="${response}"`
}

async function forward(method: "GET" | "POST", path: string, body: Buffer | null) {
  while (nonce.count >= countsPerNonce) {
    asking ??= askForNonce().finally(() => {
      asking = null
    })
    await asking
  }
  const headers = {
    authorization: sign(method, path),
    accept: "application/json",
    ...(body !== null && { "content-type": "application/json" }),
  }
  const answer = await pool.request({ method, path, headers, body })
  return { status: answer.statusCode, text: await answer.body.text() }
}

const server = createServer((request, response) => {
  const method = request.method === "POST" ? "POST" : "GET"
  if (request.url === "/healthz") return void response.end("{}")
  if (method === "POST" && request.headers["idempotency-key"] === undefined) {
    response.writeHead(400).end()
    return
  }
  const parts: Buffer[] = []
  request.on("data", (part: Buffer) => parts.push(part))
  request.on("end", () => {
    const body = method === "POST" ? Buffer.concat(parts) : null
    void forward(method, request.url ?? "/", body).then((answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" })
      response.end(answer.text)
    })
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
