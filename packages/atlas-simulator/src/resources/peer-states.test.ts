import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"

import { defaultDurations } from "#world/durations.ts"
import { azureOverlapText } from "#world/simulated-failures.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const groups = `/groups/${seededIds.documentationProject}`
const containerId = seededIds.documentationContainer

const awsBody = {
  providerName: "AWS",
  containerId,
  accepterRegionName: "us-east-1",
  awsAccountId: "999900000000",
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId: "vpc-078ac381aa90e1e63",
}
const gcpBody = {
  providerName: "GCP",
  containerId,
  gcpProjectId: "my-sample-project-191923",
  networkName: "default",
}
const azureBody = {
  providerName: "AZURE",
  containerId,
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg",
  vnetName: "vnet",
}

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ scenario: "documentation" })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

async function create(body: object) {
  const { status, json } = await atlas.v1("POST", `${groups}/peers`, body)
  expect(status).toBe(201)
  return String(json["id"])
}
const getPeer = async (id: string) => (await atlas.v1("GET", `${groups}/peers/${id}`)).json
const getContainer = async (providerName: string) => {
  const { json } = await atlas.v1("GET", `${groups}/containers?providerName=${providerName}`)
  const [container]: unknown[] = Array.isArray(json["results"]) ? json["results"] : []
  return container
}
const advance = (seconds: number) => atlas.simulator.advance(seconds)

describe("an AWS peer", () => {
  it("becomes available after initiating, acceptance and finalizing", async () => {
    const id = await create(awsBody)
    expect(await getPeer(id)).toEqual({
      accepterRegionName: null,
      awsAccountId: "999900000000",
      connectionId: null,
      containerId,
      errorStateName: null,
      id,
      routeTableCidrBlock: "10.15.0.0/16",
      statusName: "INITIATING",
      vpcId: "vpc-078ac381aa90e1e63",
    })
    advance(defaultDurations.awsInitiating - 1)
    expect((await getPeer(id))["statusName"]).toBe("INITIATING")
    expect(await getContainer("AWS")).toMatchObject({ provisioned: false, vpcId: null })
    advance(1)
    expect(await getPeer(id)).toMatchObject({
      statusName: "PENDING_ACCEPTANCE",
      connectionId: expect.stringMatching(/^pcx-[0-9a-f]{17}$/),
    })
    expect(await getContainer("AWS")).toMatchObject({
      provisioned: true,
      vpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
    })
    atlas.simulator.cloudSide(id, "accept")
    expect((await getPeer(id))["statusName"]).toBe("FINALIZING")
    advance(defaultDurations.awsFinalizing)
    expect(await getPeer(id)).toMatchObject({ statusName: "AVAILABLE", errorStateName: null })
  })

  it("fails after exactly seven days without acceptance", async () => {
    const id = await create(awsBody)
    advance(defaultDurations.awsInitiating + 7 * 24 * 3600 - 1)
    expect((await getPeer(id))["statusName"]).toBe("PENDING_ACCEPTANCE")
    advance(1)
    expect(await getPeer(id)).toMatchObject({ statusName: "FAILED", errorStateName: "EXPIRED" })
  })

  it("fails when its owner rejects it, and starts over with a PATCH of account and VPC", async () => {
    const id = await create(awsBody)
    advance(defaultDurations.awsInitiating)
    const before = await getPeer(id)
    atlas.simulator.cloudSide(id, "reject")
    expect(await getPeer(id)).toMatchObject({ statusName: "FAILED", errorStateName: "REJECTED" })
    const { status, json } = await atlas.v1("PATCH", `${groups}/peers/${id}`, awsBody)
    expect([status, json["statusName"], json["connectionId"], json["errorStateName"]]).toEqual([
      200,
      "INITIATING",
      null,
      null,
    ])
    advance(defaultDurations.awsInitiating)
    const after = await getPeer(id)
    expect(after["statusName"]).toBe("PENDING_ACCEPTANCE")
    expect(after["connectionId"]).not.toBe(before["connectionId"])
  })

  it("fails with INVALID_ARGUMENT for a VPC named vpc-0bad…", async () => {
    const id = await create({ ...awsBody, vpcId: "vpc-0bad0bad0bad0bad0" })
    advance(defaultDurations.awsInitiating)
    expect(await getPeer(id)).toMatchObject({ statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" })
    const v2 = await atlas.v2("GET", `${groups}/peers/${id}`)
    expect(v2.json).toMatchObject({ providerName: "AWS", errorStateName: "INVALID_ARGUMENT" })
    expect(Object.keys(v2.json)).not.toContain("errorMessage")
  })

  it("keeps the region of a network elsewhere, and defaults to the container's", async () => {
    const elsewhere = await create({ ...awsBody, accepterRegionName: "us-west-1" })
    expect((await getPeer(elsewhere))["accepterRegionName"]).toBe("us-west-1")
    const { accepterRegionName: _none, ...rest } = awsBody
    const same = await create({ ...rest, vpcId: "vpc-7b64b41e", routeTableCidrBlock: "10.17.0.0/16" })
    expect((await getPeer(same))["accepterRegionName"]).toBeNull()
  })

  it("changes its route in place", async () => {
    const id = await create(awsBody)
    advance(defaultDurations.awsInitiating)
    const { json } = await atlas.v1("PATCH", `${groups}/peers/${id}`, {
      routeTableCidrBlock: "10.18.0.0/24",
    })
    expect(json).toMatchObject({ statusName: "PENDING_ACCEPTANCE", routeTableCidrBlock: "10.18.0.0/24" })
  })
})

describe("a Google Cloud peer", () => {
  it("waits for its reciprocal peering without a time limit", async () => {
    const id = await create(gcpBody)
    expect(await getPeer(id)).toEqual({
      containerId,
      gcpProjectId: "my-sample-project-191923",
      id,
      networkName: "default",
      status: "ADDING_PEER",
    })
    expect(await getContainer("GCP")).toMatchObject({
      provisioned: false,
      gcpProjectId: null,
      networkName: null,
    })
    advance(defaultDurations.gcpAdding)
    expect((await getPeer(id))["status"]).toBe("WAITING_FOR_USER")
    expect(await getContainer("GCP")).toMatchObject({
      provisioned: true,
      gcpProjectId: expect.stringMatching(/^p-[0-9a-z]{24}$/),
      networkName: expect.stringMatching(/^nt-[0-9a-f]{24}-[0-9a-z]{8}$/),
    })
    advance(365 * 24 * 3600)
    expect((await getPeer(id))["status"]).toBe("WAITING_FOR_USER")
    atlas.simulator.cloudSide(id, "create-reciprocal")
    advance(defaultDurations.gcpReciprocal - 1)
    atlas.simulator.cloudSide(id, "create-reciprocal")
    advance(1)
    expect((await getPeer(id))["status"]).toBe("AVAILABLE")
  })

  it("fails with a message for a network named missing-…", async () => {
    const id = await create({ ...gcpBody, networkName: "missing-net" })
    advance(defaultDurations.gcpAdding)
    expect(await getPeer(id)).toMatchObject({
      status: "FAILED",
      errorMessage: expect.stringContaining("missing-net"),
    })
  })

  it("is found by PATCH only under its own provider", async () => {
    const id = await create(gcpBody)
    advance(defaultDurations.gcpAdding)
    const { providerName: _none, ...rest } = gcpBody
    const lost = await atlas.v1("PATCH", `${groups}/peers/${id}`, rest)
    expect([lost.status, lost.json["errorCode"]]).toEqual([404, "PEER_NOT_FOUND"])
    expect(lost.headers.get("content-length")).toBe("228")
    const found = await atlas.v1("PATCH", `${groups}/peers/${id}`, { ...gcpBody, networkName: "other" })
    expect(found.json).toMatchObject({ status: "ADDING_PEER", networkName: "other" })
  })
})

describe("an Azure peer", () => {
  it("becomes available by itself", async () => {
    const id = await create(azureBody)
    expect(await getPeer(id)).toMatchObject({ status: "ADDING_PEER", errorState: null })
    advance(defaultDurations.azureAdding)
    expect((await getPeer(id))["status"]).toBe("AVAILABLE")
    expect(await getContainer("AZURE")).toMatchObject({
      provisioned: true,
      azureSubscriptionId: expect.stringMatching(/^[0-9a-f]{24}$/),
      vnetName: expect.stringMatching(new RegExp(`^vnet_${containerId}_[a-z]{8}$`)),
    })
  })

  it("fails after forty seconds for a network named overlap-…", async () => {
    const id = await create({ ...azureBody, vnetName: "overlap-vnet" })
    advance(39)
    expect((await getPeer(id))["status"]).toBe("ADDING_PEER")
    advance(1)
    expect(await getPeer(id)).toMatchObject({ status: "FAILED", errorState: azureOverlapText })
  })

  it("fails after it was available when Atlas loses its permission", async () => {
    const id = await create(azureBody)
    advance(defaultDurations.azureAdding)
    atlas.simulator.cloudSide(id, "revoke-permission")
    expect(await getPeer(id)).toMatchObject({
      status: "FAILED",
      errorState: expect.stringContaining("permission"),
    })
  })

  it("is DELETION_FAILED in v2 and FAILED in v1.0 for a network named stuck-…", async () => {
    const id = await create({ ...azureBody, vnetName: "stuck-vnet" })
    expect((await atlas.v1("DELETE", `${groups}/peers/${id}`)).status).toBe(202)
    advance(defaultDurations.deleting)
    expect((await getPeer(id))["status"]).toBe("FAILED")
    expect((await atlas.v2("GET", `${groups}/peers/${id}`)).json["status"]).toBe("DELETION_FAILED")
  })
})

describe("a peer of any cloud", () => {
  it.each([
    ["AWS", awsBody, "statusName", "TERMINATING"],
    ["GCP", gcpBody, "status", "DELETING"],
    ["AZURE", azureBody, "status", "DELETING"],
  ])(
    "is deleted in steps (%s), and its container unlocks two minutes later",
    async (provider, body, field, status) => {
      const id = await create(body)
      advance(100)
      const accepted = await atlas.v1("DELETE", `${groups}/peers/${id}`)
      expect([accepted.status, accepted.text]).toEqual([202, "{}"])
      expect((await getPeer(id))[field]).toBe(status)
      const again = await atlas.v1("DELETE", `${groups}/peers/${id}`)
      expect(again.json["errorCode"]).toBe("PEER_ALREADY_REQUESTED_DELETION")
      advance(defaultDurations.deleting)
      expect((await getPeer(id))["errorCode"]).toBe("PEER_NOT_FOUND")
      expect(await getContainer(provider)).toMatchObject({ provisioned: true })
      advance(defaultDurations.containerUnlock - 1)
      expect(await getContainer(provider)).toMatchObject({ provisioned: true })
      advance(1)
      expect(await getContainer(provider)).toMatchObject({ provisioned: false })
    },
  )

  it.each([
    ["AWS", awsBody, "statusName", "errorStateName"],
    ["GCP", gcpBody, "status", "errorMessage"],
    ["AZURE", azureBody, "status", "errorState"],
  ])(
    "fails when its network is deleted (%s), and can then be deleted",
    async (_provider, body, field, why) => {
      const id = await create(body)
      advance(100)
      atlas.simulator.cloudSide(id, "delete-network")
      expect(await getPeer(id)).toMatchObject({ [field]: "FAILED", [why]: expect.stringMatching(/./) })
      expect((await atlas.v1("DELETE", `${groups}/peers/${id}`)).status).toBe(202)
    },
  )

  it("has the same states however often they are read", async () => {
    const other = await startTestSimulator({ scenario: "documentation" })
    try {
      const id = await create(awsBody)
      const twin = String((await other.v1("POST", `${groups}/peers`, awsBody)).json["id"])
      expect(twin).toBe(id)
      for (let second = 0; second < 40; second++) {
        advance(1)
        atlas.simulator.state()
      }
      other.simulator.advance(40)
      expect(other.simulator.state().projects).toEqual(atlas.simulator.state().projects)
    } finally {
      await other.simulator.close()
    }
  })
})
