import { expect, test } from "vitest"
import { computePassage, toAtlasTraffic } from "./passage.ts"

const makeRule = (cidrs: string[]) => ({
  direction: "out" as const,
  protocol: "tcp",
  allows: true,
  number: null,
  from: null,
  to: null,
  cidrs,
})
const listAddresses = (count: number) =>
  Array.from({ length: count }, (_, at) => `10.0.${Math.floor(at / 256)}.${at % 256}/32`)

test("traffic passes whole through a rule that lists each of its addresses", () => {
  const rule = makeRule(listAddresses(256))
  expect(computePassage([rule], toAtlasTraffic("10.0.0.0/24", false))).toBe("all")
})

test("a rule with more ranges than any network has isn't computed", () => {
  const rule = makeRule(listAddresses(16_384))
  expect(computePassage([rule], toAtlasTraffic("10.0.0.0/18", false))).toBe("part")
})
