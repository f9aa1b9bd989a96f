import type { ServerResponse } from "node:http"
import { inspect } from "node:util"
import { createSimulator, demoServiceAccount, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import type { ProblemCode } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test } from "vitest"
import {
  awsRequest,
  azureRequest,
  createLoggedClient,
  gcpRequest,
  peerId,
  problemOf,
  projectId,
} from "#test/support/atlas.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { respondError, respondJson } from "#test/support/digest-server.ts"
import { startTokenServer, testingAccount, type TokenServer } from "#test/support/token-server.ts"

let running: { close: () => Promise<unknown> } | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

async function start(
  options: Parameters<typeof startTokenServer>[0] = {},
  overrides: Parameters<typeof createLoggedClient>[1] = {},
) {
  const server: TokenServer = await startTokenServer({
    handle: (_request, response) => respondJson(response, 200, { id: peerId, results: [] }),
    ...options,
  })
  running = server
  const clock: TestingClock = createTestingClock()
  const account = { credential: testingAccount, apiVersion: "2023-01-01", clock } as const
  return { server, clock, ...createLoggedClient(server.origin, { ...account, ...overrides }) }
}

describe("a service account at the simulator", () => {
  async function startSimulator() {
    const clock = createTestingClock()
    const simulator: Simulator = createSimulator({ speed: 0, realTime: () => clock.now() })
    running = simulator
    const { clientId, clientSecret } = demoServiceAccount
    const { client } = createLoggedClient((await simulator.listen()).origin, {
      credential: { clientId, clientSecret },
      apiVersion: "2023-01-01",
      clock,
    })
    const total = () => simulator.calls().total
    const tokens = () => simulator.calls().rows.filter(({ path }) => path === "/api/oauth/token").length
    return { simulator, clock, client, total, tokens }
  }

  test("creates, reads and lists in every cloud with one token", async () => {
    const { client, total } = await startSimulator()
    for (const request of [awsRequest, gcpRequest, azureRequest]) {
      const { id } = await client.createPeer(seededIds.documentationProject, request)
      const peers = await client.listPeers(seededIds.documentationProject, request.providerName)
      expect(peers.map((peer) => peer["id"])).toEqual([id])
    }
    const { roles, accessList, projects } = await client.describeKey("*")
    expect([roles?.map(({ roleName }) => roleName), accessList]).toEqual([["ORG_OWNER"], []])
    expect(projects.map(({ id }) => id)).toContain(seededIds.payments)
    expect([total().requests, total().refused]).toEqual([3 * 2 + 4 + 1, 0])
  })

  test("gets no refusal in a day with a call every ten minutes", async () => {
    const { client, clock, total } = await startSimulator()
    for (let call = 0; call < 144; call += 1) {
      await client.listProjects()
      clock.advance(600_000)
    }
    expect([total().calls >= 144, total().refused, total().challenges]).toEqual([true, 0, 0])
    expect(total().requests - 144).toBeLessThanOrEqual(29)
  })
})

describe("a token", () => {
  test("is requested once for concurrent calls, and serves them for its life", async () => {
    const { server, client, clock } = await start()
    await Promise.all(Array.from({ length: 50 }, () => client.getPeer(projectId, peerId)))
    clock.advance(54 * 60_000)
    await client.getPeer(projectId, peerId)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([1, 51])
  })

  async function startHolding(renewAtMs: number) {
    const held: ServerResponse[] = []
    const parts = await start({
      onToken: (_request, response) => {
        if (parts.server.tokenRequests.length === 1) return false
        held.push(response)
        return true
      },
    })
    await parts.client.getPeer(projectId, peerId)
    parts.clock.advance(renewAtMs)
    const used = () => parts.server.calls.map(({ authorization }) => authorization.slice("Bearer ".length))
    return { ...parts, held, used }
  }

  test("is renewed five minutes before its end, while calls continue", async () => {
    const { server, client, held, used } = await startHolding(55 * 60_000)
    for (let call = 0; call < 5; call += 1) await client.getPeer(projectId, peerId)
    expect(new Set(used())).toEqual(new Set(server.given))
    expect([server.tokenRequests.length, held.length]).toEqual([2, 1])
  })

  test("makes calls wait for the renewal under way once it has ended", async () => {
    const { server, client, clock, held, used } = await startHolding(59 * 60_000 + 40_000)
    for (let call = 0; call < 5; call += 1) await client.getPeer(projectId, peerId)
    clock.advance(6_000)
    const waiting = [client.getPeer(projectId, peerId), client.getPeer(projectId, peerId)]
    for (const response of held) server.grant(response)
    await Promise.all(waiting)
    expect(used().slice(-3)).toEqual([server.given[0], server.given[1], server.given[1]])
    expect(server.tokenRequests).toHaveLength(2)
  })

  test("is used to its end when the early renewal fails", async () => {
    let failing = false
    const { server, client, clock } = await start({
      onToken: (_request, response) => {
        if (failing) respondError(response, 500, "UNEXPECTED_ERROR")
        return failing
      },
    })
    await client.getPeer(projectId, peerId)
    failing = true
    clock.advance(59 * 60_000)
    await client.getPeer(projectId, peerId)
    clock.advance(60_000)
    expect((await problemOf(client.getPeer(projectId, peerId))).code).toBe("atlas_failed")
    failing = false
    clock.advance(10_000)
    await client.getPeer(projectId, peerId)
    expect(server.calls).toHaveLength(3)
  })

  test("is replaced once for all calls when Atlas no longer accepts it", async () => {
    const { server, client } = await start()
    await client.getPeer(projectId, peerId)
    server.forgetTokens()
    await Promise.all(Array.from({ length: 50 }, () => client.createPeer(projectId, awsRequest)))
    expect(server.tokenRequests).toHaveLength(2)
    const accepted = server.calls.filter(({ method, accepted: taken }) => method === "POST" && taken)
    expect(accepted).toHaveLength(50)
  })

  test("is not replaced again when Atlas refuses a new one at once", async () => {
    const { server, client, clock } = await start({
      onToken: (_request, response) => {
        respondJson(response, 200, {
          access_token: "good-for-nothing",
          token_type: "Bearer",
          expires_in: 3600,
        })
        return true
      },
    })
    for (let call = 0; call < 5; call += 1)
      expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_keys_refused")
    expect([server.tokenRequests.length, server.calls.length]).toEqual([1, 5])
    clock.advance(60_000)
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_keys_refused")
    expect([server.tokenRequests.length, server.calls.length]).toEqual([2, 7])
  })

  test("is kept when the account only lacks the rights", async () => {
    const { server, client } = await start({
      handle: (_request, response) => respondError(response, 401, "USER_UNAUTHORIZED", "Not you."),
    })
    for (let call = 0; call < 3; call += 1)
      expect(await problemOf(client.createPeer(projectId, awsRequest))).toMatchObject({
        code: "atlas_rights_missing",
        shown: { atlas: { errorCode: "USER_UNAUTHORIZED", detail: "Not you." } },
      })
    expect([server.tokenRequests.length, server.calls.length]).toEqual([1, 3])
  })

  test.each([undefined, null, "3600", -1, 0])(
    "counts as short-lived with a lifetime of %j",
    async (expiresIn) => {
      const { server, client, clock } = await start({ expiresIn })
      await client.getPeer(projectId, peerId)
      clock.advance(5 * 60_000)
      await client.getPeer(projectId, peerId)
      expect(server.tokenRequests).toHaveLength(1)
      clock.advance(10 * 60_000)
      await client.getPeer(projectId, peerId)
      expect(server.tokenRequests.length).toBeGreaterThan(1)
    },
  )
})

describe("a refused token request", () => {
  test("repeats its refusal for a while without another request, for a wrong secret", async () => {
    const { server, client, clock } = await start(
      {},
      { credential: { ...testingAccount, clientSecret: "mdb_sa_sk_wrong" } },
    )
    for (let call = 0; call < 20; call += 1)
      expect(await problemOf(client.createPeer(projectId, awsRequest))).toMatchObject({
        code: "atlas_keys_refused",
        shown: { atlas: { status: 401, errorCode: "invalid_client" } },
      })
    expect([server.tokenRequests.length, server.calls.length]).toEqual([1, 0])
    clock.advance(10_000)
    await problemOf(client.listProjects())
    expect(server.tokenRequests).toHaveLength(2)
  })

  test("makes no further request before the time that a 429 names", async () => {
    const { server, client, clock } = await start({
      onToken: (_request, response) => {
        response.setHeader("retry-after", "40")
        respondError(response, 429, "RATE_LIMITED")
        return true
      },
    })
    const limited = (retryAfterSeconds: number) => ({
      code: "atlas_rate_limited",
      shown: { retryAfterSeconds },
    })
    expect(await problemOf(client.listProjects())).toMatchObject(limited(40))
    clock.advance(15_000)
    expect(await problemOf(client.listProjects())).toMatchObject(limited(25))
    expect(server.tokenRequests).toHaveLength(1)
  })

  test.each<[string, number, unknown, ProblemCode]>([
    ["a proxy's page", 200, "<h1>Welcome</h1>", "atlas_unreadable"],
    ["another kind of token", 200, { access_token: "x", token_type: "mac" }, "atlas_unreadable"],
    [
      "a token that fits no header",
      200,
      { access_token: "x\r\ny", token_type: "Bearer" },
      "atlas_unreadable",
    ],
    ["an empty token", 200, { access_token: "", token_type: "Bearer" }, "atlas_unreadable"],
    ["a redirect", 302, "", "atlas_unreadable"],
    [
      "a server without such an address",
      404,
      { error: 404, errorCode: "RESOURCE_NOT_FOUND" },
      "atlas_refused",
    ],
    [
      "an account that was deleted",
      400,
      { error: "invalid_client", error_description: "No." },
      "atlas_keys_refused",
    ],
    ["a bare 401", 401, "", "atlas_keys_refused"],
    [
      "an address that is not let in",
      403,
      { error: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST" },
      "atlas_address_refused",
    ],
    ["a failure", 503, "", "atlas_failed"],
  ])("leaves the call unsent: %s", async (_name, status, body, code) => {
    const { server, client } = await start({
      onToken: (_request, response) => {
        response.writeHead(status, {
          "content-type": "application/json",
          ...(status === 302 && { location: "/" }),
        })
        response.end(typeof body === "string" ? body : JSON.stringify(body))
        return true
      },
    })
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe(code)
    expect([server.tokenRequests.length, server.calls.length]).toEqual([status === 503 ? 2 : 1, 0])
  })

  test("leaves a create unsent when its connection was lost", async () => {
    const { server, client } = await start({
      onToken: (_request, response) => {
        response.socket?.destroy()
        return true
      },
    })
    expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_unreachable")
    expect(server.calls).toHaveLength(0)
  })
})

test("a create of a service account that is lost has an unknown outcome and is sent once", async () => {
  const { server, client } = await start({ handle: (_request, response) => response.socket?.destroy() })
  expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("outcome_unknown")
  expect(server.calls).toHaveLength(1)
})

test("problems, logs and objects contain neither the secret nor a token that a server repeats", async () => {
  const { server, client, lines } = await start({
    handle: ({ authorization }, response) => {
      const words = `<${authorization}> ${authorization.slice(7)} ${testingAccount.clientSecret}`
      respondJson(response, 409, { errorCode: words, detail: `no: ${words}`, parameters: [words] })
    },
  })
  const problems = [await problemOf(client.createPeer(projectId, awsRequest))]
  const echoing = await startTokenServer({
    onToken: ({ authorization }, response) => {
      respondJson(response, 401, {
        error: `x ${authorization}`,
        error_description: testingAccount.clientSecret,
      })
      return true
    },
  })
  const other = createLoggedClient(echoing.origin, { credential: testingAccount, apiVersion: "2023-01-01" })
  problems.push(await problemOf(other.client.listProjects()))
  await echoing.close()

  expect(problems.map(({ code }) => code)).toEqual(["atlas_refused", "atlas_keys_refused"])
  const everything =
    inspect([problems, client, other.client], { depth: Infinity, showHidden: true }) +
    JSON.stringify(problems.map(({ shown }) => shown)) +
    [...lines, ...other.lines].join()
  const basic = Buffer.from(`${testingAccount.clientId}:${testingAccount.clientSecret}`).toString("base64")
  for (const secret of [testingAccount.clientSecret, basic, server.given[0] ?? "none given"])
    expect(everything).not.toContain(secret)
  expect(JSON.stringify(problems[0]?.shown)).toContain("no: <Bearer [struck out]> [struck out] [struck out]")
})
