import { execFile } from "node:child_process"
import { promisify } from "node:util"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const run = promisify(execFile)

const awsExample = `
               {
                 "accepterRegionName" : "us-west-1",
                 "awsAccountId" : "abc123abc123",
                 "containerId" : "507f1f77bcf86cd799439011",
                 "providerName" : "AWS",
                 "routeTableCidrBlock" : "192.168.0.0/24",
                 "vpcId" : "vpc-abc123abc123"
               }`
const gcpExample = `
               {
                 "containerId" : "507f1f77bcf86cd799439011",
                 "gcpProjectId" : "my-sample-project-191923",
                 "networkName" : "test1",
                 "providerName" : "GCP"
               }`
const azureAsPrinted = `
               {
                 "atlasCidrBlock": "192.168.0.0/21"
                 "azureDirectoryId": "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
                 "azureSubscriptionId": "g893dec2-d92e-478d-bc50-cf99d31bgeg9",
                 "containerId": "507f1f77bcf86cd799439011",
                 "providerName": "AZURE",
                 "resourceGroupName": "atlas-azure-peering",
                 "vnetName": "azure-peer"
               }`
const azureWithComma = azureAsPrinted.replace('"192.168.0.0/21"', '"192.168.0.0/21",')

describe("the documentation's curl examples", () => {
  let atlas: TestSimulator
  beforeAll(async () => {
    await run("curl", ["--version"]).catch((error: unknown) => {
      throw new Error(
        "these tests run the documentation's commands and need curl on the PATH (apt-get install curl)",
        {
          cause: error,
        },
      )
    })
    atlas = await startTestSimulator()
  })
  afterAll(() => atlas.simulator.close())

  async function curl(data: string, options: { version?: string; type?: string } = {}) {
    const { version = "v1.0", type = "application/json" } = options
    const path = `/api/atlas/${version}/groups/5356823b3794dee37132bb7b/peers?pretty=true`
    const { stdout } = await run("curl", [
      "--silent",
      "--write-out",
      "\n%{http_code}",
      "--user",
      "simowner:fa4e0000-0000-4000-8000-000000000001",
      "--digest",
      "--header",
      `Accept: ${type}`,
      "--header",
      `Content-Type: ${type}`,
      "--request",
      "POST",
      atlas.origin + path,
      "--data",
      data,
    ])
    const at = stdout.lastIndexOf("\n")
    const json: unknown = JSON.parse(stdout.slice(0, at))
    return { status: stdout.slice(at + 1), text: stdout.slice(0, at), json }
  }

  const v2 = { version: "v2", type: "application/vnd.atlas.2023-01-01+json" }

  it("create an AWS peer as printed", async () => {
    const { status, text, json } = await curl(awsExample)
    expect(status).toBe("201")
    expect(json).toEqual({
      accepterRegionName: "us-west-1",
      awsAccountId: "abc123abc123",
      connectionId: null,
      containerId: "507f1f77bcf86cd799439011",
      errorStateName: null,
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      routeTableCidrBlock: "192.168.0.0/24",
      statusName: "INITIATING",
      vpcId: "vpc-abc123abc123",
    })
    expect(text).toMatch(/^\{\n {2}"accepterRegionName" : "us-west-1",\n/)
  })

  it("create a Google Cloud peer as printed", async () => {
    const { status, json } = await curl(gcpExample)
    expect(status).toBe("201")
    expect(json).toEqual({
      containerId: "507f1f77bcf86cd799439011",
      gcpProjectId: "my-sample-project-191923",
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      networkName: "test1",
      status: "ADDING_PEER",
    })
  })

  it("create an Azure peer once the missing comma is added", async () => {
    const { status, json } = await curl(azureWithComma)
    expect(status).toBe("201")
    expect(json).toEqual({
      azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      azureSubscriptionId: "g893dec2-d92e-478d-bc50-cf99d31bgeg9",
      containerId: "507f1f77bcf86cd799439011",
      errorState: null,
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      resourceGroupName: "atlas-azure-peering",
      status: "ADDING_PEER",
      vnetName: "azure-peer",
    })
  })

  it("get MALFORMED_JSON for the Azure body as printed", async () => {
    const { status, json } = await curl(azureAsPrinted)
    expect(status).toBe("400")
    expect(json).toMatchObject({ errorCode: "MALFORMED_JSON", detail: "Received JSON is malformed." })
  })

  it("get INVALID_ATTRIBUTE from v2 for Azure's atlasCidrBlock", async () => {
    const { status, json } = await curl(azureWithComma, v2)
    expect(status).toBe("400")
    expect(json).toMatchObject({ errorCode: "INVALID_ATTRIBUTE", parameters: ["atlasCidrBlock"] })
  })

  it("work again after their peers are deleted", async () => {
    const { simulator, v1 } = atlas
    const groups = "/groups/5356823b3794dee37132bb7b"
    for (const peer of simulator.state().projects[0]?.peers ?? []) {
      expect((await v1("DELETE", `${groups}/peers/${peer.id}`)).status).toBe(202)
    }
    simulator.advance(60)
    expect((await curl(awsExample)).status).toBe("201")
  })
})
