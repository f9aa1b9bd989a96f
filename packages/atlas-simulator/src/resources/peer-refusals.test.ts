import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const containerId = seededIds.documentationContainer
const groups = `/groups/${seededIds.documentationProject}`
const unknownId = "0123456789abcdef01234567"

const aws = {
  providerName: "AWS",
  containerId,
  accepterRegionName: "us-east-1",
  awsAccountId: "999900000000",
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId: "vpc-078ac381aa90e1e63",
}
const gcp = {
  providerName: "GCP",
  containerId,
  gcpProjectId: "my-sample-project-191923",
  networkName: "default",
}
const azure = {
  providerName: "AZURE",
  containerId,
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg",
  vnetName: "vnet",
}

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
  for (const body of [aws, gcp, azure]) {
    const { status, text } = await atlas.v1("POST", `${groups}/peers`, body)
    if (status !== 201) throw new Error(text)
  }
})
afterAll(() => atlas.simulator.close())

const without = (body: object, name: string) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))
const newVpc = { vpcId: "vpc-0ffffffffffffffff", routeTableCidrBlock: "10.99.0.0/16" }

describe("creating a peer", () => {
  it.each<[string, unknown, number, string, unknown[]]>([
    ["truncated JSON", '{"providerName":', 400, "MALFORMED_JSON", []],
    ["a missing body", "", 400, "MALFORMED_JSON", []],
    ["a list", [], 400, "INVALID_JSON", []],
    ["a provider in another case", { ...azure, providerName: "Azure" }, 400, "INVALID_ENUM_VALUE", ["Azure"]],
    ["an unknown field", { ...aws, colour: "red" }, 400, "INVALID_ATTRIBUTE", ["colour"]],
    ["another cloud's field", { ...gcp, vpcId: "vpc-7b64b41e" }, 400, "INVALID_ATTRIBUTE", ["vpcId"]],
    [
      "the Atlas CIDR on AWS",
      { ...aws, atlasCidrBlock: "10.8.0.0/21" },
      400,
      "INVALID_ATTRIBUTE",
      ["atlasCidrBlock"],
    ],
    ["a read-only field", { ...aws, statusName: "AVAILABLE" }, 400, "ATTRIBUTE_READ_ONLY", ["statusName"]],
    ["a missing VPC", without(aws, "vpcId"), 400, "MISSING_ATTRIBUTE", ["vpcId"]],
    ["a missing network", without(gcp, "networkName"), 400, "MISSING_ATTRIBUTE", ["networkName"]],
    [
      "a missing directory",
      without(azure, "azureDirectoryId"),
      400,
      "MISSING_ATTRIBUTE",
      ["azureDirectoryId"],
    ],
    ["an empty account", { ...aws, awsAccountId: "" }, 400, "MISSING_ATTRIBUTE", ["awsAccountId"]],
    [
      "an account that is a number",
      { ...aws, awsAccountId: 1 },
      400,
      "INVALID_JSON_ATTRIBUTE",
      ["awsAccountId"],
    ],
    ["a short account", { ...aws, awsAccountId: "12345678901" }, 400, "INVALID_ATTRIBUTE", ["awsAccountId"]],
    ["a subnet as VPC", { ...aws, vpcId: "subnet-0a1b2c3d" }, 400, "INVALID_ATTRIBUTE", ["vpcId"]],
    [
      "a Google project that is a number",
      { ...gcp, gcpProjectId: "123456" },
      400,
      "INVALID_ATTRIBUTE",
      ["gcpProjectId"],
    ],
    [
      "a malformed subscription",
      { ...azure, azureSubscriptionId: "sub" },
      400,
      "INVALID_ATTRIBUTE",
      ["azureSubscriptionId"],
    ],
    [
      "a region in the containers' spelling",
      { ...aws, accepterRegionName: "US_EAST_1" },
      400,
      "INVALID_REGION",
      ["US_EAST_1", "AWS"],
    ],
    [
      "a CIDR that is an address",
      { ...aws, routeTableCidrBlock: "10.0.0.0" },
      400,
      "INVALID_CIDR_BLOCK",
      ["10.0.0.0"],
    ],
    [
      "a public CIDR",
      { ...aws, routeTableCidrBlock: "8.8.8.0/24" },
      400,
      "INVALID_ROUTE_TABLE_CIDR",
      ["8.8.8.0/24"],
    ],
    ["a malformed container id", { ...aws, containerId: "x" }, 400, "INVALID_ATTRIBUTE", ["containerId"]],
    [
      "an unknown container",
      { ...aws, containerId: unknownId },
      404,
      "CLOUD_PROVIDER_CONTAINER_NOT_FOUND",
      [unknownId],
    ],
    [
      "a CIDR that overlaps the Atlas CIDR",
      { ...aws, ...newVpc, routeTableCidrBlock: "10.8.4.0/24" },
      409,
      "OVERLAPPING_ATLAS_CIDR_BLOCK",
      ["10.8.4.0/24"],
    ],
    [
      "a CIDR that overlaps another peer's",
      { ...aws, ...newVpc, routeTableCidrBlock: "10.15.3.0/24" },
      409,
      "OVERLAPPING_CIDR_BLOCK",
      ["10.15.3.0/24"],
    ],
    [
      "a duplicate VPC",
      { ...aws, routeTableCidrBlock: "10.99.0.0/16" },
      409,
      "PEER_ALREADY_EXISTS",
      [aws.awsAccountId, aws.vpcId],
    ],
    ["a duplicate Google network", gcp, 409, "PEER_ALREADY_EXISTS_GCP", [gcp.gcpProjectId, gcp.networkName]],
    [
      "a duplicate virtual network in another case",
      { ...azure, vnetName: "VNET" },
      409,
      "PEER_ALREADY_EXISTS_AZURE",
      [azure.azureSubscriptionId, "VNET"],
    ],
    [
      "an Azure network without permission",
      { ...azure, vnetName: "no-permission-vnet" },
      400,
      "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED",
      [],
    ],
    [
      "an unreachable Azure network",
      { ...azure, vnetName: "unreachable-vnet" },
      404,
      "AZURE_CUSTOMER_NETWORK_UNREACHABLE",
      [],
    ],
  ])("is refused for %s", async (_name, body, status, code, parameters) => {
    const { v1 } = atlas
    const answer = await v1("POST", `${groups}/peers`, body)
    expect(answer.json).toMatchObject({ error: status, errorCode: code, parameters })
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.json)).toEqual(["detail", "error", "errorCode", "parameters", "reason"])
    expect(answer.text).not.toMatch(/%[sd]|\n/)
  })

  it("is refused in v2 without a region, which v1.0 accepts", async () => {
    const answer = await atlas.v2("POST", `${groups}/peers`, without(aws, "accepterRegionName"))
    expect(answer.json).toMatchObject({ errorCode: "MISSING_ATTRIBUTE", parameters: ["accepterRegionName"] })
    expect(answer.headers.get("x-error-code")).toBe("MISSING_ATTRIBUTE")
    expect(answer.headers.get("content-type")).toBe("application/json")
  })

  it("is refused in a project without payment", async () => {
    const answer = await atlas.v1("POST", `/groups/${seededIds.withoutPayment}/peers`, aws)
    expect([answer.status, answer.json["errorCode"]]).toEqual([402, "NO_PAYMENT_INFORMATION_FOUND"])
  })

  it("is refused in a second Azure region in peering-only mode", async () => {
    const project = atlas.simulator.state().projects.find(({ id }) => id === seededIds.peeringOnly)
    const second = project?.containers.find(({ region }) => region === "EUROPE_NORTH")
    const path = `/groups/${seededIds.peeringOnly}`
    const body = { ...azure, containerId: second?.id }
    const answer = await atlas.v1("POST", `${path}/peers`, body)
    expect(answer.json["errorCode"]).toBe(
      "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE",
    )
    expect((await atlas.v2("PATCH", `${path}/privateIpMode`, { enabled: false })).json).toEqual({
      enabled: false,
    })
    expect((await atlas.v1("POST", `${path}/peers`, body)).status).toBe(201)
    const back = await atlas.v2("PATCH", `${path}/privateIpMode`, { enabled: true })
    expect(back.json["errorCode"]).toBe("UNSUPPORTED_FOR_PRIVATE_IP_MODE")
  })
})

describe("an existing peer", () => {
  const anyPeer = (status: string) => {
    const project = atlas.simulator.state().projects.find(({ id }) => id === seededIds.payments)
    return project?.peers.find((peer) => peer.status === status)?.id
  }

  it.each([
    ["pcx-0123456789abcdef0", 400, "PATH_PARAM_PARSE_ERROR"],
    ["%E0%A4%A", 400, "PATH_PARAM_PARSE_ERROR"],
    [unknownId, 404, "PEER_NOT_FOUND"],
  ])("is not found as %s", async (id, status, code) => {
    const answer = await atlas.v1("GET", `${groups}/peers/${id}`)
    expect([answer.status, answer.json["errorCode"]]).toEqual([status, code])
  })

  it("cannot be changed on Azure", async () => {
    const path = `/groups/${seededIds.payments}/peers`
    const id = atlas.simulator
      .state()
      .projects.flatMap(({ peers }) => peers)
      .find((peer) => peer.providerName === "AZURE" && peer.status === "AVAILABLE")?.id
    const answer = await atlas.v1("PATCH", `${path}/${id}`, azure)
    expect(answer.json).toMatchObject({ errorCode: "INVALID_ATTRIBUTE", parameters: ["azureDirectoryId"] })
  })

  it("cannot be changed while Atlas works on it, nor moved to another region or container", async () => {
    const path = `/groups/${seededIds.payments}/peers`
    const busy = await atlas.v1("PATCH", `${path}/${anyPeer("INITIATING")}`, {
      routeTableCidrBlock: "10.200.0.0/24",
    })
    expect([busy.status, busy.json["errorCode"]]).toEqual([409, "PEER_INVALID_STATE"])
    const id = anyPeer("PENDING_ACCEPTANCE")
    for (const body of [{ accepterRegionName: "eu-west-3" }, { containerId: unknownId }]) {
      const answer = await atlas.v1("PATCH", `${path}/${id}`, body)
      expect(answer.json).toMatchObject({ errorCode: "ATTRIBUTE_READ_ONLY", parameters: Object.keys(body) })
    }
  })
})

describe("the peer limits of a project", () => {
  const repeat = async (count: number, run: (index: number) => Promise<void>) => {
    for (let index = 0; index < count; index++) await run(index)
  }

  const createMany = (own: TestSimulator) => (index: number) =>
    own.v1("POST", `${groups}/peers`, {
      ...aws,
      vpcId: `vpc-${(0x10000000 + index).toString(16)}`,
      routeTableCidrBlock: `172.16.${index}.0/24`,
    })

  it("are 25 unfinished peers and 50 in total", async () => {
    const own = await startTestSimulator({ scenario: "documentation" })
    const create = createMany(own)
    try {
      await repeat(25, async (index) => expect((await create(index)).status).toBe(201))
      const twentySixth = await create(25)
      expect(twentySixth.json).toMatchObject({ errorCode: "PEER_MAXIMUM_REACHED", parameters: [25] })
      const acceptAll = () => {
        own.simulator.advance(30)
        for (const peer of own.simulator.state().projects[0]?.peers ?? []) {
          if (peer.status === "PENDING_ACCEPTANCE") own.simulator.cloudSide(peer.id, "accept")
        }
        own.simulator.advance(60)
      }
      acceptAll()
      await repeat(25, async (index) => expect((await create(25 + index)).status).toBe(201))
      acceptAll()
      const fiftyFirst = await create(50)
      expect(fiftyFirst.json).toMatchObject({ errorCode: "PEER_MAXIMUM_REACHED", parameters: [50] })
    } finally {
      await own.simulator.close()
    }
  })

  it("rise independently", async () => {
    for (const [limits, most] of [
      [{ peerLimit: 200 }, 25],
      [{ peerLimit: 200, pendingLimit: 27 }, 27],
    ] as const) {
      const own = await startTestSimulator({ scenario: "documentation", ...limits })
      const create = createMany(own)
      try {
        await repeat(most, async (index) => expect((await create(index)).status).toBe(201))
        expect((await create(most)).json).toMatchObject({
          errorCode: "PEER_MAXIMUM_REACHED",
          parameters: [most],
        })
      } finally {
        await own.simulator.close()
      }
    }
  })
})
