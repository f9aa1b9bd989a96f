import type { Check } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { draftWith, drafts, snapshot, snapshotWith } from "#test/drafts.ts"
import { summariseVerdict } from "./summarise-verdict.ts"
import { toVerdict } from "./verdict.ts"

const check = (status: Check["status"], says: string): Check => {
  return { id: "quota", status, says, errorCode: null, field: null, basedOn: "" }
}

describe("The summary of a verdict", () => {
  test("An empty form counts its fields and says nothing else about them", () => {
    const summary = summariseVerdict(toVerdict({ providerName: "AWS", request: {} }, snapshot))
    expect(summary.kind).toBe("incomplete")
    expect(summary.missing).toHaveLength(5)
    expect([...summary.refused, ...summary.notChecked]).toEqual([])
  })

  test("A field that is being typed is missing rather than wrong", () => {
    const verdict = toVerdict(draftWith("AWS", { accepterRegionName: "us" }), snapshot)
    expect(summariseVerdict(verdict)).toMatchObject({ kind: "refused", missing: [] })
    const quiet = summariseVerdict(verdict, ["accepterRegionName"])
    expect(quiet).toMatchObject({ kind: "incomplete", missing: ["accepterRegionName"], refused: [] })
  })

  test("Warnings are counted although fields are missing", () => {
    const { vpcId: _, ...request } = { ...drafts.AWS.request, routeTableCidrBlock: "10.0.0.0/8" }
    const summary = summariseVerdict(
      toVerdict({ providerName: "AWS", request }, snapshotWith({ containers: [] })),
    )
    expect(summary.warnings.length).toBeGreaterThan(0)
  })

  test("Lists that could not be read leave checks open, apart from missing fields", () => {
    const unread = snapshotWith({ peers: [], problem: "atlas_timeout" })
    const summary = summariseVerdict(toVerdict(drafts.AWS, unread))
    expect(summary).toMatchObject({ kind: "not-checked", missing: [] })
    expect(summary.notChecked.length).toBeGreaterThan(0)
  })

  test("A right draft is ready, with or without warnings", () => {
    const ready = summariseVerdict({ status: "green", checks: [check("green", "a"), check("green", "b")] })
    expect(ready).toMatchObject({ kind: "ready", passed: [{ says: "a" }, { says: "b" }] })
    expect(summariseVerdict({ status: "amber", checks: [check("amber", "a")] }).kind).toBe("warnings")
  })

  test("A sentence is said once, where it is worst", () => {
    const checks = [check("green", "a"), check("amber", "a"), check("amber", "a")]
    const summary = summariseVerdict({ status: "amber", checks })
    expect([summary.warnings.length, summary.passed.length]).toEqual([1, 0])
  })
})

describe("A connection in the way", () => {
  const other = draftWith("AWS", { vpcId: "vpc-0a1b2c3d", routeTableCidrBlock: "10.60.0.0/16" })
  const id = "1a2b3c4d5e6f1a2b3c4d5e01"
  const projectId = snapshot.here.project.id

  test("The check of a duplicate carries it, and opening it is the first fix", () => {
    const { checks, suggestedFixes } = toVerdict(other, snapshot)
    const [duplicate] = checks.filter((one) => one.id === "duplicate")
    expect(duplicate?.peering).toEqual({ projectId, peeringId: id })
    expect(suggestedFixes[0]?.change).toEqual({ kind: "open-peering", projectId, peeringId: id })
  })

  test("The check of an overlap carries it, and the VPC's other CIDR is the first fix", () => {
    const draft = {
      ...draftWith("AWS", { routeTableCidrBlock: "10.32.4.0/24" }),
      networkBlocks: ["10.62.0.0/16"],
    }
    const { checks, suggestedFixes } = toVerdict(draft, snapshot)
    const [overlap] = checks.filter((one) => one.id === "overlap-with-peer")
    expect(overlap?.peering).toEqual({ projectId, peeringId: id })
    expect(suggestedFixes[0]).toMatchObject({
      title: "Use 10.62.0.0/16",
      change: {
        draft: { request: { routeTableCidrBlock: "10.62.0.0/16" }, networkBlocks: ["10.32.4.0/24"] },
      },
    })
  })

  test("An overlap in another project is a note with the VPC's other CIDR as a fix", () => {
    const orders = {
      ...snapshot.here,
      project: { ...snapshot.here.project, id: "64b1f0a27c3d5e4f8a9b0c1e", name: "orders" },
      containers: [],
    }
    const draft = {
      ...draftWith("AWS", { containerId: "507f1f77bcf86cd799439012", routeTableCidrBlock: "10.32.0.0/16" }),
      networkBlocks: ["10.62.0.0/16"],
    }
    const here = { ...snapshot.here, peers: [] }
    const { status, checks, suggestedFixes } = toVerdict(draft, {
      ...snapshot,
      here,
      otherProjects: [orders],
    })
    const overlap = checks.find((one) => one.id === "overlap-other-projects" && one.status === "note")
    expect(status).toBe("unchecked")
    expect(overlap?.peering).toEqual({ projectId: orders.project.id, peeringId: id })
    expect(suggestedFixes.map(({ title }) => title)).toEqual(["Use 10.62.0.0/16"])
  })
})
