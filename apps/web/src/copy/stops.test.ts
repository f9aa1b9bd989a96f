import { expect, test } from "vitest"
import { nameBroken } from "./stops.ts"

test.each([
  ["AWS", "Route missing"],
  ["GCP", "Another route wins"],
  ["AZURE", "Another route wins"],
] as const)("A broken route on %s is named %s", (providerName, name) => {
  expect(nameBroken({ id: "route" }, providerName)).toBe(name)
})
