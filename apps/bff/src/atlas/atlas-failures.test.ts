import { inspect } from "node:util"
import type { ProblemCode } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { awsRequest, createLoggedClient, peerId, problemOf, projectId } from "#test/support/atlas.ts"
import {
  respondCutOff,
  respondError,
  respondJson,
  startDigestServer,
  testingKey,
  type DigestServer,
  type Handler,
} from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

async function readPeer(handle: Handler) {
  server = await startDigestServer({ handle })
  return problemOf(createLoggedClient(server.origin).client.getPeer(projectId, peerId))
}

test.each<[number, string, ProblemCode]>([
  [400, "PATH_PARAM_PARSE_ERROR", "atlas_refused"],
  [401, "USER_UNAUTHORIZED", "atlas_rights_missing"],
  [401, "NOT_IN_GROUP", "atlas_rights_missing"],
  [401, "UNEXPECTED_ERROR", "atlas_keys_refused"],
  [402, "NO_PAYMENT_INFORMATION_FOUND", "atlas_refused"],
  [403, "ACCESS_FORBIDDEN", "atlas_rights_missing"],
  [403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "atlas_address_refused"],
  [403, "ORG_REQUIRES_ACCESS_LIST", "atlas_address_refused"],
  [403, "RESOURCE_REQUIRES_ACCESS_LIST", "atlas_address_refused"],
  [403, "ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED", "atlas_refused"],
  [404, "GROUP_NOT_FOUND", "project_not_found"],
  [404, "PEER_NOT_FOUND", "peering_not_found"],
  [404, "RESOURCE_NOT_FOUND", "atlas_refused"],
  [405, "WRITES_NOT_ALLOWED_DURING_APP_UPGRADES", "atlas_refused"],
  [409, "PEER_INVALID_STATE", "atlas_refused"],
  [410, "VERSION_GONE", "atlas_refused"],
  [422, "SOMETHING_NEW", "atlas_refused"],
  [429, "RATE_LIMITED", "atlas_rate_limited"],
  [500, "UNEXPECTED_ERROR", "atlas_failed"],
  [502, "", "atlas_failed"],
  [503, "", "atlas_failed"],
])("an answer %i %s becomes %s with Atlas's own words", async (status, errorCode, code) => {
  const problem = await readPeer((_request, response) =>
    respondError(response, status, errorCode, "203.0.113.7 is wrong."),
  )
  expect(problem).toMatchObject({
    code,
    shown: { atlas: { status, errorCode, detail: "203.0.113.7 is wrong." } },
  })
})

test.each<[string, Handler, ProblemCode]>([
  [
    "HTML",
    (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Hello</h1>"),
    "atlas_unreadable",
  ],
  ["nothing", (_request, response) => response.writeHead(200).end(), "atlas_unreadable"],
  ["204", (_request, response) => response.writeHead(204).end(), "atlas_unreadable"],
  ["truncated JSON", (_request, response) => response.end('{"id":"1'), "atlas_unreadable"],
  ["a list", (_request, response) => respondJson(response, 200, []), "atlas_unreadable"],
  ["an object without id", (_request, response) => respondJson(response, 200, { id: 7 }), "atlas_unreadable"],
  [
    "a redirect",
    (_request, response) => response.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
    "atlas_unreadable",
  ],
  [
    "bytes that are not gzip",
    (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no"),
    "atlas_unreadable",
  ],
  [
    "something that is not HTTP",
    (_request, response) => response.socket?.end("what?\r\n\r\n"),
    "atlas_unreadable",
  ],
  [
    "HTML with 502",
    (_request, response) => response.writeHead(502).end("<h1>Bad gateway</h1>"),
    "atlas_failed",
  ],
  [
    "HTML with 404",
    (_request, response) => response.writeHead(404).end("<h1>Not here</h1>"),
    "atlas_refused",
  ],
  ["a list with 404", (_request, response) => respondJson(response, 404, []), "atlas_refused"],
  ["half an answer", (_request, response) => respondCutOff(response, 200), "atlas_unreachable"],
  ["a closed connection", (_request, response) => response.socket?.destroy(), "atlas_unreachable"],
])("%s becomes its own problem code", async (_name, handle, code) => {
  expect((await readPeer(handle)).code).toBe(code)
})

describe("connections", () => {
  test("a read is repeated once when its idle connection was closed", async () => {
    let closed = 0
    server = await startDigestServer({
      handle: (_request, response) => {
        if (closed++ === 0) response.socket?.destroy()
        else respondJson(response, 200, { id: peerId })
      },
    })
    expect(await createLoggedClient(server.origin).client.getPeer(projectId, peerId)).toEqual({ id: peerId })
    expect(server.count("accepted")).toBe(2)
  })

  test.each([
    ["a closed port", "http://127.0.0.1:1"],
    ["a name that does not exist", "http://atlas.invalid"],
    ["TLS where there is none", "https"],
  ])("%s is unreachable, for a create too", async (_name, baseUrl) => {
    server = await startDigestServer()
    const { client } = createLoggedClient(
      baseUrl === "https" ? server.origin.replace("http", "https") : baseUrl,
    )
    expect((await problemOf(client.listProjects())).code).toBe("atlas_unreachable")
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_unreachable")
  })

  test.each(["the challenge", "the answer"])("silence instead of %s is a timeout", async (what) => {
    const clock = createTestingClock()
    server = await startDigestServer({
      now: () => clock.now(),
      intercept: ({ verdict }) => {
        const silent = (verdict === "unsigned") === (what === "the challenge")
        if (silent) clock.advance(7_000)
        return silent
      },
    })
    const { client } = createLoggedClient(server.origin, { clock, timeoutMs: 7_000 })
    const problem = await problemOf(client.getPeer(projectId, peerId))
    expect(problem).toMatchObject({ code: "atlas_timeout", shown: { detail: "No answer within 7 s" } })
  })
})

test.each([
  [
    "asks for Basic",
    (response: Parameters<Handler>[1]) =>
      response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end(),
  ],
  ["asks for nothing", (response: Parameters<Handler>[1]) => respondJson(response, 200, { id: peerId })],
])("a create never reaches a server that %s instead of asking for a digest", async (_what, respond) => {
  server = await startDigestServer({ intercept: (_request, response) => (respond(response), true) })
  const { client } = createLoggedClient(server.origin)
  const problem = await problemOf(client.createPeer(projectId, awsRequest))
  expect([problem.code, server.requests.map(({ method }) => method)]).toEqual(["atlas_unreadable", ["GET"]])
})

test("an answer of 9 MiB is refused before its end", async () => {
  const problem = await readPeer((_request, response) =>
    response.end(`{"id":"${"x".repeat(9 * 1024 * 1024)}"}`),
  )
  expect(problem).toMatchObject({ code: "atlas_unreadable", shown: { detail: "The answer is too large" } })
})

test("a 429 has the seconds to wait", async () => {
  const problem = await readPeer(
    (_request, response) => (
      response.setHeader("retry-after", "17"),
      respondError(response, 429, "RATE_LIMITED_TOKEN_BUCKET")
    ),
  )
  expect(problem.shown.retryAfterSeconds).toBe(17)
})

test("a wrong key takes two requests in all", async () => {
  server = await startDigestServer()
  const { client } = createLoggedClient(server.origin, { credential: { ...testingKey, privateKey: "wrong" } })
  expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_keys_refused")
  expect(server.requests.map(({ method, verdict }) => [method, verdict])).toEqual([
    ["GET", "unsigned"],
    ["POST", "wrong"],
  ])
})

describe("secrets", () => {
  test.each(["detail", "errorCode"])(
    "credentials that a server repeats in its %s are redacted",
    async (part) => {
      const basic = Buffer.from(`${testingKey.publicKey}:${testingKey.privateKey}`).toString("base64")
      server = await startDigestServer({
        handle: ({ headers }, response) =>
          respondJson(response, 409, {
            [part]: `no: ${testingKey.privateKey} ${basic} <${headers.authorization}>`,
            errorCode2: "X",
          }),
      })
      const { client, lines } = createLoggedClient(server.origin)
      const problem = await problemOf(client.createPeer(projectId, awsRequest))
      await problemOf(createLoggedClient("http://127.0.0.1:1").client.listProjects())
      const everything =
        inspect([problem, client], { depth: Infinity, showHidden: true }) +
        JSON.stringify(problem.shown) +
        lines.join()
      const response = /response="(\w+)"/.exec(server.requests.at(-1)?.headers.authorization ?? "")?.[1]
      for (const secret of [testingKey.privateKey, basic, response ?? "none", "response="])
        expect(everything).not.toContain(secret)
      expect(JSON.stringify(problem.shown)).toContain("no: [struck out]")
    },
  )
})
