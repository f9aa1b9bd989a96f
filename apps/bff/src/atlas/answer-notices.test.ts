import { createSimulator, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createLoggedClient } from "#test/support/atlas.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"

const { payments, emptySandbox } = seededIds
const hourMs = 3_600_000
const ends = { Deprecation: "Mon, 5 Aug 2024 00:00:00 GMT", Sunset: "Thu, 1 Jul 2027 00:00:00 GMT" }

let simulator: Simulator
let clock: TestingClock
let origin: string
beforeEach(async () => {
  clock = createTestingClock()
  simulator = createSimulator({
    speed: 0,
    realTime: () => clock.now(),
    limits: { v2: { "project-ip-access-list": { capacity: 20, refillPerMinute: 1 } } },
  })
  origin = (await simulator.listen()).origin
})
afterEach(() => simulator.close())

const connect = (apiVersion: "v1.0" | "2023-01-01") =>
  createLoggedClient(origin, { credential: ownerKey, apiVersion, clock })
const withHeaders = (path: string, headers: Record<string, string>) =>
  simulator.addFault({ match: { path }, fault: { headers } })
const countLines = (lines: string[], words: string) => lines.filter((line) => line.includes(words)).length

describe("a deprecated version", () => {
  test("is kept by its call without ids, and logged once a day", async () => {
    const { client, lines } = connect("2023-01-01")
    withHeaders("/peers", ends)
    const look = async () => {
      await client.listPeers(payments, "AWS")
      await client.listPeers(emptySandbox, "GCP")
      await client.listContainers(payments)
    }
    await look()
    clock.advance(23 * hourMs)
    await look()
    expect(client.notices.deprecations()).toEqual([
      {
        resource: "GET /groups/{id}/peers",
        deprecatedAt: "2024-08-05T00:00:00.000Z",
        sunsetAt: "2027-07-01T00:00:00.000Z",
      },
    ])
    expect(countLines(lines, "will withdraw")).toBe(1)
    clock.advance(hourMs)
    await look()
    expect(countLines(lines, "will withdraw")).toBe(2)
  })

  test("is forgotten once answers no longer name it", async () => {
    const { client } = connect("2023-01-01")
    withHeaders("/peers", ends)
    await client.listPeers(payments, "AWS")
    simulator.clearFaults()
    await client.listPeers(payments, "AWS")
    expect(client.notices.deprecations()).toEqual([])
  })

  test.each<[Record<string, string>, string | null, string | null]>([
    [{ Deprecation: "@1722816000" }, "2024-08-05T00:00:00.000Z", null],
    [{ Deprecation: "true", Sunset: "Wed, 01 Jul 2026 00:00:00 GMT" }, null, "2026-07-01T00:00:00.000Z"],
    [{ Deprecation: "soon" }, null, null],
  ])("is read from %j", async (headers, deprecatedAt, sunsetAt) => {
    const { client } = connect("v1.0")
    withHeaders("/containers", headers)
    await client.listContainers(payments)
    expect(client.notices.deprecations()).toEqual([
      { resource: "GET /groups/{id}/containers/all", deprecatedAt, sunsetAt },
    ])
  })
})

describe("a rate limit", () => {
  test("is kept where the smallest part was left, for an hour, and logged once a day", async () => {
    const { client, lines } = connect("2023-01-01")
    await client.listPeers(payments, "AWS")
    await client.listAccessList(payments)
    await client.listAccessList(payments)
    await client.listPeers(payments, "AWS")
    expect(client.notices.lowestLimit()).toEqual({
      resource: "GET /groups/{id}/accessList",
      remaining: 18,
      limit: 20,
      seenAt: "2026-01-15T12:00:00.000Z",
    })
    expect(countLines(lines, "reported its rate limit")).toBe(1)
    clock.advance(hourMs + 1)
    expect(client.notices.lowestLimit()).toBeNull()
    clock.advance(23 * hourMs)
    await client.listPeers(payments, "AWS")
    expect(countLines(lines, "reported its rate limit")).toBe(2)
    expect(client.notices.lowestLimit()).toMatchObject({ limit: 2000 })
  })

  test("is warned of once a day when few calls are left", async () => {
    const { client, lines } = connect("2023-01-01")
    for (let calls = 0; calls < 20; calls += 1) await client.listAccessList(payments)
    expect(client.notices.lowestLimit()).toMatchObject({ remaining: 0, limit: 20 })
    expect(countLines(lines, "Few calls are left")).toBe(1)
    await expect(client.listAccessList(payments)).rejects.toMatchObject({ code: "atlas_rate_limited" })
  })

  test.each<[Record<string, string>, unknown]>([
    [{ RateLimit: '"peers";r=12;t=30', "RateLimit-Policy": '"peers";q=2000;w=60' }, [12, 2000]],
    [
      {
        RateLimit: '"hour";r=900;t=9, "peers";r=12;t=30',
        "RateLimit-Policy": '"hour";q=1000;w=3600, "peers";q=2000;w=60',
      },
      [12, 2000],
    ],
    [{ RateLimit: "limit=100, remaining=50, reset=5" }, [50, 100]],
    [{ RateLimit: '"peers";r=12' }, null],
    [{ RateLimit: '"peers";r=many', "RateLimit-Policy": '"peers";q=2000' }, null],
    [{ RateLimit: "!;;=", "RateLimit-Policy": "" }, null],
  ])("is read from the one header %j too", async (headers, expected) => {
    const { client } = connect("v1.0")
    withHeaders("/peers", headers)
    await client.listPeers(payments, "AWS")
    const lowest = client.notices.lowestLimit()
    expect(lowest && [lowest.remaining, lowest.limit]).toEqual(expected)
  })

  test("is not known on v1.0, which tells none", async () => {
    const { client } = connect("v1.0")
    await client.listPeers(payments, "AWS")
    expect([client.notices.lowestLimit(), client.notices.deprecations()]).toEqual([null, []])
  })
})
