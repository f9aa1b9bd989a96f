import { toDraftOf } from "@peering-desk/peering-rules"
import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { makePeering } from "#mock-bff/samples.ts"
import { readLinkQuery, toLinkQuery } from "./connection-link.ts"

describe("the query of a link to the create page", () => {
  test.each<PeeringDraft>([
    {
      providerName: "AWS",
      request: { vpcId: "vpc-0a1b2c3d", routeTableCidrBlock: "10.0.0.0/16", containerId: "new" },
      newContainer: { atlasCidrBlock: "10.60.0.0/21", region: "EU_WEST_1" },
    },
    {
      providerName: "GCP",
      request: { networkName: "a & b", containerId: "new" },
      newContainer: { atlasCidrBlock: "10.60.0.0/23", regions: ["EUROPE_WEST_2", "WESTERN_EUROPE"] },
    },
    { providerName: "AZURE", request: { containerId: "507f1f77bcf86cd799439011" } },
    {
      providerName: "AZURE",
      request: { vnetName: "hub" },
      networkBlocks: ["10.24.0.0/16", "10.25.0.0/16"],
      peeredBlocks: ["none"],
    },
  ])("survives writing and reading: %j", (draft) => {
    expect(readLinkQuery(toLinkQuery(draft))).toEqual(draft)
  })

  test("fills nothing in without a known cloud", () => {
    expect(readLinkQuery("?provider=OTHER&vpcId=vpc-1")).toBeNull()
    expect(readLinkQuery("")).toBeNull()
  })

  test("skips names that no field of the cloud has, and cuts endless values", () => {
    const draft = readLinkQuery(`?provider=AWS&reason=x&networkName=y&__proto__=z&vpcId=${"v".repeat(9_000)}`)
    expect(draft).toEqual({ providerName: "AWS", request: { vpcId: "v".repeat(500) } })
  })

  test("leaves out empty fields", () => {
    expect(toLinkQuery({ providerName: "GCP", request: { networkName: "", gcpProjectId: "p" } })).toBe(
      "provider=GCP&gcpProjectId=p",
    )
  })

  test.each(["AWS", "GCP", "AZURE"] as const)("describes an existing peering on %s", (cloud) => {
    const { peer } = makePeering(cloud)
    expect(toDraftOf(peer).request["containerId"]).toBe(peer.containerId)
    expect(Object.values(toDraftOf(peer).request)).not.toContain(peer.id)
  })
})
