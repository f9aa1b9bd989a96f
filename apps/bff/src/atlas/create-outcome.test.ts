import { subscribe, unsubscribe } from "node:diagnostics_channel"
import type { ProblemCode } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test } from "vitest"
import { createTestingClock } from "#test/support/test-clock.ts"
import { awsRequest, createLoggedClient, peerId, problemOf, projectId } from "#test/support/atlas.ts"
import {
  atlasOffer,
  respondCutOff,
  respondError,
  respondJson,
  startDigestServer,
  type DigestServer,
  type Handler,
} from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

const posts = () => server.requests.filter(({ method }) => method === "POST")
const signedPosts = () => posts().filter(({ verdict }) => verdict === "accepted")

/** Creates with a nonce at hand, as in a running server, so that the POST is the only request that matters. */
async function createWith(handlePost: Handler) {
  server = await startDigestServer({
    handle: (request, response) =>
      request.method === "POST" ? handlePost(request, response) : respondJson(response, 200, { results: [] }),
  })
  const { client } = createLoggedClient(server.origin)
  await client.listProjects()
  return problemOf(client.createPeer(projectId, awsRequest))
}

describe("a create with an unknown outcome", () => {
  test.each<[string, Handler]>([
    ["the connection is cut before an answer", (_request, response) => response.socket?.destroy()],
    ["the connection ends in order before an answer", (_request, response) => response.socket?.end()],
    ["the answer is cut off in its head", (_request, response) => response.socket?.end("HTTP/1.1 201 Crea")],
    ["the answer is cut off in its body", (_request, response) => respondCutOff(response, 201)],
    ["the answer is not HTTP", (_request, response) => response.socket?.end("what?\r\n\r\n")],
    ["the answer is not JSON", (_request, response) => response.writeHead(201).end("<h1>Created</h1>")],
    ["the answer is empty", (_request, response) => response.writeHead(201).end()],
    ["the answer has no id", (_request, response) => respondJson(response, 201, { status: "ADDING_PEER" })],
    ["the answer is a See Other", (_request, response) => response.writeHead(303, { location: "/" }).end()],
    [
      "Atlas fails",
      (_request, response) => respondError(response, 500, "UNEXPECTED_ERROR", "Unexpected error."),
    ],
    ["a gateway fails", (_request, response) => response.writeHead(502).end("<h1>Bad gateway</h1>")],
    ["a gateway fails with a list", (_request, response) => respondJson(response, 502, [])],
  ])("is sent once when %s", async (_when, handlePost) => {
    expect((await createWith(handlePost)).code).toBe("outcome_unknown")
    expect(posts()).toHaveLength(1)
  })

  test("is sent once when no answer comes in time", async () => {
    const clock = createTestingClock()
    server = await startDigestServer({ now: () => clock.now(), handle: () => clock.advance(7_000) })
    const { client } = createLoggedClient(server.origin, { clock, timeoutMs: 7_000 })
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("outcome_unknown")
    expect(posts()).toHaveLength(1)
  })

  test("speaks of a cut line, not of a connection, which is what may have been created", async () => {
    const problem = await createWith((_request, response) => response.socket?.destroy())
    expect(problem.shown.detail).toBe("The line to Atlas was cut (UND_ERR_SOCKET)")
  })

  test("keeps Atlas's own words", async () => {
    const problem = await createWith((_request, response) =>
      respondError(response, 500, "UNEXPECTED_ERROR", "Unexpected error."),
    )
    expect(problem.shown.atlas).toEqual({
      status: 500,
      errorCode: "UNEXPECTED_ERROR",
      detail: "Unexpected error.",
    })
  })
})

describe("a create that Atlas did not carry out", () => {
  test.each<[number, string, ProblemCode]>([
    [307, "", "atlas_unreadable"],
    [400, "INVALID_ATTRIBUTE", "atlas_refused"],
    [401, "USER_UNAUTHORIZED", "atlas_rights_missing"],
    [403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "atlas_address_refused"],
    [404, "GROUP_NOT_FOUND", "project_not_found"],
    [409, "PEER_ALREADY_EXISTS", "atlas_refused"],
    [429, "RATE_LIMITED", "atlas_rate_limited"],
  ])("keeps its code: %i %s becomes %s", async (status, errorCode, code) => {
    expect((await createWith((_request, response) => respondError(response, status, errorCode))).code).toBe(
      code,
    )
    expect(posts()).toHaveLength(1)
  })

  test("keeps its code when the body of the refusal is cut off", async () => {
    const problem = await createWith((_request, response) => respondCutOff(response, 409))
    expect(problem).toMatchObject({
      code: "atlas_refused",
      shown: { atlas: { status: 409, errorCode: null } },
    })
  })

  test.each<[string, ProblemCode, Handler]>([
    ["fails", "atlas_failed", (_request, response) => respondError(response, 503, "UNEXPECTED_ERROR")],
    [
      "is rate limited",
      "atlas_rate_limited",
      (_request, response) => respondError(response, 429, "RATE_LIMITED"),
    ],
    ["is cut", "atlas_unreachable", (_request, response) => response.socket?.destroy()],
  ])("keeps its code when the request for a challenge %s", async (_what, code, respond) => {
    server = await startDigestServer({ intercept: (request, response) => (respond(request, response), true) })
    expect(
      (await problemOf(createLoggedClient(server.origin).client.createPeer(projectId, awsRequest))).code,
    ).toBe(code)
    expect(posts()).toEqual([])
  })
})

test("a create with a stale nonce and an endless refusal is known not to be carried out", async () => {
  const clock = createTestingClock()
  server = await startDigestServer({
    now: () => clock.now(),
    handle: (_request, response) => respondJson(response, 200, { results: [] }),
    intercept: ({ verdict }, response) => {
      if (verdict !== "stale") return false
      response.writeHead(401, { "www-authenticate": atlasOffer.replace("STALE", "true") }).write("{")
      return true
    },
  })
  const { client } = createLoggedClient(server.origin, { clock, timeoutMs: 7_000 })
  await client.listProjects()
  server.forgetNonces()
  const onHead = () => setImmediate(() => clock.advance(7_000))
  subscribe("undici:request:headers", onHead)
  const problem = await problemOf(client.createPeer(projectId, awsRequest))
  unsubscribe("undici:request:headers", onHead)
  expect([problem.code, posts().length]).toEqual(["atlas_timeout", 1])
})

test("a create with a stale nonce is signed again and carried out once", async () => {
  server = await startDigestServer({
    handle: (_request, response) => respondJson(response, 201, { id: peerId, results: [] }),
  })
  const { client } = createLoggedClient(server.origin)
  await client.listProjects()
  server.forgetNonces()
  expect(await client.createPeer(projectId, awsRequest)).toMatchObject({ id: peerId })
  expect([posts().length, signedPosts().length]).toEqual([2, 1])
})

test("a create has an unknown outcome when its connection dies at the second try after a stale nonce", async () => {
  server = await startDigestServer({
    handle: ({ method }, response) =>
      method === "POST" ? response.socket?.destroy() : respondJson(response, 200, { results: [] }),
  })
  const { client } = createLoggedClient(server.origin)
  await client.listProjects()
  server.forgetNonces()
  expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("outcome_unknown")
  expect(signedPosts()).toHaveLength(1)
})
