import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { seededIds } from "#world/seeded-ids.ts"
import { crowd } from "#world/seed-crowded.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const crowded = `/groups/${seededIds.crowded}/peers`
const empty = `/groups/${seededIds.emptySandbox}`

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ scenario: "crowded" })
})
afterAll(() => atlas.simulator.close())

const get = (target: string, headers: Record<string, string> = {}) =>
  atlas.v1("GET", target, undefined, headers)
const get2 = (target: string, headers: Record<string, string> = {}) =>
  atlas.v2("GET", target, undefined, headers)

describe("a list", () => {
  it("holds AWS unless the query names another cloud, in any case", async () => {
    expect((await get(crowded)).json["totalCount"]).toBe(crowd.AWS)
    expect((await get(`${crowded}?providerName=gcp`)).json["totalCount"]).toBe(crowd.GCP)
    expect((await get(`${crowded}?providerName=Azure`)).json["totalCount"]).toBe(crowd.AZURE)
  })

  it("links to its neighbour pages in the recorded form", async () => {
    const href = (page: number) =>
      `${atlas.origin}/api/atlas/v1.0${crowded}?includeCount=true&providerName=AWS&pageNum=${page}&itemsPerPage=100`
    const link = (rel: string, page: number) => ({ href: href(page), rel })
    expect((await get(crowded)).json["links"]).toEqual([link("self", 1), link("next", 2)])
    expect((await get(`${crowded}?pageNum=2`)).json["links"]).toEqual([
      link("previous", 1),
      link("self", 2),
      link("next", 3),
    ])
    expect((await get(`${crowded}?pageNum=3`)).json["links"]).toEqual([link("previous", 2), link("self", 3)])
  })

  it("returns each item once over its pages", async () => {
    const ids = new Set<unknown>()
    let next: string | undefined = `${crowded}?itemsPerPage=70`
    let pages = 0
    while (next !== undefined) {
      const { json }: { json: Record<string, unknown> } = await get(next)
      for (const item of json["results"] as { id: string }[]) ids.add(item.id)
      const links = json["links"] as { href: string; rel: string }[]
      next = links.find(({ rel }) => rel === "next")?.href.replace(`${atlas.origin}/api/atlas/v1.0`, "")
      pages += 1
    }
    expect([ids.size, pages]).toEqual([crowd.AWS, 5])
  })

  it("is empty without items and past its end", async () => {
    expect((await get(`${empty}/peers`)).json).toMatchObject({ results: [], totalCount: 0 })
    expect((await get(`${crowded}?pageNum=99`)).json).toMatchObject({ results: [], totalCount: crowd.AWS })
  })

  it("leaves the count out with includeCount=false", async () => {
    expect(Object.keys((await get(`${crowded}?includeCount=false&itemsPerPage=1`)).json)).toEqual([
      "links",
      "results",
    ])
  })

  it.each([
    "pageNum=0",
    "pageNum=x",
    "itemsPerPage=501",
    "itemsPerPage=-1",
    "pretty=maybe",
    "includeCount=2",
  ])("refuses %s", async (query) => {
    const { json } = await get(`${crowded}?${query}`)
    expect(json).toMatchObject({ errorCode: "INVALID_QUERY_PARAMETER", parameters: [query.split("=")[0]] })
  })

  it("refuses an unknown cloud", async () => {
    expect((await get(`${crowded}?providerName=IBM`)).json).toMatchObject({
      errorCode: "INVALID_PROVIDER",
      parameters: ["IBM"],
    })
  })
})

describe("an answer", () => {
  it("is compact and sorted by key, and pretty as Jackson prints it", async () => {
    expect((await get(`${empty}/peers`)).text).toMatch(
      /^\{"links":\[\{"href":"[^"]+","rel":"self"\}\],"results":\[\],"totalCount":0\}$/,
    )
    expect((await get(`${empty}/peers?pretty=true`)).text).toMatch(
      /^\{\n {2}"links" : \[ \{\n {4}"href" : "[^"]+",\n {4}"rel" : "self"\n {2}\} \],\n {2}"results" : \[ \],\n {2}"totalCount" : 0\n\}$/,
    )
  })

  it("has an envelope: a list beside its status, anything else under content", async () => {
    expect((await get(`${empty}/peers?envelope=true`)).json).toMatchObject({ results: [], status: 200 })
    expect((await get(`${empty}/privateIpMode?envelope=true`)).json).toEqual({
      content: { enabled: false },
      status: 200,
    })
  })

  it("has v1.0's headers and none about limits, versions or errors", async () => {
    const { headers } = await get(`${empty}/peers`)
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "application/json",
      server: "mdbws",
      "strict-transport-security": "max-age=31536000; includeSubdomains;",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "x-permitted-cross-domain-policies": "none",
      "x-java-method": expect.stringMatching(/^ApiAtlas\w+::\w+$/),
      "x-java-version": expect.stringMatching(/^\d+\.\d+\.\d+\+/),
      "x-mongodb-service-version": expect.stringMatching(/^gitHash=[0-9a-f]{40}; versionString=/),
    })
    const onlyInV2 = ["ratelimit-limit", "x-envoy-upstream-service-time"]
    for (const name of [...onlyInV2, "deprecation", "sunset", "x-error-code", "x-powered-by", "etag"]) {
      expect(headers.get(name)).toBeNull()
    }
  })

  it("has v2's media type and the remaining limit", async () => {
    const { headers } = await get2(`${empty}/accessList`)
    expect(headers.get("content-type")).toBe("application/vnd.atlas.2023-01-01+json;charset=utf-8")
    expect(headers.get("ratelimit-limit")).toBe("1200")
    expect(Number(headers.get("ratelimit-remaining"))).toBeLessThan(1200)
    expect(headers.get("x-java-method")).toBe("ApiAtlasNetworkAccessListResource::getAtlasWhitelist")
    expect(headers.get("x-java-version")).toMatch(/^\d/)
    expect(headers.get("x-mongodb-service-version")).toMatch(/^gitHash=/)
    for (const target of [empty, "/groups/111111111111111111111111"])
      expect((await get2(target)).headers.get("x-envoy-upstream-service-time")).toMatch(/^\d+$/)
  })

  it("counts each set of endpoints by itself, and what no project owns by caller", async () => {
    const left = async (target: string) => Number((await get2(target)).headers.get("ratelimit-remaining"))
    const sets = [`${empty}/peers`, `${empty}/accessList`, empty, `${empty}/awsCustomDNS`, "/groups", ""]
    const before: number[] = []
    for (const target of sets) before.push(await left(target))
    await get2(`${empty}/accessList`)
    await get2("/groups/byName/empty-sandbox")
    const after: number[] = []
    for (const target of sets) after.push(await left(target))
    expect(after).toEqual(before.map((remaining, index) => remaining - (index === 1 || index === 4 ? 2 : 1)))
  })

  it("names the cloud of a peer in v2 and not in v1.0", async () => {
    const first = async (seen: Promise<{ json: Record<string, unknown> }>) => {
      const [peer]: unknown[] = ((await seen).json["results"] as unknown[]) ?? []
      return Object.keys(peer as object)
    }
    expect(await first(get(`${crowded}?providerName=AZURE`))).toEqual([
      "azureDirectoryId",
      "azureSubscriptionId",
      "containerId",
      "errorState",
      "id",
      "resourceGroupName",
      "status",
      "vnetName",
    ])
    expect(await first(get2(`${crowded}?providerName=AZURE`))).toContain("providerName")
  })
})

describe("a project", () => {
  it("is listed as recorded", async () => {
    const { json } = await get2("/groups")
    const [project] = json["results"] as Record<string, unknown>[]
    expect(Object.keys(project ?? {})).toEqual([
      "clusterCount",
      "created",
      "id",
      "links",
      "name",
      "orgId",
      "tags",
      "withDefaultAlertsSettings",
    ])
    expect(project?.["created"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(json["links"]).toEqual([
      {
        href: `${atlas.origin}/api/atlas/v2/groups?includeCount=true&pageNum=1&itemsPerPage=100`,
        rel: "self",
      },
    ])
  })

  it("has a name of at most 64 characters, and one has exactly 64", async () => {
    const names = atlas.simulator.state().projects.map(({ name }) => name.length)
    expect(Math.max(...names)).toBe(64)
  })

  it.each([
    ["v1", "v1.0"],
    ["v2", "v2"],
  ] as const)("is found by its name on %s", async (version, path) => {
    const call = atlas[version]
    const found = await call("GET", "/groups/byName/empty-sandbox")
    expect(found.json).toEqual((await call("GET", empty)).json)
    const missing = await call("GET", "/groups/byName/Empty%20Sandbox")
    expect(missing.json).toMatchObject({ error: 404, errorCode: "GROUP_NAME_NOT_FOUND" })
    expect(missing.json["parameters"]).toEqual(["Empty Sandbox"])
    expect(JSON.stringify(found.json["links"])).toContain(`/api/atlas/${path}/groups/`)
  })

  it("is not found by its name by a key without a role on it", async () => {
    const scoped = atlas.callAs("simscope", "fa4e0000-0000-4000-8000-000000000003")
    expect((await scoped("GET", "/groups/byName/analytics")).status).toBe(200)
    expect((await scoped("GET", "/groups/byName/empty-sandbox")).json["errorCode"]).toBe(
      "GROUP_NAME_NOT_FOUND",
    )
  })

  it("links to its peers", async () => {
    const { json } = await get(empty)
    expect(json["links"]).toContainEqual({
      href: `${atlas.origin}/api/atlas/v1.0${empty}/peers`,
      rel: "https://cloud.mongodb.com/peers",
    })
  })

  it("answers 404 with a body of the recorded length when it does not exist", async () => {
    const seen = await get2("/groups/111111111111111111111111/peers")
    expect(seen.json).toMatchObject({ error: 404, errorCode: "GROUP_NOT_FOUND" })
    expect(seen.headers.get("content-length")).toBe("167")
    expect(seen.headers.get("x-error-code")).toBe("GROUP_NOT_FOUND")
    expect((await get("/groups/nonsense/peers")).json["errorCode"]).toBe("PATH_PARAM_PARSE_ERROR")
  })
})

describe("an unsupported request", () => {
  it.each(["/softwareComponents/version", `${empty}/peers/${"0".repeat(24)}/more`, `${empty}/nothing`])(
    "gets RESOURCE_NOT_FOUND for %s",
    async (target) => {
      const path = `/api/atlas/v1.0${target}`
      expect((await get(target)).json).toEqual({
        detail: `Cannot find resource ${path}.`,
        error: 404,
        errorCode: "RESOURCE_NOT_FOUND",
        parameters: [path],
        reason: "Not Found",
      })
    },
  )

  it("gets 405 with Allow for an unknown method", async () => {
    for (const [method, target, allow] of [
      ["PUT", `${empty}/peers`, "GET, POST"],
      ["POST", `${empty}/peers/${"0".repeat(24)}`, "GET, PATCH, DELETE"],
      ["DELETE", "/groups", "GET"],
    ] as const) {
      const seen = await atlas.v1(method, target)
      expect([seen.status, seen.headers.get("allow"), seen.json["reason"]]).toEqual([
        405,
        allow,
        "Method Not Allowed",
      ])
    }
  })

  it("gets 406 from v2 for an unknown version", async () => {
    const version = (date: string) => ({ Accept: `application/vnd.atlas.${date}+json` })
    for (const headers of [
      { Accept: "application/json" },
      version("2022-01-01"),
      version("2099-01-01"),
      version("2023-13-01"),
    ]) {
      const seen = await get2("/groups", headers)
      expect([seen.status, seen.json["errorCode"]]).toEqual([406, "INVALID_VERSION_DATE"])
    }
    expect((await get2("/groups", version("2024-08-05"))).status).toBe(200)
    expect((await get("/groups", { Accept: "*/*" })).status).toBe(200)
  })

  it("gets 415 for another media type and 413 for a large body", async () => {
    const post = (body: string, type: string) =>
      atlas.v1("POST", `${empty}/peers`, body, { "Content-Type": type })
    expect((await post("{}", "text/plain")).status).toBe(415)
    expect((await post("{}", "application/json;charset=utf-8")).json["errorCode"]).toBe("MISSING_ATTRIBUTE")
    expect((await post(`"${"x".repeat(1_000_000)}"`, "application/json")).status).toBe(413)
    const v2 = await atlas.v2("POST", `${empty}/peers`, "{}", { "Content-Type": "application/json" })
    expect(v2.json["errorCode"]).toBe("MISSING_ATTRIBUTE")
  })

  it("gets 404 outside the API", async () => {
    const response = await fetch(`${atlas.origin}/elsewhere`)
    expect(response.status).toBe(404)
  })
})
