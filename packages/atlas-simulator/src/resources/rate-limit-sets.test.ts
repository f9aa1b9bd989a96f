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
  const { status, json, headers } = await get("/rateLimits")
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

async function listSets(query: string): Promise<EndpointSet[]> {
  const { json } = await get(`/rateLimits?${query}`)
  return z.object({ results: z.array(endpointSet) }).parse(json).results
}

it.each([
  [`groupId=${seededIds.payments}`, "GROUP"],
  ["userId=mdb_sa_id_1234567890abcdef12345678", "USER"],
])("GET rateLimits?%s lists the sets of that scope only", async (query, scope) => {
  const sets = await listSets(query)
  expect(new Set(sets.map((set) => set.scope))).toEqual(new Set([scope]))
})

it("GET rateLimits answers no set for a scope that none has", async () => {
  expect(await listSets("ipAddress=127.0.0.1")).toEqual([])
})

it("GET rateLimits takes several names, and several paths as they are listed", async () => {
  const named = await listSets("name=Clusters&name=Root")
  expect(new Set(named.map((set) => set.endpointSetName))).toEqual(new Set(["Clusters", "Root"]))
  const paths = ["/api/atlas/v2/groups/{groupId}/peers", "/api/atlas/v2/groups/{groupId}/accessList"]
  const query = new URLSearchParams(paths.map((one): [string, string] => ["endpointPath", one]))
  const found = await listSets(query.toString())
  expect(new Set(found.map((set) => set.endpointSetName))).toEqual(
    new Set(["Network Peering", "Project IP Access List"]),
  )
  expect(await listSets("name=Nothing")).toEqual([])
})

it("GET rateLimits refuses a project that is not there", async () => {
  const { json } = await get(`/rateLimits?groupId=${"0".repeat(24)}`)
  expect(json["errorCode"]).toBe("GROUP_NOT_FOUND")
})

it("endpoint sets are named by their name and scope, as in the documented rateLimitsInspection_group", async () => {
  const ids = (await listSets("itemsPerPage=100")).map((set) => set.endpointSetId)
  expect(ids).toEqual(expect.arrayContaining(["networkPeering_group", "projects_group", "projects_user"]))
  expect(new Set(ids).size).toBe(ids.length)
})
