import type { Container } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { findContainerInPlace } from "./container-place.ts"

const id = "507f1f77bcf86cd799439011"
const aws: Container = { providerName: "AWS", id, regionName: "US_EAST_2" }
const azure: Container = { providerName: "AZURE", id, region: "US_EAST_2" }
const gcp: Container = { providerName: "GCP", id, regions: ["CENTRAL_US"] }
const all = [gcp, azure, aws]

test("a container serves only the region of its own cloud", () => {
  expect(findContainerInPlace(all, "AWS", "US_EAST_2")).toBe(aws)
  expect(findContainerInPlace(all, "AZURE", "US_EAST_2")).toBe(azure)
  expect(findContainerInPlace(all, "AWS", "EU_WEST_1")).toBeNull()
  expect(findContainerInPlace([gcp, azure], "AWS", "US_EAST_2")).toBeNull()
})

test("a Google Cloud container serves every region", () => {
  expect(findContainerInPlace(all, "GCP", null)).toBe(gcp)
  expect(findContainerInPlace(all, "GCP", "EUROPE_WEST_4")).toBe(gcp)
})

test("no container is found without a region, not even one without its own", () => {
  expect(findContainerInPlace([{ providerName: "AWS", id }], "AWS", null)).toBeNull()
})

test("the same one of two containers in a place is found in either order", () => {
  const other = { ...aws, atlasCidrBlock: "10.8.0.0/21" }
  const found = findContainerInPlace([aws, other], "AWS", "US_EAST_2")
  expect(findContainerInPlace([other, aws], "AWS", "US_EAST_2")).toBe(found)
})
