import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"

import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const sandbox = `/groups/${seededIds.emptySandbox}/containers`
const payments = `/groups/${seededIds.payments}/containers`
const aws = { providerName: "AWS", regionName: "US_WEST_1", atlasCidrBlock: "10.8.0.0/21" }
const azure = { providerName: "AZURE", region: "US_EAST_2", atlasCidrBlock: "10.8.0.0/21" }
const gcp = { providerName: "GCP", atlasCidrBlock: "192.168.0.0/16" }

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

async function create(body: object) {
  const { status, json } = await atlas.v1("POST", sandbox, body)
  expect(status).toBe(201)
  return String(json["id"])
}

describe("a new container", () => {
  it("has the fields of its cloud's samples", async () => {
    const id = expect.stringMatching(/^[0-9a-f]{24}$/)
    const { v1 } = atlas
    expect((await v1("POST", sandbox, aws)).json).toEqual({
      atlasCidrBlock: "10.8.0.0/21",
      id,
      provisioned: false,
      regionName: "US_WEST_1",
      vpcId: null,
    })
    expect((await v1("POST", sandbox, azure)).json).toEqual({
      atlasCidrBlock: "10.8.0.0/21",
      azureSubscriptionId: expect.stringMatching(/^[0-9a-f]{24}$/),
      id,
      providerName: "AZURE",
      provisioned: false,
      region: "US_EAST_2",
      vnetName: null,
    })
    expect((await v1("POST", sandbox, gcp)).json).toEqual({
      atlasCidrBlock: "192.168.0.0/16",
      gcpProjectId: null,
      id,
      networkName: null,
      provisioned: false,
    })
  })

  it("always has regions on Google Cloud in v2, and on Azure the subscription of the organization", async () => {
    const made = await atlas.v2("POST", sandbox, gcp)
    expect(made.json["regions"]).toEqual([])
    const azureIn = async (projectId: string) => {
      const { json } = await atlas.v2("GET", `/groups/${projectId}/containers?providerName=AZURE`)
      return (json["results"] as { azureSubscriptionId: string }[]).map((one) => one.azureSubscriptionId)
    }
    const ids = [...(await azureIn(seededIds.payments)), ...(await azureIn(seededIds.peeringOnly))]
    expect(ids.length).toBeGreaterThan(2)
    expect(new Set(ids).size).toBe(1)
  })

  it("appears under its cloud, in the list of all clouds, and by id", async () => {
    const id = await create(azure)
    await create(aws)
    const count = async (target: string) => (await atlas.v1("GET", target)).json["totalCount"]
    expect(await count(sandbox)).toBe(1)
    expect(await count(`${sandbox}?providerName=Azure`)).toBe(1)
    expect(await count(`${sandbox}?providerName=GCP`)).toBe(0)
    const all = await atlas.v1("GET", `${sandbox}/all`)
    expect(all.json["results"]).toMatchObject([{ providerName: "AZURE" }, { providerName: "AWS" }])
    expect((await atlas.v1("GET", `${sandbox}/${id}`)).json["id"]).toBe(id)
  })

  it.each<[string, object, string, unknown[]]>([
    [
      "without a region",
      { atlasCidrBlock: "10.100.0.0/24", providerName: "AWS" },
      "MISSING_ATTRIBUTE",
      ["regionName"],
    ],
    ["for a region in lower case", { ...aws, regionName: "us_west_2" }, "INVALID_ENUM_VALUE", ["us_west_2"]],
    ["for a region of another cloud", { ...azure, region: "US_WEST_1" }, "INVALID_ENUM_VALUE", ["US_WEST_1"]],
    ["in a closed region", { ...aws, regionName: "CN_NORTH_1" }, "REGION_UNAVAILABLE", ["CN_NORTH_1"]],
    ["for Azure's field on AWS", { ...aws, region: "US_EAST_2" }, "INVALID_ATTRIBUTE", ["region"]],
    ["for a read-only field", { ...aws, vpcId: "vpc-0" }, "ATTRIBUTE_READ_ONLY", ["vpcId"]],
    ["for an invalid CIDR", { ...aws, atlasCidrBlock: "10.8.0.0" }, "INVALID_CIDR_BLOCK", ["10.8.0.0"]],
    [
      "for a public CIDR",
      { ...aws, atlasCidrBlock: "11.0.0.0/21" },
      "ATLAS_INVALID_CIDR_RANGE",
      ["11.0.0.0/21"],
    ],
    [
      "for host bits",
      { ...aws, atlasCidrBlock: "10.8.1.0/21" },
      "ATLAS_NON_CANONICAL_CIDR_BLOCK",
      ["10.8.1.0/21", "10.8.0.0/21"],
    ],
    [
      "for a block too large on AWS",
      { ...aws, atlasCidrBlock: "10.8.0.0/16" },
      "ATLAS_INVALID_CIDR_BLOCK",
      ["10.8.0.0/16", "21 to /24", "AWS"],
    ],
    [
      "for a block too small on Azure",
      { ...azure, atlasCidrBlock: "10.8.0.0/25" },
      "ATLAS_INVALID_CIDR_BLOCK",
      ["10.8.0.0/25", "21 to /24", "AZURE"],
    ],
    [
      "for a block too small on Google Cloud",
      { ...gcp, atlasCidrBlock: "10.8.0.0/21" },
      "ATLAS_INVALID_CIDR_BLOCK",
      ["10.8.0.0/21", "18 or larger", "GCP"],
    ],
    [
      "for more regions than the block has /24s",
      { ...gcp, atlasCidrBlock: "10.8.0.0/23", regions: ["CENTRAL_US", "EASTERN_US", "WESTERN_US"] },
      "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER",
      [],
    ],
    ["for regions that are a text", { ...gcp, regions: "CENTRAL_US" }, "INVALID_JSON_ATTRIBUTE", ["regions"]],
  ])("is refused %s", async (_name, body, code, parameters) => {
    const { json } = await atlas.v1("POST", sandbox, body)
    expect(json).toMatchObject({ errorCode: code, parameters })
  })

  it("may be small on Google Cloud when each region has its /24", async () => {
    const body = {
      ...gcp,
      atlasCidrBlock: "10.8.0.0/22",
      regions: ["CENTRAL_US", "EASTERN_US", "WESTERN_US", "US_EAST_4"],
    }
    const { json } = await atlas.v1("POST", sandbox, body)
    expect(json["regions"]).toEqual(body.regions)
    const path = `${sandbox}/${String(json["id"])}`
    const changed = await atlas.v1("PATCH", path, { ...gcp, atlasCidrBlock: "10.16.0.0/18" })
    expect(changed.json["errorCode"]).toBe("CANNOT_UPDATE_SMALL_CONTAINER")
  })

  it("is unique per region (per project on Google Cloud) and overlaps none of its cloud", async () => {
    await create(aws)
    await create(gcp)
    const code = async (body: object) => (await atlas.v1("POST", sandbox, body)).json["errorCode"]
    expect(await code({ ...aws, atlasCidrBlock: "10.16.0.0/21" })).toBe("CONTAINER_ALREADY_EXISTS")
    expect(await code({ ...gcp, atlasCidrBlock: "10.64.0.0/18" })).toBe("CONTAINER_ALREADY_EXISTS")
    expect(await code({ ...aws, regionName: "US_WEST_2", atlasCidrBlock: "10.8.4.0/24" })).toBe(
      "OVERLAPPING_ATLAS_CIDR_BLOCK",
    )
    expect(await code(azure)).toBeUndefined()
  })
})

describe("an existing container", () => {
  it("cannot be deleted in its first seconds", async () => {
    const path = `${sandbox}/${await create(aws)}`
    expect((await atlas.v1("DELETE", path)).json["errorCode"]).toBe(
      "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER",
    )
    atlas.simulator.advance(5)
    const deleted = await atlas.v1("DELETE", path)
    expect([deleted.status, deleted.text]).toEqual([204, ""])
    expect((await atlas.v1("GET", path)).json["errorCode"]).toBe("CLOUD_PROVIDER_CONTAINER_NOT_FOUND")
  })

  it("is neither changed nor deleted while in use", async () => {
    const { json } = await atlas.v1("GET", payments)
    const [first]: unknown[] = Array.isArray(json["results"]) ? json["results"] : []
    if (typeof first !== "object" || first === null || !("id" in first))
      throw new Error("the scenario has no container")
    const path = `${payments}/${String(first.id)}`
    const body = { providerName: "AWS", regionName: "US_EAST_1", atlasCidrBlock: "10.200.0.0/21" }
    for (const refused of [await atlas.v1("DELETE", path), await atlas.v1("PATCH", path, body)]) {
      expect(refused.json).toMatchObject({
        error: 409,
        errorCode: "CONTAINERS_IN_USE",
        detail: "Cannot modify in use containers. The container still contained resources.",
      })
    }
  })

  it("is in use from a peer's first status on", async () => {
    const path = `${sandbox}/${await create(azure)}`
    atlas.simulator.advance(5)
    const peer = {
      providerName: "AZURE",
      containerId: path.slice(-24),
      azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      resourceGroupName: "rg",
      vnetName: "vnet",
    }
    expect((await atlas.v1("POST", `/groups/${seededIds.emptySandbox}/peers`, peer)).status).toBe(201)
    expect((await atlas.v1("DELETE", path)).json["errorCode"]).toBe("CONTAINERS_IN_USE")
  })

  it("accepts another CIDR and no other region", async () => {
    const path = `${sandbox}/${await create(aws)}`
    const { v1, v2 } = atlas
    const moved = await v1("PATCH", path, { ...aws, atlasCidrBlock: "10.8.1.0/24" })
    expect([moved.status, moved.json["atlasCidrBlock"]]).toEqual([200, "10.8.1.0/24"])
    expect((await v1("PATCH", path, { ...aws, regionName: "US_WEST_2" })).json["errorCode"]).toBe(
      "CANNOT_CHANGE_CONTAINER_REGION",
    )
    expect((await v1("PATCH", path, { ...aws, regionName: "us_west_1" })).json["errorCode"]).toBe(
      "INVALID_JSON",
    )
    const { regionName: _none, ...rest } = aws
    const failed = await v1("PATCH", path, rest)
    expect([failed.status, failed.headers.get("content-length")]).toEqual([500, "122"])
    expect((await v2("PATCH", path, rest)).json["errorCode"]).toBe("MISSING_ATTRIBUTE")
  })
})

describe("privateIpMode", () => {
  it("can change in a project without clusters", async () => {
    const path = `/groups/${seededIds.emptySandbox}/privateIpMode`
    const { v1 } = atlas
    expect((await v1("GET", path)).text).toBe('{"enabled":false}')
    expect((await v1("PATCH", path, { enabled: true })).text).toBe('{"enabled":true}')
    expect((await v1("PATCH", path, { enabled: "no" })).json["errorCode"]).toBe("INVALID_JSON_ATTRIBUTE")
    expect((await v1("PATCH", path, {})).json["errorCode"]).toBe("MISSING_ATTRIBUTE")
    const withClusters = await v1("PATCH", `/groups/${seededIds.payments}/privateIpMode`, { enabled: true })
    expect(withClusters.json).toMatchObject({
      errorCode: "CANNOT_UPDATE_PRIVATE_IP_MODE",
      parameters: [seededIds.payments],
    })
  })
})
