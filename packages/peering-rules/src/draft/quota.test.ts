import type { AtlasPeer, ProjectAddresses } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { explainRefusal } from "#explain/explain.ts"
import { toQuota } from "./quota.ts"

const make = (statusName: string | null): AtlasPeer => ({ providerName: "AWS", id: "p", statusName })
const mixed = [
  ...[
    "INITIATING",
    "PENDING_ACCEPTANCE",
    "FINALIZING",
    "AVAILABLE",
    "FAILED",
    "TERMINATING",
    "HIBERNATING",
  ].map(make),
  make(null),
  { providerName: "AZURE", id: "p", status: "DELETION_FAILED" } as const,
]

test("toQuota counts a connection as unfinished while Atlas or the person has something to do", () => {
  expect(toQuota(mixed, 50)).toEqual({
    used: 9,
    most: 50,
    unfinished: 3,
    mostUnfinished: 25,
  })
})

test("25 connections may be unfinished, as Atlas documents, for any total limit", () => {
  expect([3, 50, 51, 101].map((most) => toQuota([], most).mostUnfinished)).toEqual([25, 25, 25, 25])
})

test("a refusal for the limit is explained with the counts of toQuota", () => {
  const here: ProjectAddresses = {
    project: { id: "64b1f0a27c3d5e4f8a9b0c1d", name: "payments" },
    containers: [],
    peers: mixed,
    privateIpMode: null,
    readAt: null,
    problem: null,
  }
  const refusal = { status: 409, errorCode: "PEER_MAXIMUM_REACHED", detail: null }
  expect(explainRefusal({ refusal, here, mayBeDone: false }).evidence).toEqual([
    "payments has 9 connections: 3 unfinished, 2 failed",
  ])
})
