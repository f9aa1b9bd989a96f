import { afterEach, describe, expect, test } from "vitest"
import { awsRequest, createLoggedClient, peerId, problemOf, projectId } from "#test/support/atlas.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { respondError, respondJson } from "#test/support/digest-server.ts"
import { startTokenServer, testingAccount, type TokenServer } from "#test/support/token-server.ts"

type OnToken = NonNullable<NonNullable<Parameters<typeof startTokenServer>[0]>["onToken"]>

let running: TokenServer | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

async function start(onToken: OnToken) {
  const server = await startTokenServer({
    handle: (_request, response) => respondJson(response, 200, { id: peerId, results: [] }),
    onToken,
  })
  running = server
  const clock = createTestingClock()
  const { client } = createLoggedClient(server.origin, {
    credential: testingAccount,
    apiVersion: null,
    clock,
  })
  return { server, clock, client }
}

/** Fails so many requests for a token, and answers the later ones. */
async function startFailing(failures: number) {
  let left = failures
  return await start((_request, response) => {
    left -= 1
    if (left >= 0) respondError(response, 503, "UNEXPECTED_ERROR")
    return left >= 0
  })
}

describe("a request for a token that fails with a 5xx", () => {
  test("is repeated at once, and the call succeeds", async () => {
    const { server, client } = await startFailing(1)
    await client.createPeer(projectId, awsRequest)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([2, 1])
  })

  test("is repeated once for all concurrent calls", async () => {
    const { server, client } = await startFailing(1)
    await Promise.all(Array.from({ length: 40 }, () => client.getPeer(projectId, peerId)))
    expect([server.tokenRequests.length, server.calls.length]).toEqual([2, 40])
  })

  test("twice in a row fails the call, and refuses no later one", async () => {
    const { server, client } = await startFailing(2)
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_failed")
    expect(server.calls).toEqual([])
    await client.createPeer(projectId, awsRequest)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([3, 1])
  })
})

describe.each([
  ["three hours ahead", 3 * 3_600_000],
  ["three hours behind", -3 * 3_600_000],
])("a token endpoint whose clock is %s", (_how, aheadMs) => {
  const there = () => createTestingClock().now() + aheadMs
  const toDate = (instant: number) => new Date(instant).toUTCString()

  test("gives a token that is used for its whole life", async () => {
    const { server, client, clock } = await start((_request, response) => {
      response.setHeader("date", toDate(there()))
      return false
    })
    await client.getPeer(projectId, peerId)
    clock.advance(54 * 60_000)
    await client.getPeer(projectId, peerId)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([1, 2])
    clock.advance(6 * 60_000)
    await client.getPeer(projectId, peerId)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([2, 3])
  })

  test("names the end of a pause by date, and calls wait that long", async () => {
    const { server, client, clock } = await start((_request, response) => {
      if (server.tokenRequests.length > 1) return false
      response.setHeader("date", toDate(there()))
      response.setHeader("retry-after", toDate(there() + 40_000))
      respondError(response, 429, "RATE_LIMITED")
      return true
    })
    const problem = await problemOf(client.listProjects())
    expect([problem.code, problem.shown.retryAfterSeconds]).toEqual(["atlas_rate_limited", 40])
    clock.advance(40_000)
    await client.listProjects()
    expect(server.tokenRequests).toHaveLength(2)
  })
})
