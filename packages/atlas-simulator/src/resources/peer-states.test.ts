import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { defaultDurations } from "#world/durations.ts"
import { azureOverlapText } from "#world/marked-inputs.ts"
import { seededIds } from "#world/scenarios.ts"
import type { TestSimulator } from "#testing-simulator.ts"
import { startTestSimulator } from "#testing-simulator.ts"

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

let started: TestSimulator
beforeEach(async () => {
  started = await startTestSimulator({ scenario: "documentation" })
})
afterEach(() => started.simulator.close())

async function create(body: object) {
  const { status, json } = await started.v1("POST", `${groups}/peers`, body)
  expect(status).toBe(201)
  return String(json["id"])
}
const look = async (id: string) => (await started.v1("GET", `${groups}/peers/${id}`)).json
const lookAtContainer = async (providerName: string) => {
  const { json } = await started.v1("GET", `${groups}/containers?providerName=${providerName}`)
  const [container]: unknown[] = Array.isArray(json["results"]) ? json["results"] : []
  return container
}
const pass = (seconds: number) => started.simulator.advance(seconds)

describe("a peer on AWS", () => {
  it("goes from the request over its acceptance to available", async () => {
    const id = await create(awsBody)
    expect(await look(id)).toEqual({
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
    pass(defaultDurations.awsInitiating - 1)
    expect((await look(id))["statusName"]).toBe("INITIATING")
    expect(await lookAtContainer("AWS")).toMatchObject({ provisioned: false, vpcId: null })
    pass(1)
    expect(await look(id)).toMatchObject({
      statusName: "PENDING_ACCEPTANCE",
      connectionId: expect.stringMatching(/^pcx-[0-9a-f]{17}$/),
    })
    expect(await lookAtContainer("AWS")).toMatchObject({
      provisioned: true,
      vpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
    })
    started.simulator.cloudSide(id, "accept")
    expect((await look(id))["statusName"]).toBe("FINALIZING")
    pass(defaultDurations.awsFinalizing)
    expect(await look(id)).toMatchObject({ statusName: "AVAILABLE", errorStateName: null })
  })

  it("fails after seven days without acceptance, and not a second before", async () => {
    const id = await create(awsBody)
    pass(defaultDurations.awsInitiating + 7 * 24 * 3600 - 1)
    expect((await look(id))["statusName"]).toBe("PENDING_ACCEPTANCE")
    pass(1)
    expect(await look(id)).toMatchObject({ statusName: "FAILED", errorStateName: "EXPIRED" })
  })

  it("fails when its owner rejects it, and is made anew by a PATCH of account and VPC", async () => {
    const id = await create(awsBody)
    pass(defaultDurations.awsInitiating)
    const before = await look(id)
    started.simulator.cloudSide(id, "reject")
    expect(await look(id)).toMatchObject({ statusName: "FAILED", errorStateName: "REJECTED" })
    const { status, json } = await started.v1("PATCH", `${groups}/peers/${id}`, awsBody)
    expect([status, json["statusName"], json["connectionId"], json["errorStateName"]]).toEqual([
      200,
      "INITIATING",
      null,
      null,
    ])
    pass(defaultDurations.awsInitiating)
    const after = await look(id)
    expect(after["statusName"]).toBe("PENDING_ACCEPTANCE")
    expect(after["connectionId"]).not.toBe(before["connectionId"])
  })

  it("fails as an invalid argument for a VPC marked as wrong", async () => {
    const id = await create({ ...awsBody, vpcId: "vpc-0bad0bad0bad0bad0" })
    pass(defaultDurations.awsInitiating)
    expect(await look(id)).toMatchObject({ statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" })
    const v2 = await started.v2("GET", `${groups}/peers/${id}`)
    expect(v2.json).toMatchObject({ providerName: "AWS", errorMessage: expect.stringMatching(/./) })
  })

  it("keeps the region of a network elsewhere, and takes the container's when none is given", async () => {
    const elsewhere = await create({ ...awsBody, accepterRegionName: "us-west-1" })
    expect((await look(elsewhere))["accepterRegionName"]).toBe("us-west-1")
    const { accepterRegionName: _none, ...rest } = awsBody
    const same = await create({ ...rest, vpcId: "vpc-7b64b41e", routeTableCidrBlock: "10.17.0.0/16" })
    expect((await look(same))["accepterRegionName"]).toBeNull()
  })

  it("changes its route in place", async () => {
    const id = await create(awsBody)
    pass(defaultDurations.awsInitiating)
    const { json } = await started.v1("PATCH", `${groups}/peers/${id}`, {
      routeTableCidrBlock: "10.18.0.0/24",
    })
    expect(json).toMatchObject({ statusName: "PENDING_ACCEPTANCE", routeTableCidrBlock: "10.18.0.0/24" })
  })
})

describe("a peer on Google Cloud", () => {
  it("waits for its reciprocal for as long as it takes", async () => {
    const id = await create(gcpBody)
    expect(await look(id)).toEqual({
      containerId,
      gcpProjectId: "my-sample-project-191923",
      id,
      networkName: "default",
      status: "ADDING_PEER",
    })
    expect(await lookAtContainer("GCP")).toMatchObject({
      provisioned: false,
      gcpProjectId: null,
      networkName: null,
    })
    pass(defaultDurations.gcpAdding)
    expect((await look(id))["status"]).toBe("WAITING_FOR_USER")
    expect(await lookAtContainer("GCP")).toMatchObject({
      provisioned: true,
      gcpProjectId: expect.stringMatching(/^p-[0-9a-z]{24}$/),
      networkName: expect.stringMatching(/^nt-[0-9a-f]{24}-[0-9a-z]{8}$/),
    })
    pass(365 * 24 * 3600)
    expect((await look(id))["status"]).toBe("WAITING_FOR_USER")
    started.simulator.cloudSide(id, "create-reciprocal")
    pass(defaultDurations.gcpReciprocal - 1)
    started.simulator.cloudSide(id, "create-reciprocal")
    pass(1)
    expect((await look(id))["status"]).toBe("AVAILABLE")
  })

  it("fails with a message when the network is not there", async () => {
    const id = await create({ ...gcpBody, networkName: "missing-net" })
    pass(defaultDurations.gcpAdding)
    expect(await look(id)).toMatchObject({
      status: "FAILED",
      errorMessage: expect.stringContaining("missing-net"),
    })
  })

  it("is found by PATCH only under its own provider", async () => {
    const id = await create(gcpBody)
    pass(defaultDurations.gcpAdding)
    const { providerName: _none, ...rest } = gcpBody
    const lost = await started.v1("PATCH", `${groups}/peers/${id}`, rest)
    expect([lost.status, lost.json["errorCode"]]).toEqual([404, "PEER_NOT_FOUND"])
    expect(lost.headers.get("content-length")).toBe("228")
    const found = await started.v1("PATCH", `${groups}/peers/${id}`, { ...gcpBody, networkName: "other" })
    expect(found.json).toMatchObject({ status: "ADDING_PEER", networkName: "other" })
  })
})

describe("a peer on Azure", () => {
  it("becomes available by itself", async () => {
    const id = await create(azureBody)
    expect(await look(id)).toMatchObject({ status: "ADDING_PEER", errorState: null })
    pass(defaultDurations.azureAdding)
    expect((await look(id))["status"]).toBe("AVAILABLE")
    expect(await lookAtContainer("AZURE")).toMatchObject({
      provisioned: true,
      azureSubscriptionId: expect.stringMatching(/^[0-9a-f]{24}$/),
      vnetName: expect.stringMatching(new RegExp(`^vnet_${containerId}_[a-z]{8}$`)),
    })
  })

  it("fails after forty seconds when its addresses overlap another's", async () => {
    const id = await create({ ...azureBody, vnetName: "overlap-vnet" })
    pass(39)
    expect((await look(id))["status"]).toBe("ADDING_PEER")
    pass(1)
    expect(await look(id)).toMatchObject({ status: "FAILED", errorState: azureOverlapText })
  })

  it("fails long after it worked when Atlas loses its permission", async () => {
    const id = await create(azureBody)
    pass(defaultDurations.azureAdding)
    started.simulator.cloudSide(id, "revoke-permission")
    expect(await look(id)).toMatchObject({
      status: "FAILED",
      errorState: expect.stringContaining("permission"),
    })
  })

  it("can be stuck in its deletion, which only v2 has a word for", async () => {
    const id = await create({ ...azureBody, vnetName: "stuck-vnet" })
    expect((await started.v1("DELETE", `${groups}/peers/${id}`)).status).toBe(202)
    pass(defaultDurations.deleting)
    expect((await look(id))["status"]).toBe("FAILED")
    expect((await started.v2("GET", `${groups}/peers/${id}`)).json["status"]).toBe("DELETION_FAILED")
  })
})

describe("every peer", () => {
  it.each([
    ["AWS", awsBody, "statusName", "TERMINATING"],
    ["GCP", gcpBody, "status", "DELETING"],
    ["AZURE", azureBody, "status", "DELETING"],
  ])(
    "of %s is taken down, then gone, and its container unlocks a while after",
    async (provider, body, field, status) => {
      const id = await create(body)
      pass(100)
      const accepted = await started.v1("DELETE", `${groups}/peers/${id}`)
      expect([accepted.status, accepted.text]).toEqual([202, "{}"])
      expect((await look(id))[field]).toBe(status)
      const again = await started.v1("DELETE", `${groups}/peers/${id}`)
      expect(again.json["errorCode"]).toBe("PEER_ALREADY_REQUESTED_DELETION")
      pass(defaultDurations.deleting)
      expect((await look(id))["errorCode"]).toBe("PEER_NOT_FOUND")
      expect(await lookAtContainer(provider)).toMatchObject({ provisioned: true })
      pass(defaultDurations.containerUnlock - 1)
      expect(await lookAtContainer(provider)).toMatchObject({ provisioned: true })
      pass(1)
      expect(await lookAtContainer(provider)).toMatchObject({ provisioned: false })
    },
  )

  it.each([
    ["AWS", awsBody, "statusName", "errorStateName"],
    ["GCP", gcpBody, "status", "errorMessage"],
    ["AZURE", azureBody, "status", "errorState"],
  ])(
    "of %s fails when its network is deleted, and can then be deleted itself",
    async (_provider, body, field, why) => {
      const id = await create(body)
      pass(100)
      started.simulator.cloudSide(id, "delete-network")
      expect(await look(id)).toMatchObject({ [field]: "FAILED", [why]: expect.stringMatching(/./) })
      expect((await started.v1("DELETE", `${groups}/peers/${id}`)).status).toBe(202)
    },
  )

  it("comes out the same however often one looks", async () => {
    const other = await startTestSimulator({ scenario: "documentation" })
    try {
      const id = await create(awsBody)
      const twin = String((await other.v1("POST", `${groups}/peers`, awsBody)).json["id"])
      expect(twin).toBe(id)
      for (let second = 0; second < 40; second++) {
        pass(1)
        started.simulator.state()
      }
      other.simulator.advance(40)
      expect(other.simulator.state().projects).toEqual(started.simulator.state().projects)
    } finally {
      await other.simulator.close()
    }
  })
})
