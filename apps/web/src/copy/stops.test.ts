import type { PathState } from "@peering-desk/peering-rules"
import { expect, test } from "vitest"
import { nameBroken, toProvenWords } from "./stops.ts"

test.each([
  ["AWS", "Route missing"],
  ["GCP", "Another route wins"],
  ["AZURE", "Another route wins"],
] as const)("A broken route on %s is named %s", (providerName, name) => {
  expect(nameBroken({ id: "route" }, providerName)).toBe(name)
})

test.each([
  ["7 of 7 proven", "proven proven proven proven proven proven proven"],
  ["4 not checked", "not-checked not-checked not-checked marked proven proven later"],
  ["6 not proven", "not-checked not-checked not-checked not-checked proven waiting later"],
  ["2 not proven", "not-checked broken proven proven proven proven proven"],
  ["6 of 7 proven", "proven broken proven proven proven proven proven"],
] as const)("An available path says %s, in which nothing later counts as not checked", (words, states) => {
  const stops = states.split(" ").map((state) => ({ state: state as PathState }))
  expect(toProvenWords(stops)).toBe(words)
})
