import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { isUnusedContainer } from "./unused-container.ts"

const containerId = "507f1f77bcf86cd799439011"
const empty: Container = { providerName: "AWS", id: containerId, provisioned: false }
const inIt: AtlasPeer = { providerName: "AWS", id: "p", containerId }
const read = { checkedAt: "2026-08-01T10:00:00Z", problem: null }

test("a container without connections and without anything provisioned is unused", () => {
  expect(isUnusedContainer(empty, [], read)).toBe(true)
  // Another cloud's container may have the same id.
  expect(isUnusedContainer(empty, [{ providerName: "GCP", containerId }], read)).toBe(true)
})

test.each([
  ["a connection is in it", empty, [inIt], read],
  ["a cluster lives in it", { ...empty, provisioned: true }, [], read],
  ["Atlas does not say whether something is provisioned", { ...empty, provisioned: null }, [], read],
  ["nobody has looked", empty, [], undefined],
  ["no look was answered", empty, [], { checkedAt: null, problem: null }],
  ["the last look failed", empty, [], { ...read, problem: "atlas_timeout" as const }],
])("a container is not called unused while %s", (_, container, peers, watch) => {
  expect(isUnusedContainer(container, peers, watch)).toBe(false)
})
