import {
  createSimulator,
  demoServiceAccount,
  ownerKey,
  seededIds,
  type Simulator,
} from "@peering-desk/atlas-simulator"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { AtlasKeyClient } from "./atlas-client.ts"
import { azureRequest, createLoggedClient, problemOf } from "#test/support/atlas.ts"

const { crowded, payments } = seededIds
let simulator: Simulator
let origin: string
beforeAll(async () => {
  simulator = createSimulator({ speed: 0, scenario: "crowded" })
  origin = (await simulator.listen({ port: 0 })).origin
})
beforeEach(() => simulator.reset())
afterAll(() => simulator.close())

const { clientId, clientSecret } = demoServiceAccount
const networkManager = { publicKey: "simpeers", privateKey: "fa4e0000-0000-4000-8000-000000000006" }

describe.each([
  { apiVersion: "v1.0", by: "an API key", credential: ownerKey },
  { apiVersion: "2023-01-01", by: "an API key", credential: ownerKey },
  { apiVersion: "2023-01-01", by: "a service account", credential: { clientId, clientSecret } },
] as const)("clusters over $apiVersion with $by", ({ apiVersion, credential }) => {
  let client: AtlasKeyClient
  let lines: string[]
  beforeEach(() => {
    ;({ client, lines } = createLoggedClient(origin, { credential, apiVersion }))
  })
  const find = async (name: string) =>
    (await client.listClusters(payments)).find((cluster) => cluster.name === name)

  test("reads state, regions and connection strings of every cluster", async () => {
    expect((await client.listClusters(crowded)).length).toBe(12)
    expect(await find("ledger")).toMatchObject({
      stateName: "IDLE",
      paused: false,
      isDedicated: true,
      regions: expect.arrayContaining([
        { providerName: "AWS", regionName: "US_EAST_1" },
        { providerName: "AWS", regionName: "EU_WEST_1" },
      ]),
      connectionStrings: { standardSrv: expect.stringMatching(/^mongodb\+srv:/) },
    })
    expect((await find("ledger"))?.connectionStrings.privateSrv).toBeFalsy()
    expect((await find("settlement"))?.connectionStrings.privateSrv).toMatch(/-pri\./)
    expect(await find("reports-2024")).toMatchObject({ paused: true })
    expect(await find("orders")).toMatchObject({ stateName: "CREATING" })
    expect((await find("orders"))?.connectionStrings.standardSrv).toBeFalsy()
    expect(await find("playground")).toMatchObject({ isDedicated: false, regions: [] })
  })

  test("reads a cluster on several clouds with all its regions", async () => {
    simulator.putCluster(payments, {
      name: "global",
      stateName: "IDLE",
      regions: [
        { providerName: "AWS", regionName: "US_EAST_1", nodes: 2 },
        { providerName: "AZURE", regionName: "US_EAST_2", nodes: 1 },
      ],
    })
    expect(await find("global")).toMatchObject({
      isDedicated: true,
      regions: [
        { providerName: "AWS", regionName: "US_EAST_1" },
        { providerName: "AZURE", regionName: "US_EAST_2" },
      ],
    })
  })

  test("logs no connection string", async () => {
    await client.listClusters(payments)
    expect(lines.join()).toContain("/clusters")
    expect(lines.join()).not.toContain("mongodb.net")
  })

  test("reads and switches custom DNS, which adds private strings on AWS", async () => {
    expect(await client.readAwsCustomDns(payments)).toEqual({ enabled: false })
    expect(await client.changeAwsCustomDns(payments, true)).toEqual({
      value: { enabled: true },
      answerCode: "202",
    })
    expect(await client.readAwsCustomDns(payments)).toEqual({ enabled: true })
    expect((await find("ledger"))?.connectionStrings.privateSrv).toMatch(/-pri\./)
  })

  test("a switch of custom DNS whose answer is lost has an unknown outcome", async () => {
    simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "after" } })
    expect((await problemOf(client.changeAwsCustomDns(payments, true))).code).toBe("outcome_unknown")
    simulator.clearFaults()
    expect(await client.readAwsCustomDns(payments)).toEqual({ enabled: true })
  })
})

test("a network access manager's key follows a peering to its connection string, and may not switch custom DNS", async () => {
  const { client } = createLoggedClient(origin, { credential: networkManager })
  const containers = await client.listContainers(payments)
  const container = containers.find((one) => one.providerName === "AZURE" && one.region === "US_EAST_2")
  const created = await client.createPeer(payments, { ...azureRequest, containerId: container?.id ?? "" })
  expect(created).toMatchObject({ status: "ADDING_PEER" })
  const settlement = (await client.listClusters(payments)).find(({ name }) => name === "settlement")
  expect(settlement?.connectionStrings.privateSrv).toMatch(/-pri\./)
  const refused = await problemOf(client.changeAwsCustomDns(payments, true))
  expect([refused.code, refused.shown.atlas?.errorCode]).toEqual([
    "atlas_rights_missing",
    "USER_UNAUTHORIZED",
  ])
  expect(await client.readAwsCustomDns(payments)).toEqual({ enabled: false })
})
