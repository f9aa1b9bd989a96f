import { afterAll, beforeAll, expect, it } from "vitest"
import { z } from "zod"
import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ limits: { v2: { root: { capacity: 7, refillPerMinute: 3 } } } })
})
afterAll(() => atlas.simulator.close())

const accept = (date: string) => ({ Accept: `application/vnd.atlas.${date}+json` })
const get = (target: string, date = "2025-03-12") => atlas.v2("GET", target, undefined, accept(date))

// Written from the documented contract, not from the code.
const value = z.object({ value: z.int().positive() })
const endpointSet = z.object({
  endpointSetId: z.string().min(1),
  endpointSetName: z.string().min(1),
  scope: z.enum(["IP", "GROUP", "ORGANIZATION", "USER"]),
  endpoints: z
    .array(
      z.object({ method: z.enum(["GET", "POST", "PATCH", "DELETE"]), path: z.string().startsWith("/api/") }),
    )
    .min(1),
  capacity: value,
  refillRate: value,
  refillDurationSeconds: value,
})
type EndpointSet = z.infer<typeof endpointSet>

it("GET rateLimits lists each set of endpoints with the documented fields and types", async () => {
  const { status, json, headers } = await get(`/rateLimits?groupId=${seededIds.payments}`)
  expect(status).toBe(200)
  expect(headers.get("content-type")).toBe("application/vnd.atlas.2025-03-12+json;charset=utf-8")
  const { results } = z.object({ results: z.array(endpointSet), totalCount: z.int() }).parse(json)
  const find = (name: string, scope: EndpointSet["scope"]) =>
    results.find((set) => set.endpointSetName === name && set.scope === scope)
  const numbers = (set: EndpointSet | undefined) =>
    set && [set.capacity.value, set.refillRate.value, set.refillDurationSeconds.value]
  expect(numbers(find("Network Peering", "GROUP"))).toEqual([2000, 1000, 60])
  expect(find("Network Peering", "GROUP")?.endpoints).toContainEqual({
    method: "PATCH",
    path: "/api/atlas/v2/groups/{groupId}/peers/{peerId}",
  })
  expect(numbers(find("Projects", "GROUP"))).toEqual([1200, 500, 60])
  expect(find("Projects", "USER")?.endpoints).toContainEqual({
    method: "GET",
    path: "/api/atlas/v2/groups/byName/{groupName}",
  })
  expect(numbers(find("Clusters", "GROUP"))).toEqual([10_000, 5000, 60])
  expect(numbers(find("Root", "USER"))).toEqual([7, 3, 60])
})

it("GET rateLimits/{endpointSetId} answers one set, and 404 for an unknown one", async () => {
  const { json } = await get("/rateLimits")
  for (const set of json["results"] as EndpointSet[])
    expect((await get(`/rateLimits/${set.endpointSetId}`)).json).toEqual(set)
  expect((await get("/rateLimits/nonsense")).status).toBe(404)
})

it("GET rateLimits exists on v2 from 2025-03-12 on", async () => {
  expect((await get("/rateLimits", "2023-01-01")).json["errorCode"]).toBe("INVALID_VERSION_DATE")
  expect((await atlas.v1("GET", "/rateLimits")).json["errorCode"]).toBe("RESOURCE_NOT_FOUND")
})
