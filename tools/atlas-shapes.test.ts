import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { stringify } from "yaml"
import { createShapeCheck } from "@peering-desk/atlas-simulator/shapes"
import { compareShapes, readShapes, shapesPath, type Shapes } from "./atlas-shapes.ts"

const kept = JSON.parse(readFileSync(shapesPath, "utf8")) as Shapes

test("the kept shapes of Atlas's API hold names and values, and none of its prose", () => {
  expect(Object.keys(kept.operations).length).toBeGreaterThan(30)
  expect(JSON.stringify(kept)).not.toMatch(/"(?:description|summary|example|title)":"/)
})

test("compareShapes lists new fields, enum values and operations, and what is gone", () => {
  const newer = structuredClone(kept)
  const peer = newer.schemas["BaseNetworkPeeringConnectionSettings"] as {
    properties: Record<string, { enum?: string[] }>
  }
  peer.properties["statusName"]?.enum?.push("PAUSED")
  peer.properties["tags"] = {}
  peer.properties["tags"].enum = ["a"]
  delete peer.properties["vnetName"]
  const lines = compareShapes(kept, newer)
  expect(lines).toContain("+ BaseNetworkPeeringConnectionSettings › properties › statusName › enum PAUSED")
  expect(lines).toContain("+ BaseNetworkPeeringConnectionSettings › properties › tags › enum a")
  expect(
    lines.some((line) => line.startsWith("- BaseNetworkPeeringConnectionSettings › properties › vnetName")),
  ).toBe(true)
  expect(compareShapes(kept, kept)).toEqual([])
})

test("readShapes says which operation a description lacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "atlas-shapes-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, "api.yml")
  writeFileSync(path, stringify({ info: {}, paths: {}, components: { schemas: {}, parameters: {} } }))
  expect(() => readShapes(path)).toThrow("The description has no get /api/atlas/v2")
})

test("createShapeCheck finds a field, a value and an operation that Atlas does not describe", () => {
  const served = (target: string, answer: object) => ({
    publicKey: null,
    method: "GET",
    projectId: null,
    target,
    dated: "2023-01-01",
    body: "",
    answer: answer as never,
  })
  const peer = "/api/atlas/v2/groups/5356823b3794dee37132bb7b/peers/5356823b3794dee37132bb7c"
  const right = { containerId: "507f1f77bcf86cd799439011", statusName: "AVAILABLE" }
  const judge = (target: string, answer: object) => {
    const { check, expectNone } = createShapeCheck()
    check(served(target, answer))
    return expectNone
  }
  expect(judge(peer, right)).not.toThrow()
  expect(judge(peer, { ...right, statusName: "READY" })).toThrow("statusName must be equal")
  expect(judge(peer, { ...right, color: "red" })).toThrow("additional properties")
  expect(judge("/api/atlas/v2/groups/5356823b3794dee37132bb7b/peerings", {})).toThrow(
    "is not in the description",
  )
})
