import { createServer, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { setTimeout as wait } from "node:timers/promises"
import { parseArgs } from "node:util"
import { listen } from "@peering-desk/test-support/listen"
import { createDigestCheck } from "./atlas-stub/digest-check.ts"
import { StubProject, toId, type Cloud } from "./atlas-stub/stub-world.ts"

/*
 * A fast stand-in for Atlas under load: many projects full of working connections. It checks each digest and adds what is created to
 * its lists. Unlike the simulator nothing in it moves unless a benchmark says so under /bench, so nothing but the measured load costs
 * time.
 */

const { values } = parseArgs({
  options: {
    projects: { type: "string", default: "20" },
    connections: { type: "string", default: "50" },
    /** How long every answer takes, as over a network. */
    delayMs: { type: "string", default: "0" },
  },
})
const delayMs = Number(values.delayMs)
const projects = Array.from(
  { length: Number(values.projects) },
  (_, at) => new StubProject(at, Number(values.connections)),
)
const byId = new Map(projects.map((one) => [one.project.id, one]))
const digests = createDigestCheck({
  publicKey: "benchkey",
  privateKey: "00000000-0000-4000-8000-00000000be7c",
})
let requests = 0
let created = 0

type Answer = [status: number, body: unknown, headers?: Record<string, string>]

async function answer(request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://stub")
  const path = url.pathname.replace(/^\/api\/atlas\/v[^/]+/, "")
  if (path.startsWith("/bench/")) return await control(path, request)
  requests += 1
  if (delayMs > 0) await wait(delayMs)
  if (!digests.isSigned(request)) return [401, {}, { "www-authenticate": digests.challenge(request) }]
  if (path === "/groups") return [200, toList(projects.map(({ project }) => project))]
  const [, projectId = "", resource = ""] = /^\/groups\/([^/]+)\/(.*)$/.exec(path) ?? []
  const one = byId.get(projectId)
  if (one === undefined) return [404, { error: 404, errorCode: "GROUP_NOT_FOUND", detail: path }]
  const refusedFor = one.countCall(performance.now())
  if (refusedFor !== null)
    return [429, { error: 429, errorCode: "RATE_LIMITED" }, { "retry-after": String(refusedFor) }]
  if (resource === "containers/all") return [200, toList(one.containers)]
  if (resource === "privateIpMode") return [200, { enabled: false }]
  if (resource !== "peers") return [404, { error: 404, errorCode: "RESOURCE_NOT_FOUND", detail: path }]
  if (request.method !== "POST") return [200, toPage(one.list(url.searchParams.get("providerName")), url)]
  const { providerName = "AWS", ...asked } = (await readJson(request)) as { providerName?: Cloud }
  return [201, one.create(toId("6e", (created += 1)), providerName, asked)]
}

/** What benchmarks do by hand: count calls, set a status, allow fewer calls. */
async function control(path: string, request: IncomingMessage): Promise<Answer> {
  if (path === "/bench/calls") {
    const calls = projects.map(({ project, calls: counted }) => ({ projectId: project.id, ...counted }))
    for (const one of projects) one.calls = { tried: 0, refused: 0 }
    const counted = { requests, calls }
    requests = 0
    return [200, counted]
  }
  const body = (await readJson(request)) as {
    projectId: string
    providerName?: Cloud
    statusName?: string
    perMinute?: number
  }
  const one = byId.get(body.projectId)
  if (path === "/bench/create") one?.create(toId("6e", (created += 1)), body.providerName ?? "AWS", {})
  if (path === "/bench/status") one?.setStatus(body.statusName ?? "AVAILABLE")
  if (path === "/bench/limit" && one !== undefined) one.perMinute = body.perMinute ?? null
  return [one === undefined ? 404 : 200, {}]
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  return JSON.parse(await text(request)) as unknown
}

function toList(results: readonly unknown[]) {
  return { results, totalCount: results.length }
}

function toPage(all: readonly unknown[], { searchParams }: URL) {
  const size = Number(searchParams.get("itemsPerPage") ?? 100)
  const from = (Number(searchParams.get("pageNum") ?? 1) - 1) * size
  return { results: all.slice(from, from + size), totalCount: all.length }
}

const server = createServer((request, response) => {
  void answer(request).then(([status, body, headers]) => {
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(JSON.stringify(body))
    request.resume()
  })
})
server.keepAliveTimeout = 60_000
const { origin } = await listen(server)
process.stdout.write(`listening on ${origin}\n`)
