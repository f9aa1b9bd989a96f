import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { defaultDurations } from "#world/durations.ts"
import { azureOverlapText } from "#world/simulated-failures.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const sandbox = seededIds.emptySandbox
const azure = {
  providerName: "AZURE",
  azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
}
/** Available in another project, in container 10.60.0.0/21. */
const legacy = { ...azure, resourceGroupName: "rg-legacy", vnetName: "VNET-legacy" }
const hub = { ...azure, resourceGroupName: "rg-hub", vnetName: "vnet-hub-10-60-4-0-24" }
/** Available in another project, in container 10.96.0.0/18. */
const shared = { providerName: "GCP", gcpProjectId: "acme-shared-net-208841", networkName: "shared-core" }

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

async function post(path: string, body: object): Promise<string> {
  const { status, json } = await atlas.v1("POST", `/groups/${sandbox}/${path}`, body)
  expect(status).toBe(201)
  return String(json["id"])
}
const addAzure = (atlasCidrBlock: string, region = "EUROPE_WEST") =>
  post("containers", { providerName: "AZURE", atlasCidrBlock, region })
const addGcp = (atlasCidrBlock: string) => post("containers", { providerName: "GCP", atlasCidrBlock })
const getPeer = async (id: string) => (await atlas.v1("GET", `/groups/${sandbox}/peers/${id}`)).json
const wait = () => atlas.simulator.advance(defaultDurations.azureAdding)

it("Azure fails a VNet's second Atlas network with overlapping addresses after 40 s, across projects", async () => {
  const id = await post("peers", { ...legacy, containerId: await addAzure("10.60.4.0/22") })
  atlas.simulator.advance(defaultDurations.azureFailing - 1)
  expect((await getPeer(id))["status"]).toBe("ADDING_PEER")
  atlas.simulator.advance(1)
  expect(await getPeer(id)).toMatchObject({
    status: "FAILED",
    errorState: expect.stringMatching(
      /already peered with the second virtual network.*10.60.4.0\/22, 10.60.0.0\/21/,
    ),
  })
})

it("Azure accepts a VNet's second Atlas network with other addresses, and a failed one is in nobody's way", async () => {
  const containerId = await addAzure("10.61.0.0/21")
  const id = await post("peers", { ...legacy, containerId })
  const failed = await post("peers", { ...hub, vnetName: "vnet-10-61-0-0-16", containerId })
  wait()
  expect((await getPeer(id))["status"]).toBe("AVAILABLE")
  expect(await getPeer(failed)).toMatchObject({
    status: "FAILED",
    errorState: expect.stringContaining("their address spaces overlap"),
  })
  const next = await post("peers", {
    ...hub,
    vnetName: "vnet-b-10-61-0-0-16",
    containerId: await addAzure("10.62.0.0/21", "US_EAST_2"),
  })
  wait()
  expect((await getPeer(next))["status"]).toBe("AVAILABLE")
})

it("Azure fails a VNet that overlaps another one of the container, in the words Atlas was seen to use", async () => {
  const containerId = await addAzure("10.70.0.0/21")
  const first = await post("peers", { ...hub, containerId })
  const second = await post("peers", { ...hub, vnetName: "vnet-edge-10-60-0-0-16", containerId })
  wait()
  expect((await getPeer(first))["status"]).toBe("AVAILABLE")
  expect(await getPeer(second)).toMatchObject({ status: "FAILED", errorState: azureOverlapText })
})

it("Google Cloud refuses the owner's side of an overlapping peering, and Atlas goes on waiting for it", async () => {
  const id = await post("peers", { ...shared, containerId: await addGcp("10.96.0.0/18") })
  atlas.simulator.advance(defaultDurations.gcpAdding)
  expect(() => atlas.simulator.cloudSide(id, "create-reciprocal")).toThrow(
    "An IP range in the peer network (10.96.0.0/18) overlaps with an IP range in the local network (10.96.0.0/18)",
  )
  atlas.simulator.advance(3600)
  expect((await getPeer(id))["status"]).toBe("WAITING_FOR_USER")
})

it("Google Cloud refuses subnets that overlap the container's, and takes others", async () => {
  const containerId = await addGcp("10.112.0.0/18")
  const create = async (networkName: string) => {
    const id = await post("peers", { ...shared, networkName, containerId })
    atlas.simulator.advance(defaultDurations.gcpAdding)
    return id
  }
  const within = await create("core-10-112-16-0-20")
  expect(() => atlas.simulator.cloudSide(within, "create-reciprocal")).toThrow("10.112.16.0/20")
  const first = await create("core-10-20-0-0-16")
  atlas.simulator.cloudSide(first, "create-reciprocal")
  atlas.simulator.advance(defaultDurations.gcpReciprocal)
  expect((await getPeer(first))["status"]).toBe("AVAILABLE")
  const second = await create("edge-10-20-4-0-24")
  expect(() => atlas.simulator.cloudSide(second, "create-reciprocal")).toThrow("10.20.0.0/16")
})

it("AWS accepts one VPC for two Atlas networks with the same addresses", async () => {
  const containerId = await post("containers", {
    providerName: "AWS",
    regionName: "US_EAST_1",
    atlasCidrBlock: "192.168.248.0/21",
  })
  const target = {
    awsAccountId: "482913570264",
    vpcId: "vpc-05c1d9e87b3a2f406",
    accepterRegionName: "us-east-1",
  }
  const id = await post("peers", {
    ...target,
    providerName: "AWS",
    routeTableCidrBlock: "10.0.0.0/16",
    containerId,
  })
  atlas.simulator.advance(defaultDurations.awsInitiating)
  atlas.simulator.cloudSide(id, "accept")
  atlas.simulator.advance(defaultDurations.awsFinalizing)
  expect((await getPeer(id))["statusName"]).toBe("AVAILABLE")
})
