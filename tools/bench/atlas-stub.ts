import { createHash, randomBytes } from "node:crypto"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { parseArgs } from "node:util"

/*
 * A fast stand-in for Atlas under load: many projects of one AWS container each, full of working connections. It checks each digest
 * by Jetty's rules (a nonce lives for 60 s and takes each count below 1,024 once) and adds what is created to its lists. Unlike the
 * simulator nothing in it moves, so nothing but the measured load costs time.
 */

/** The world at an address of the stub, in the order of its ids. */
const publicKey = "benchkey"
const privateKey = "00000000-0000-4000-8000-00000000be7c"
const realm = "MMS Public API"
const nonceLivesMs = 60_000
const countsPerNonce = 1_024
const account = "482913570264"

const { values } = parseArgs({
  options: {
    projects: { type: "string", default: "20" },
    connections: { type: "string", default: "50" },
    port: { type: "string", default: "0" },
  },
})
const projects = Array.from({ length: Number(values.projects) }, (_, at) => {
  const project = { id: toId("6a", at), name: `bench-${String(at).padStart(3, "0")}` }
  const container = {
    id: toId("6c", at),
    providerName: "AWS",
    atlasCidrBlock: `192.168.${(at * 8) % 256}.0/21`,
    provisioned: true,
    regionName: "US_EAST_1",
    vpcId: `vpc-0a71a5000000${toHex(at, 5)}`,
  }
  const peers = Array.from({ length: Number(values.connections) }, (_unused, index) =>
    makePeer(toId("6d", at * 10_000 + index), container.id, {
      statusName: "AVAILABLE",
      routeTableCidrBlock: `172.${16 + Math.floor(index / 256)}.${index % 256}.0/24`,
      vpcId: `vpc-0c0ffee00000${toHex(index, 5)}`,
    }),
  )
  return { project, container, peers }
})
const byId = new Map(projects.map((one) => [one.project.id, one]))
const nonces = new Map<string, { since: number; counts: Set<number> }>()
const secret = md5(`${publicKey}:${realm}:${privateKey}`)
let created = 0

function toHex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0")
}

function toId(kind: string, number: number): string {
  return `${kind}000000${toHex(number, 16)}`
}

function md5(input: string): string {
  return createHash("md5").update(input).digest("hex")
}

function makePeer(id: string, containerId: string, fields: Record<string, unknown>) {
  return {
    id,
    containerId,
    accepterRegionName: "us-west-2",
    awsAccountId: account,
    connectionId: null,
    errorStateName: null,
    ...fields,
  }
}

function isSigned(request: IncomingMessage): boolean {
  const header = request.headers.authorization ?? ""
  const read = (name: string) => new RegExp(`[ ,]${name}="?([^",]+)`).exec(header)?.[1] ?? ""
  const count = Number.parseInt(read("nc"), 16)
  const nonce = nonces.get(read("nonce"))
  if (nonce === undefined || count >= countsPerNonce || nonce.counts.has(count)) return false
  if (performance.now() - nonce.since > nonceLivesMs) return false
  nonce.counts.add(count)
  const asked = md5(`${request.method}:${request.url}`)
  return read("response") === md5(`${secret}:${read("nonce")}:${read("nc")}:${read("cnonce")}:auth:${asked}`)
}

function challenge(): string {
  const nonce = randomBytes(24).toString("base64")
  nonces.set(nonce, { since: performance.now(), counts: new Set() })
  return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${nonces.size > 1}`
}

async function answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
  const url = new URL(request.url ?? "/", "http://stub")
  const path = url.pathname.replace(/^\/api\/atlas\/v[^/]+/, "")
  if (path === "/groups") return [200, toList(projects.map(({ project }) => project))]
  const [, projectId = "", resource = ""] = /^\/groups\/([^/]+)\/(.*)$/.exec(path) ?? []
  const one = byId.get(projectId)
  if (one === undefined) return [404, { error: 404, errorCode: "GROUP_NOT_FOUND", detail: path }]
  if (resource === "containers/all") return [200, toList([one.container])]
  if (resource === "privateIpMode") return [200, { enabled: false }]
  if (resource !== "peers") return [404, { error: 404, errorCode: "RESOURCE_NOT_FOUND", detail: path }]
  if (request.method !== "POST")
    return [200, toList(url.searchParams.get("providerName") === "AWS" ? one.peers : [])]
  const { providerName: _provider, ...body } = JSON.parse(await text(request)) as Record<string, unknown>
  created += 1
  const peer = makePeer(toId("6e", created), one.container.id, { ...body, statusName: "INITIATING" })
  one.peers.push(peer)
  return [201, peer]
}

function toList(results: readonly unknown[]) {
  return { results, totalCount: results.length }
}

const server = createServer((request, response) => {
  if (!isSigned(request)) {
    response.writeHead(401, { "www-authenticate": challenge(), "content-type": "application/json" })
    response.end("{}")
    request.resume()
    return
  }
  void answer(request).then(([status, body]) => {
    response.writeHead(status, { "content-type": "application/json" })
    response.end(JSON.stringify(body))
  })
})
server.keepAliveTimeout = 60_000
server.listen(Number(values.port), "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
