import { request as sendHttp } from "node:http"
import { createSimulator, ownerKey, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls } from "@peering-desk/shared-schemas"
import { Router } from "express"
import { afterEach, describe, expect, test } from "vitest"
import { createAtlasClient } from "#atlas/atlas-client.ts"
import { createLogger } from "#base/logger.ts"
import { isFromOperator } from "./operator-access.ts"
import { createMetrics, createMetricsRouter } from "./metrics.ts"
import { toRouteLabel } from "./route-label.ts"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"

const token = "canary-metrics-token-canary"
const projectId = seededIds.payments

let server: TestingServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

const counts = { streams: 3, loops: 12 }
const readGauges = {
  openStreams: () => counts.streams,
  watchLoops: () => counts.loops,
  pollerLagMs: () => 0,
  notifications: () => Promise.resolve({ waiting: 2, failed: 1, lagMs: 90_000 }),
  secrets: () => [],
  openAuditFlaws: () => null,
}

async function start(metricsToken: string | null = null) {
  const metrics = createMetrics(readGauges)
  const routes = Router()
  routes.get("/api/projects", (_request, response) => void response.json({}))
  routes.get(
    "/api/projects/:id/peerings/:peeringId",
    (_request, response) => void response.status(404).json({}),
  )
  routes.get("/api/events", (_request, response) => {
    response.setHeader("Content-Type", "text/event-stream; charset=utf-8")
    response.write(": hello\n\n")
  })
  routes.get("/api/keys", (request) => void request.socket.destroy())
  server = await serveHandlers(
    metrics.countRequests,
    createMetricsRouter(metrics, (request) => isFromOperator(request, metricsToken)),
    routes,
  )
  return { metrics, server }
}

/** The samples of one metric, as `labels value`. */
async function samplesOf(metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> {
  const lines = (await metrics.read()).split("\n")
  return lines
    .filter((line) => new RegExp(`^${name}[{ ]`).test(line))
    .map((line) => line.slice(name.length).trim())
}

function ask(port: number, headers: Record<string, string>, path = "/metrics", method = "GET") {
  return new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
    const request = sendHttp({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let text = ""
      response.on("data", (part: Buffer) => (text += part.toString()))
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, type: response.headers["content-type"] ?? "" }),
      )
    })
    request.on("error", reject)
    request.end()
  })
}

describe("request metrics", () => {
  test("count by route, method and status, not by id", async () => {
    const {
      metrics,
      server: { port },
    } = await start()
    await ask(port, {}, "/api/projects?x=1")
    await ask(port, {}, "/api/projects")
    await ask(port, {}, "/api/projects", "HEAD")
    for (const id of ["a", "b", "%2e%2e"]) await ask(port, {}, `/api/projects/${id}/peerings/${id}`)
    await ask(port, {}, "/api/projects", "PROPFIND")
    await ask(port, {}, "/projects/anything")
    expect(await samplesOf(metrics, "peering_desk_http_requests_total")).toEqual([
      '{route="/api/projects",method="GET",status="200"} 2',
      '{route="/api/projects",method="HEAD",status="200"} 1',
      '{route="/api/projects/:projectId/peerings/:peeringId",method="GET",status="404"} 3',
      '{route="/api/projects",method="other",status="404"} 1',
      '{route="page",method="GET",status="404"} 1',
    ])
  })

  test("count aborted requests without a status and streams without a duration", async () => {
    const {
      metrics,
      server: { port },
    } = await start()
    await expect(ask(port, {}, "/api/keys")).rejects.toThrow("socket hang up")
    await new Promise<void>((resolve) => {
      const request = sendHttp({ host: "127.0.0.1", port, path: "/api/events", agent: false }, (response) => {
        response.once("data", () => response.destroy())
        response.on("close", resolve)
      })
      request.end()
    })
    await ask(port, {}, "/api/projects")
    await expect
      .poll(() => samplesOf(metrics, "peering_desk_http_requests_total"))
      .toEqual(
        expect.arrayContaining([
          '{route="/api/keys",method="GET",status="none"} 1',
          '{route="/api/events",method="GET",status="200"} 1',
        ]),
      )
    const timed = await samplesOf(metrics, "peering_desk_http_request_seconds_count")
    expect(timed.join()).toContain("/api/projects")
    expect(timed.join()).not.toContain("/api/events")
  })

  test("make no counter for unknown addresses", async () => {
    const {
      metrics,
      server: { port },
    } = await start()
    for (let index = 0; index < 200; index += 1) await ask(port, {}, `/api/x${index}/${index}`)
    expect(await samplesOf(metrics, "peering_desk_http_requests_total")).toEqual([
      '{route="other",method="GET",status="404"} 200',
    ])
  })

  test.each([
    [apiUrls.peering(projectId, projectId), "/api/projects/:projectId/peerings/:peeringId"],
    [apiUrls.containers("a/b"), "/api/projects/:projectId/containers"],
    [apiUrls.events({ projects: [projectId].join(",") }), "/api/events"],
    [apiUrls.sessions({ everybody: "true" }), "/api/sessions"],
    [apiUrls.oneSession("x"), "/api/sessions/:sessionId"],
    ["/api/audit/verify", "/api/audit/verify"],
    ["/api/audit/7", "/api/audit/:sequence"],
    ["/api/audit/7/8", "other"],
    ["/api", "other"],
    ["/api/", "other"],
    ["/metrics", "/metrics"],
    ["/assets/a.js", "asset"],
    ["/projects/x/new", "page"],
    ["/", "page"],
  ])("count %s as %s", (path, label) => {
    expect(toRouteLabel(new URL(path, "http://desk").pathname)).toBe(label)
  })
})

test("Atlas call metrics count outcomes and HTTP requests", async () => {
  const simulator = createSimulator({ speed: 0 })
  const metrics = createMetrics(readGauges)
  const readCalls = () => samplesOf(metrics, "peering_desk_atlas_calls_total")
  // An alert counts a rise from 0, and none of a series that begins at 3.
  const before = await readCalls()
  expect(before).toEqual(
    expect.arrayContaining(['{outcome="outcome_unknown"} 0', '{outcome="atlas_failed"} 0']),
  )
  const client = createAtlasClient({
    baseUrl: (await simulator.listen()).origin,
    apiVersion: "v1.0",
    credential: ownerKey,
    logger: createLogger("silent"),
    onCall: metrics.countAtlasCall,
  })
  for (let call = 0; call < 3; call += 1) await client.listProjects()
  await client.getPeer(projectId, "ffffffffffffffffffffffff").catch(() => undefined)
  await simulator.close()
  await client.listProjects().catch(() => undefined)
  expect((await readCalls()).filter((sample) => !before.includes(sample))).toEqual([
    '{outcome="ok"} 3',
    '{outcome="atlas_unreachable"} 1',
    '{outcome="peering_not_found"} 1',
  ])
  // The first call asked for the challenge too, and the last one was tried again or not: its connection was closed.
  expect(await samplesOf(metrics, "peering_desk_atlas_requests_per_call_bucket")).toEqual(
    expect.arrayContaining(['{le="0"} 0', '{le="2"} 5']),
  )
  expect(await samplesOf(metrics, "peering_desk_atlas_requests_per_call_count")).toEqual(["5"])
})

test("gauges of streams and pollers are read at scrape time", async () => {
  const metrics = createMetrics(readGauges)
  expect(await samplesOf(metrics, "peering_desk_open_streams")).toEqual(["3"])
  counts.streams = 4
  expect(await samplesOf(metrics, "peering_desk_open_streams")).toEqual(["4"])
  expect(await samplesOf(metrics, "peering_desk_watch_loops")).toEqual(["12"])
  expect(await samplesOf(metrics, "process_resident_memory_bytes")).toHaveLength(1)
})

test("a scrape without the database has no number of messages, and no lag of 0", async () => {
  const away = () => Promise.reject(new Error("away"))
  const metrics = createMetrics({ ...readGauges, notifications: away })
  expect(await samplesOf(metrics, "peering_desk_notifications")).toEqual([])
  expect(await samplesOf(metrics, "peering_desk_notification_lag_seconds")).toEqual(["Nan"])
})

test("the delay of the event loop is measured all the time", async () => {
  const metrics = createMetrics(readGauges)
  for (const name of ["p50", "p99", "max"]) {
    const [seconds] = await samplesOf(metrics, `nodejs_eventloop_lag_${name}_seconds`)
    expect(Number(seconds)).toBeGreaterThanOrEqual(0)
  }
})

describe("/metrics", () => {
  const bearer = { authorization: `Bearer ${token}` }
  const evil = { host: "evil.example" }

  test.each<[string, Record<string, string>, string | null, number]>([
    ["this machine", {}, token, 200],
    ["this machine, where there is no token", {}, null, 200],
    ["a proxy on this machine", { "x-forwarded-for": "203.0.113.7" }, token, 404],
    ["another proxy on this machine", { forwarded: "for=203.0.113.7" }, token, 404],
    ["a proxy, with the token", { "x-forwarded-for": "203.0.113.7", ...bearer }, token, 200],
    ["a page whose name points here", evil, token, 404],
    ["a scraper that knows another name, with the token", { ...evil, ...bearer }, token, 200],
    ["a wrong token", { ...evil, authorization: "Bearer canary-metrics-token-canarz" }, token, 404],
    ["half the token", { ...evil, authorization: "Bearer canary" }, token, 404],
    ["the token in another scheme", { ...evil, authorization: `Basic ${token}` }, token, 404],
    ["no token where there is none", { ...evil, authorization: "Bearer null" }, null, 404],
    ["an empty token where it is empty", { ...evil, authorization: "Bearer " }, "", 404],
  ])("answers %s by address and token", async (_name, headers, metricsToken, status) => {
    const {
      server: { port },
    } = await start(metricsToken)
    const answer = await ask(port, headers)
    expect(answer.status).toBe(status)
    expect(answer.text.includes("peering_desk_open_streams")).toBe(status === 200)
    expect(answer.type).toMatch(
      status === 200 ? /^text\/plain; version=0\.0\.4/ : /^application\/problem\+json/,
    )
  })

  test("lists its methods to permitted callers only", async () => {
    const {
      server: { port },
    } = await start(token)
    expect((await ask(port, {}, "/metrics", "POST")).status).toBe(405)
    expect((await ask(port, evil, "/metrics", "POST")).status).toBe(404)
  })

  test("writes no token to the logs", async () => {
    const {
      server: { port, logs },
    } = await start(token)
    const texts = [await ask(port, bearer), await ask(port, { ...evil, ...bearer })].map(({ text }) => text)
    expect(logs.length).toBeGreaterThan(0)
    expect(texts.join() + logs.join()).not.toContain("canary")
  })
})
