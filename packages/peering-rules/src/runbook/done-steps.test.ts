import { AtlasPeer, StepId } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { toTickId } from "./done-steps.ts"

const peer = AtlasPeer.parse({
  providerName: "AWS",
  id: "1112222b3bf99403840e8934",
  connectionId: "pcx-0f3a9188d2c41e07b",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  routeTableCidrBlock: "10.20.0.0/16",
})

describe("toTickId", () => {
  test.each([
    ["connectionId", "pcx-0b2c3d4e5f6071829", ["aws-accept", "aws-routes", "try-it"]],
    ["vpcId", "vpc-0b2c3d4e5f6071829", ["aws-dns", "aws-security-group"]],
    ["routeTableCidrBlock", "10.30.0.0/16", ["access-list"]],
  ])("changes with another %s for the steps that were done for it", (field, value, theirs) => {
    const steps = ["aws-dns", "aws-accept", "aws-routes", "aws-security-group", "access-list", "try-it"]
    const changed = { ...peer, [field]: value } as AtlasPeer
    expect(steps.filter((id) => toTickId(id, changed) !== toTickId(id, peer)).toSorted()).toEqual(theirs)
  })

  test("stays equal for steps that no change affects, and for clouds without changes", () => {
    expect(toTickId("connection-string", peer)).toBe("connection-string")
    const azure = AtlasPeer.parse({ providerName: "AZURE", id: peer.id, vnetName: "vnet-crm" })
    expect(toTickId("access-list", azure)).toBe("access-list")
    expect(toTickId("constructor", peer)).toBe("constructor")
  })

  test("returns a valid StepId for any values of Atlas", () => {
    for (const vpcId of [peer.id, "vpc-0a1b2c3d4e5f60718", "VPC_Ä/../..".repeat(9), ""]) {
      const id = toTickId("aws-security-group", { ...peer, vpcId } as AtlasPeer)
      expect(StepId.safeParse(id).success).toBe(true)
    }
    expect(toTickId("aws-security-group", peer)).toBe("aws-security-group-vpc-0a1b2c3d4e5f60718")
  })
})
