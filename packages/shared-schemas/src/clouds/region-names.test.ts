import { expect, test } from "vitest"
import type { ProviderName } from "./provider.ts"
import { providerNames } from "./provider-names.ts"
import { readRegionName, readRegionPlace, regionsOfCloud } from "./region-names.ts"

test.each<[ProviderName, string, string | null]>([
  ["AWS", "eu-central-1", "EU_CENTRAL_1"],
  ["AWS", " Frankfurt ", "EU_CENTRAL_1"],
  ["AWS", "são paulo", "SA_EAST_1"],
  ["AZURE", "eastus2", "US_EAST_2"],
  ["AZURE", "us_east_2", "US_EAST_2"],
  ["AZURE", "East US 2", "US_EAST_2"],
  ["AZURE", "Central US", "US_CENTRAL"],
  ["GCP", "us-central1", "CENTRAL_US"],
  ["GCP", "Central US", "CENTRAL_US"],
  // Both clouds have a US_EAST_2 and mean another place by it.
  ["AWS", "eastus2", null],
  ["GCP", "toString", null],
  ["AWS", "", null],
])("%s: %j reads as %s", (cloud, text, name) => {
  expect(readRegionName(cloud, text)).toBe(name)
})

test("every region is understood in both spellings", () => {
  for (const cloud of providerNames)
    for (const [name, place] of Object.entries(regionsOfCloud[cloud])) {
      expect(readRegionName(cloud, name.toLowerCase())).toBe(name)
      expect(readRegionName(cloud, place.toUpperCase())).toBe(name)
      expect(readRegionPlace(cloud, name)).toBe(place)
    }
  expect(readRegionPlace("AWS", "constructor")).toBeNull()
})
