import type { Container, NewContainer } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toContainerDifferences } from "./container-difference.ts"

const aws: NewContainer = { providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName: "EU_WEST_1" }
const gcp: NewContainer = { providerName: "GCP", atlasCidrBlock: "10.64.0.0/18" }
const some: NewContainer = {
  providerName: "GCP",
  atlasCidrBlock: "10.64.0.0/23",
  regions: ["WESTERN_EUROPE", "CENTRAL_US"],
}
const id = "64b1f0a27c3d5e4f8a9b0c1d"

test.each<[string, NewContainer, Container, unknown[]]>([
  ["as it was asked for", aws, { ...aws, id }, []],
  ["every region of Google Cloud", gcp, { ...gcp, id, regions: null }, []],
  ["the same regions in another order", some, { ...some, id, regions: ["CENTRAL_US", "WESTERN_EUROPE"] }, []],
  [
    "another block",
    aws,
    { ...aws, id, atlasCidrBlock: "192.168.248.0/21" },
    [{ field: "atlasCidrBlock", asked: "10.8.0.0/21", got: "192.168.248.0/21" }],
  ],
  [
    "no block and no region",
    aws,
    { providerName: "AWS", id },
    [
      { field: "atlasCidrBlock", asked: "10.8.0.0/21", got: null },
      { field: "region", asked: "EU_WEST_1", got: null },
    ],
  ],
  [
    "every region in the place of some",
    some,
    { ...some, id, regions: null },
    [{ field: "region", asked: "CENTRAL_US, WESTERN_EUROPE", got: "every region" }],
  ],
])("a container with %s gives its differences", (_what, asked, got, differences) => {
  expect(toContainerDifferences(asked, got)).toEqual(differences)
})
