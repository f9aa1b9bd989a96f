import { readAtlasPeer, type PeeringRequest } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { isSamePeering } from "./natural-key.ts"

const id = "1112222b3bf99403840e8934"
const containerId = "507f1f77bcf86cd799439011"

const cases: { request: PeeringRequest; key: string[]; beside: string[] }[] = [
  {
    request: {
      providerName: "AWS",
      containerId,
      accepterRegionName: "us-east-1",
      awsAccountId: "123456789012",
      routeTableCidrBlock: "10.15.0.0/16",
      vpcId: "vpc-0a1b2c3d",
    },
    key: ["containerId", "awsAccountId", "vpcId"],
    // Null in an answer when the VPC is in the container's region, and changeable later.
    beside: ["accepterRegionName", "routeTableCidrBlock"],
  },
  {
    request: { providerName: "GCP", containerId, gcpProjectId: "my-project", networkName: "default" },
    key: ["containerId", "gcpProjectId", "networkName"],
    beside: [],
  },
  {
    request: {
      providerName: "AZURE",
      containerId,
      azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      azureSubscriptionId: "9093dec2-d92e-478d-bc50-cf99d31b9e99",
      resourceGroupName: "Net-RG",
      vnetName: "Hub",
    },
    key: ["containerId", "azureSubscriptionId", "resourceGroupName", "vnetName"],
    beside: ["azureDirectoryId"],
  },
]

describe.each(cases)("isSamePeering for $request.providerName", ({ request, key, beside }) => {
  function isFound(change: Record<string, unknown>): boolean {
    const { providerName, ...fields } = request
    const peer = readAtlasPeer({ id, ...fields, ...change }, providerName)
    if (peer === null) throw new Error("has an id")
    return isSamePeering(request, peer)
  }

  test("finds what Atlas lists for a request", () => {
    expect(isFound({})).toBe(true)
  })

  test.each(key)("refuses a connection with another %s, or none", (name) => {
    expect(isFound({ [name]: "other" })).toBe(false)
    expect(isFound({ [name]: null })).toBe(false)
  })

  test.each(["statusName", "status", ...beside])("ignores %s", (name) => {
    expect(isFound({ [name]: null })).toBe(true)
    expect(isFound({ [name]: "SOMETHING" })).toBe(true)
  })

  test("refuses connections of other clouds", () => {
    for (const { request: other } of cases.filter((c) => c.request !== request)) {
      const { providerName, ...fields } = other
      const peer = readAtlasPeer({ id, ...request, ...fields }, providerName)
      expect(peer && isSamePeering(request, peer)).toBe(false)
    }
  })
})

test("isSamePeering ignores the case of Azure's names", () => {
  const azure = cases[2]?.request
  if (azure?.providerName !== "AZURE") throw new Error("the third case is Azure's")
  const peer = readAtlasPeer(
    {
      id,
      ...azure,
      azureSubscriptionId: azure.azureSubscriptionId.toUpperCase(),
      resourceGroupName: "net-rg",
      vnetName: "HUB",
    },
    "AZURE",
  )
  expect(peer && isSamePeering(azure, peer)).toBe(true)
})
