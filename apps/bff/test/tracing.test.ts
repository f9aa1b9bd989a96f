import { afterEach, beforeEach, expect, test } from "vitest"
import { createAtlasClient } from "#atlas/atlas-client.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import {
  respondJson,
  startDigestServer,
  testingKey,
  type DigestServer,
  type SeenRequest,
} from "#test/support/digest-server.ts"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"
import { sendRequest } from "#test/support/http.ts"

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736"
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`
const peerId = "5f5a9c3d2e1b0a4f8c7d6e5f"

let atlas: DigestServer
let server: TestingServer
const atlasLogs: string[] = []
beforeEach(async () => {
  atlas = await startDigestServer({
    handle: (_request, response) => respondJson(response, 200, { id: peerId }),
  })
  const client = createAtlasClient({
    baseUrl: atlas.origin,
    apiVersion: "v1.0",
    credential: testingKey,
    logger: createLogger("debug", { write: (line: string) => void atlasLogs.push(line) }),
  })
  const call = () => client.getPeer("64b1f0a27c3d5e4f8a9b0c1d", peerId)
  server = await serveHandlers(async (request, response) => {
    if (request.path === "/now") await call()
    // As a poller does: it plans its next poll while it serves a request.
    else await new Promise<void>((resolve) => systemClock.after(1, () => void call().then(() => resolve())))
    response.json({})
  })
})
afterEach(async () => {
  await server.close()
  await atlas.close()
  atlasLogs.length = 0
})

const ask = (path: string, headers: Record<string, string> = {}) =>
  sendRequest(`${server.origin}${path}`, "GET", headers, undefined)
/** The traces of signed requests. One for a challenge is everybody's. */
const readTraces = (requests: readonly SeenRequest[]) =>
  requests.filter(({ verdict }) => verdict === "accepted").map(({ headers }) => headers["traceparent"])
const readLines = (logs: readonly string[]) => logs.map((line) => JSON.parse(line) as Record<string, unknown>)

test("a caller's traceparent goes to Atlas and its trace into the log line of the request", async () => {
  const answer = await ask("/now", { traceparent })
  expect(readTraces(atlas.requests)).toEqual([traceparent])
  expect(readLines(server.logs)).toMatchObject([{ traceId, req: { id: answer.headers["x-request-id"] } }])
})

test("a request without a valid traceparent begins a trace that has the request's id", async () => {
  const answer = await ask("/now", { traceparent: "not-a-trace" })
  const own = String(answer.headers["x-request-id"]).replaceAll("-", "")
  expect(readTraces(atlas.requests)).toEqual([expect.stringMatching(`^00-${own}-[0-9a-f]{16}-00$`)])
  expect(readLines(server.logs)).toMatchObject([{ traceId: own }])
})

test("the log line of a call to Atlas has the id of the request that it was made for", async () => {
  const answers = await Promise.all([ask("/now"), ask("/now")])
  const ids = answers.map(({ headers }) => headers["x-request-id"])
  const logged = readLines(atlasLogs).map(({ requestId }) => requestId)
  expect(new Set(logged)).toEqual(new Set(ids))
  expect(logged).toHaveLength(2)
})

test("a poll that a request planned belongs to no request", async () => {
  await ask("/later", { traceparent })
  expect(readTraces(atlas.requests)).toEqual([undefined])
  expect(readLines(atlasLogs)).toEqual([expect.not.objectContaining({ requestId: expect.anything() })])
})
