import { Container, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { checkNewContainer } from "./standalone-container.ts"

const here: ProjectAddresses = {
  project: { id: "5356823b3794dee37132bb7b", name: "payments" },
  containers: [
    Container.parse({
      providerName: "AWS",
      id: "507f1f77bcf86cd799439011",
      atlasCidrBlock: "10.8.0.0/21",
      regionName: "US_EAST_1",
    }),
  ],
  peers: [],
  privateIpMode: false,
  readAt: "2026-11-24T10:06:40.000Z",
  problem: null,
}

test.each([
  ["a CIDR of a wrong size", "10.16.0.0/20", "EU_WEST_1", "atlasCidrBlock ATLAS_INVALID_CIDR_BLOCK"],
  ["an overlapping CIDR", "10.8.4.0/22", "EU_WEST_1", "atlasCidrBlock OVERLAPPING_ATLAS_CIDR_BLOCK"],
  ["a region that has a container", "10.16.0.0/21", "US_EAST_1", "region CONTAINER_ALREADY_EXISTS"],
  ["an unknown region", "10.16.0.0/21", "MARS_1", "region INVALID_ENUM_VALUE"],
])("checkNewContainer refuses %s", (_, atlasCidrBlock, region, expected) => {
  const checks = checkNewContainer("AWS", { atlasCidrBlock, region }, { here, otherProjects: [] })
  const red = checks.filter(({ status }) => status === "red")
  expect(red.map(({ field, errorCode }) => `${field} ${errorCode}`)).toEqual([expected])
})

test("checkNewContainer reports the container's own empty fields and none of a peering", () => {
  const checks = checkNewContainer("AWS", { atlasCidrBlock: "", region: "" }, { here, otherProjects: [] })
  const missing = checks.filter(({ id, status }) => id === "fields" && status === "open")
  expect(missing.map(({ field }) => field)).toEqual(["region", "atlasCidrBlock"])
})
