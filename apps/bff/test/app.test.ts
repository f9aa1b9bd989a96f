import { gzipSync } from "node:zlib"
import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, requestedByHeader, routes, type RouteMethod } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { listMethods } from "#http/api-handler.ts"
import { getApiSchema } from "#http/api-schema.ts"
import { ProjectCache } from "#projects/project-cache.ts"
import { sendRawHead } from "#test/support/http.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
afterAll(() => desk.close())

const peerings = apiUrls.peerings(projectId)
const key = { "idempotency-key": "a-key-made-once-per-form" }

describe("an address or method that is not ours", () => {
  test.each([
    ["GET", "/api"],
    ["GET", "/api/"],
    ["GET", "/api/nothing"],
    ["GET", `${peerings}/`.concat("64b1f0a27c3d5e4f8a9b0c1d/more")],
    ["POST", "/api/nothing"],
    ["DELETE", "/projects"],
    ["POST", "/"],
    ["GET", "/assets/missing.js"],
    ["GET", "/assets/"],
    ["GET", "/assets/..%2f..%2fpackage.json"],
    ["GET", "/assets/%00"],
    ["GET", "/api/projects/%zz/peerings"],
    ["GET", "/%zz"],
  ])("%s %s is not found", async (method, path) => {
    expect(readVerdict(await desk.call(method, path, { headers: { accept: "*/*" } }))).toBe("404 not_found")
  })

  test.each([
    ["DELETE", peerings, "GET, HEAD, POST"],
    ["OPTIONS", peerings, "GET, HEAD, POST"],
    ["PUT", `${peerings}/64b1f0a27c3d5e4f8a9b0c1d`, "GET, HEAD, PATCH, DELETE"],
    ["POST", apiUrls.projects(), "GET, HEAD"],
    ["PUT", apiUrls.containers(projectId), "GET, HEAD, POST"],
    ["POST", apiUrls.installation(), "GET, HEAD"],
    ["DELETE", apiUrls.events({ projects: [projectId].join(",") }), "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
    ["DELETE", "/readyz", "GET, HEAD"],
  ])("%s %s says which methods there are", async (method, path, allowed) => {
    const answer = await desk.call(method, path)
    expect(readVerdict(answer)).toBe("405 method_not_allowed")
    expect(answer.headers.allow).toBe(allowed)
  })

  test.each(["1", "64B1F0A27C3D5E4F8A9B0C1D", "64b1f0a27c3d5e4f8a9b0c1", "..%2f..%2f", "' or 1=1"])(
    "%j is no id, so nothing can be there",
    async (id) => {
      const before = desk.simulator.calls().total.requests
      for (const path of [apiUrls.peerings(id), apiUrls.containers(id), apiUrls.peering(id, projectId)])
        expect(readVerdict(await desk.call("GET", path))).toBe("404 project_not_found")
      expect(readVerdict(await desk.call("GET", apiUrls.peering(projectId, id)))).toBe(
        "404 peering_not_found",
      )
      expect(readVerdict(await desk.call("GET", apiUrls.events({ projects: [id].join(",") })))).toBe(
        "400 invalid_request",
      )
      expect(desk.simulator.calls().total.requests).toBe(before)
    },
  )
})

/** Every address of the route table with a NUL in one of its parameters, and the answer to it. */
const addressesWithNul = Object.values(routes).flatMap(({ path, ...methods }) =>
  listMethods({ path, ...methods }).flatMap(([verb, row]) => {
    const method = verb.toUpperCase()
    const names = [...path.matchAll(/:\w+/g)].map(([name]) => name)
    const fill = (one: string) => path.replaceAll(/:\w+/g, (name) => (name === one ? "a%00b" : projectId))
    return [
      ...names.map((name) => [method, fill(name), "404 not_found"] as const),
      ...["any", ...listQueryNames(row)].map(
        (name) => [method, `${fill("")}?${name}=%00`, "400 invalid_request"] as const,
      ),
    ]
  }),
)

function listQueryNames({ query }: RouteMethod): string[] {
  return query === undefined ? [] : Object.keys((getApiSchema(query) as { shape?: object }).shape ?? {})
}

describe("a NUL in an address", () => {
  test("is tried in every parameter of every route", () => {
    expect(new Set(addressesWithNul.map(([, path]) => path)).size).toBeGreaterThan(120)
  })

  test.each(addressesWithNul)(
    "%s %s is answered as a mistake of the caller",
    async (method, path, verdict) => {
      const headers = { accept: "*/*", ...key }
      const answer = await desk.call(method, path, { headers, ...(method !== "GET" && { body: {} }) })
      expect(readVerdict(answer)).toBe(verdict)
    },
  )
})

describe("a body we do not read", () => {
  test.each<[string, string, unknown, Record<string, string | undefined>]>([
    ["broken JSON", "400 malformed_json", '{"providerName": "AWS"', {}],
    ["JSON that is no object or list", "400 malformed_json", '"AWS"', {}],
    ["1 MB", "413 body_too_large", { ...requests.AWS, vpcId: "v".repeat(1_000_000) }, {}],
    [
      "1 MB in a few bytes",
      "413 body_too_large",
      gzipSync("1".repeat(1_000_000)),
      { "content-encoding": "gzip" },
    ],
    ["a form", "415 unsupported_media_type", "a=1", { "content-type": "application/x-www-form-urlencoded" }],
    ["plain text", "415 unsupported_media_type", "{}", { "content-type": "text/plain" }],
    ["no type at all", "415 unsupported_media_type", "{}", { "content-type": undefined }],
    [
      "a strange charset",
      "415 unsupported_media_type",
      "{}",
      { "content-type": "application/json; charset=klingon" },
    ],
    ["a strange encoding", "415 unsupported_media_type", "{}", { "content-encoding": "lzma" }],
    ["bytes that are not gzip", "400 malformed_json", "not gzip", { "content-encoding": "gzip" }],
    ["bytes that are not Brotli", "400 malformed_json", "{}", { "content-encoding": "br" }],
    ["nothing", "400 invalid_request", "", {}],
    ["a list", "400 invalid_request", "[]", {}],
  ])("%s", async (_, verdict, body, headers) => {
    const answer = await desk.call("POST", peerings, { body, headers: { ...key, ...headers } })
    expect(readVerdict(answer)).toBe(verdict)
    expect(answer.text).not.toContain("The body is not JSON")
    expect(desk.asked("POST", "/peers")).toBe(0)
  })
})

test.each([
  '{"reason":"canary-of-a-pasted-secret", oops',
  '{"reason": canary-of-a-pasted-secret}',
  '"canary-of-a-pasted-secret"',
])("nothing of a body that is not JSON is logged: %s", async (body) => {
  const before = desk.logs.length
  const answer = await desk.call("POST", peerings, { body, headers: key })
  expect(readVerdict(answer)).toBe("400 malformed_json")
  const logged = desk.logs.slice(before).join("\n")
  expect(logged).toContain("malformed_json")
  expect(logged).not.toContain("canary")
})

describe("a request that our own pages would not send", () => {
  test.each<[string, Record<string, string | undefined>]>([
    ["without our header", { [requestedByHeader]: undefined }],
    ["from a foreign site", { "sec-fetch-site": "cross-site" }],
    ["from another host of the same site", { "sec-fetch-site": "same-site" }],
    ["typed into the address bar", { "sec-fetch-site": "none" }],
    ["from an old browser, without Origin", { "sec-fetch-site": undefined }],
    [
      "from an old browser, with a foreign Origin",
      { "sec-fetch-site": undefined, origin: "http://evil.example" },
    ],
    ["from an old browser, with the Origin of a sandbox", { "sec-fetch-site": undefined, origin: "null" }],
    ["for a foreign host", { host: "evil.example" }],
    ["for our host at another port", { host: "127.0.0.1:1" }],
  ])("a create %s is refused, and Atlas hears nothing of it", async (_, headers) => {
    const before = desk.simulator.calls().total.requests
    const answer = await desk.call("POST", peerings, { body: requests.AWS, headers: { ...key, ...headers } })
    expect(readVerdict(answer)).toBe("403 forged_request")
    expect(desk.simulator.calls().total.requests).toBe(before)
  })

  test.each(["/", "/api/projects", apiUrls.events({ projects: [projectId].join(",") })])(
    "reading %s under a foreign name is refused, with the right address",
    async (path) => {
      const answer = await desk.call("GET", path, { headers: { host: "evil.example" } })
      expect(readVerdict(answer)).toBe("403 forged_request")
      expect(answer.text).toContain(`Open ${desk.origin}`)
    },
  )

  test.each([
    ["Authorization: Bearer one", "Authorization: Bearer two"],
    ["Authorization: Bearer one", "authorization: Bearer one"],
    ["Authorization: Basic one", "Authorization: Bearer two"],
  ])("GET /api/projects with two Authorization headers returns 400: %s, %s", async (...headers) => {
    const { host } = new URL(desk.origin)
    const lines = ["GET /api/projects HTTP/1.1", `Host: ${host}`, ...headers, "Connection: close"]
    const answer = await sendRawHead(desk.origin, lines)
    expect(answer.split("\r\n")[0]).toBe("HTTP/1.1 400 Bad Request")
    expect(answer).toContain("several Authorization headers")
  })

  test.each(["/healthz", "/", "/api/projects"])("GET %s with two Host headers returns 400", async (path) => {
    const host = new URL(desk.origin).host
    for (const second of [host, "evil.example"]) {
      const answer = await sendRawHead(desk.origin, [
        `GET ${path} HTTP/1.1`,
        `Host: ${host}`,
        `Host: ${second}`,
        "Connection: close",
      ])
      expect(answer.split("\r\n")[0]).toBe("HTTP/1.1 400 Bad Request")
    }
  })

  test("an old browser's request is taken when its Origin is ours", async () => {
    const headers = { "sec-fetch-site": undefined, origin: desk.origin }
    const answer = await desk.call("POST", peerings, { body: {}, headers: { ...key, ...headers } })
    expect(readVerdict(answer)).toBe("400 invalid_request")
  })
})

describe("every answer", () => {
  test.each([
    "/",
    "/assets/index-a1b2c3.js",
    "/api/projects",
    "/api/nothing",
    "/healthz",
    "/sign-in/callback",
  ])("%s tells the browser to load nothing but our own files, and to let nobody else near", async (path) => {
    const { headers } = await desk.call("GET", path)
    expect(headers).toMatchObject({
      "content-security-policy": [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join(";"),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "origin-agent-cluster": "?1",
      "permissions-policy":
        "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), usb=()",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-dns-prefetch-control": "off",
      "x-frame-options": "DENY",
      "x-permitted-cross-domain-policies": "none",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    })
    expect(headers).not.toHaveProperty("x-powered-by")
  })

  test("API answers may not be cached", async () => {
    for (const path of [apiUrls.projects(), apiUrls.installation(), apiUrls.containers(projectId), peerings])
      expect((await desk.call("GET", path)).headers["cache-control"]).toBe("no-store")
  })

  test("GET /api/sign-in-info tells anybody the organisation, the provider, and whether the caller has a session", async () => {
    const answer = await desk.call("GET", apiUrls.signInInfo(), { headers: { cookie: "" } })
    expect(answer.status).toBe(200)
    const providerHost = new URL(desk.services.config.signIn.issuer).host
    const info = { organisation: null, providerHost, isDemo: true }
    expect(answer.json()).toEqual({ ...info, isSignedIn: false })
    expect(answer.headers).not.toHaveProperty("set-cookie")
    expect((await desk.call("GET", apiUrls.signInInfo())).json()).toEqual({ ...info, isSignedIn: true })
  })

  test("TRACE is refused, and nothing of the request comes back", async () => {
    for (const path of ["/", peerings, "/healthz"]) {
      const answer = await desk.call("TRACE", path, { headers: { "x-canary": "canary-of-a-header" } })
      expect([403, 404, 405]).toContain(answer.status)
      expect(answer.text).not.toContain("canary-of-a-header")
    }
  })

  test("every answer with text names its charset", async () => {
    for (const path of [peerings, "/api/nothing", "/healthz", "/"]) {
      const { headers } = await desk.call("GET", path)
      expect(headers["content-type"]).toMatch(/^(application\/(problem\+)?json|text\/html); charset=utf-8$/i)
    }
  })

  test("a parameter that comes twice is refused where one is meant", async () => {
    const answer = await desk.call("GET", `${apiUrls.audit()}?limit=1&limit=2`)
    expect(readVerdict(answer)).toBe("400 invalid_request")
  })

  test("log lines and audit rows have their times in UTC", async () => {
    await desk.call("GET", peerings)
    const line = JSON.parse(desk.logs.at(-1) ?? "") as { time: unknown }
    // Milliseconds since 1970 in UTC, as pino writes them.
    expect(line.time).toBeTypeOf("number")
    const { rows } = (await desk.call("GET", apiUrls.audit())).json() as { rows: { at: string }[] }
    expect(rows.length).toBeGreaterThan(0)
    for (const { at } of rows) expect(at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test("answers HEAD like GET, without a body", async () => {
    for (const path of ["/", "/healthz", apiUrls.projects(), peerings]) {
      const [head, get] = [await desk.call("HEAD", path), await desk.call("GET", path)]
      expect(head.text).toBe("")
      expect(head.status).toBe(200)
      expect(head.headers["content-type"]).toBe(get.headers["content-type"])
      expect(head.headers["content-length"]).toBe(get.headers["content-length"])
    }
  })

  test("has an id of its own, that its log line carries", async () => {
    const answer = await desk.call("GET", "/api/nothing", {
      headers: { "x-request-id": "chosen-by-the-caller" },
    })
    const { requestId } = readProblem(answer)
    expect(desk.logs.some((line) => line.includes(requestId) && line.includes("/api/nothing"))).toBe(true)
  })
})

describe("the web app", () => {
  test.each(["/", `/projects/${projectId}`, "/projects/x/new"])(
    "is what %s gives a browser",
    async (path) => {
      const answer = await desk.call("GET", path, { headers: { accept: "text/html,*/*;q=0.8" } })
      expect(answer.text).toContain("<title>Peering Desk</title>")
      expect(answer.headers["cache-control"]).toBe("private, no-cache")
    },
  )

  test("the web app's page is the answer to /.git/config and /.env, and no file is", async () => {
    for (const path of ["/.git/config", "/.git/HEAD", "/.env"]) {
      const answer = await desk.call("GET", path, { headers: { accept: "*/*" } })
      expect(answer.text).toContain("<title>Peering Desk</title>")
    }
  })

  test("a browser at an address with a broken %-sequence is redirected to a page of this server", async () => {
    const answer = await desk.call("GET", "//x/%E0%A4?a=%zz", { headers: { accept: "text/html,*/*;q=0.8" } })
    expect([answer.status, answer.headers.location]).toEqual([302, "/x/%25E0%25A4"])
  })

  test("has assets that may be kept for ever", async () => {
    const answer = await desk.call("GET", "/assets/index-a1b2c3.js")
    expect(answer.headers["content-type"]).toMatch(/^text\/javascript/)
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable")
  })

  test("is not given to a script that asks for JSON", async () => {
    const answer = await desk.call("GET", "/projects", { headers: { accept: "application/json" } })
    expect(readVerdict(answer)).toBe("404 not_found")
  })
})

test("a defect shows nothing but a request id, is logged whole, and the server goes on", async () => {
  const broken = await startTestApp({
    replace: ({ atlas, clock }) => ({
      projectCache: new ProjectCache({
        clock,
        atlas: {
          ...atlas,
          listProjects: () => Promise.reject(new TypeError("something of ours is undefined")),
          listContainers() {
            throw new RangeError("thrown at once")
          },
        },
      }),
    }),
  })
  const answers = [
    await broken.call("GET", apiUrls.projects()),
    await broken.call("GET", apiUrls.containers(seededIds.payments)),
  ]
  for (const answer of answers) {
    const problem = readProblem(answer)
    expect(Object.keys(problem).toSorted()).toEqual(["code", "requestId", "status", "title", "type"])
    const line = broken.logs.find((one) => one.includes('"stack"') && one.includes(problem.requestId))
    expect(line).toMatch(/something of ours is undefined|thrown at once/)
  }
  expect((await broken.call("GET", "/healthz")).status).toBe(200)
  await broken.close()
})

test("/readyz says no as soon as the server stops, while /healthz still says that it lives", async () => {
  const stopping = await startTestApp()
  expect((await stopping.call("GET", "/readyz")).json()).toMatchObject({ status: "ready" })
  stopping.services.lifetime.stopping = true
  expect(readVerdict(await stopping.call("GET", "/readyz"))).toBe("503 shutting_down")
  expect((await stopping.call("GET", "/healthz")).json()).toEqual({ status: "ok" })
  await stopping.close()
})

test("the audit log holds the address that a trusted proxy saw", async () => {
  const proxied = await startTestApp({ environment: { TRUST_PROXY: "1" } })
  const headers = { "x-forwarded-for": "203.0.113.7, 198.51.100.9" }
  await proxied.call("POST", apiUrls.testKeys(), { headers })
  const tested = (await readRows(proxied.services.store)).filter(({ action }) => action === "key-tested")
  expect(tested.map(({ address }) => address)).toEqual(["198.51.100.9"])
  await proxied.close()
})
