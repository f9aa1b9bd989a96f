import { providerNames, readAtlasPeer, readContainer } from "@peering-desk/shared-schemas"
import type { AtlasPeer, ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toFailure } from "./failure.ts"
import { knownStatuses, getStatusWaitingOn } from "./lifecycle.ts"
import { acceptanceWindowMs, toAcceptanceDeadline, toNextStep } from "./next-step.ts"

const id = "1112222b3bf99403840e8934"

function peer(providerName: ProviderName, fields: RawAnswer): AtlasPeer {
  const read = readAtlasPeer({ id, ...fields }, providerName)
  if (read === null) throw new Error("has an id")
  return read
}

test("AWS waits for an acceptance, with the ids it needs and the moment AWS drops the request", () => {
  const waiting = peer("AWS", {
    statusName: "PENDING_ACCEPTANCE",
    awsAccountId: "123456789012",
    connectionId: "pcx-0a1b2c3d",
  })
  expect(toNextStep(waiting, null, "2026-02-25T10:00:00.000Z")).toEqual({
    kind: "accept-in-aws",
    awsAccountId: "123456789012",
    connectionId: "pcx-0a1b2c3d",
    deadline: "2026-03-04T10:00:00.000Z",
  })
})

test("GCP waits for a peering from the owner's network to the container's project and network", () => {
  const waiting = peer("GCP", { status: "WAITING_FOR_USER", gcpProjectId: "mine", networkName: "my-net" })
  const container = readContainer({ id, gcpProjectId: "p-atlas", networkName: "nt-atlas" }, "GCP")
  const step = { kind: "peer-back-in-gcp", gcpProjectId: "mine", networkName: "my-net" }
  expect(toNextStep(waiting, container, null)).toEqual({
    ...step,
    atlasGcpProjectId: "p-atlas",
    atlasNetworkName: "nt-atlas",
  })
  const unknownSide = { ...step, atlasGcpProjectId: null, atlasNetworkName: null }
  expect(toNextStep(waiting, null, null)).toEqual(unknownSide)
  expect(toNextStep(waiting, readContainer({ id, vnetName: "v" }, "AZURE"), null)).toEqual(unknownSide)
})

test.each(providerNames.flatMap((cloud) => knownStatuses(cloud).map((status) => [cloud, status] as const)))(
  "%s %s has the right next step, and nothing to do only when it works",
  (cloud, status) => {
    const { kind } = toNextStep(
      peer(cloud, { [cloud === "AWS" ? "statusName" : "status"]: status }),
      null,
      null,
    )
    const kinds: Record<string, string> = {
      atlas: "atlas-works",
      works: "nothing",
      failed: "look-at-failure",
      closing: "atlas-removes",
      you: cloud === "AWS" ? "accept-in-aws" : "peer-back-in-gcp",
    }
    expect(kind).toBe(kinds[getStatusWaitingOn(cloud, status)])
  },
)

test.each(providerNames)("an unknown status of %s gives unknown-status, not nothing to do", (cloud) => {
  expect(toNextStep(peer(cloud, { statusName: "NEW", status: "NEW" }), null, null).kind).toBe(
    "unknown-status",
  )
})

test("the deadline is seven days of 24 hours after any time", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }), (since) => {
      const deadline = toAcceptanceDeadline(since.toISOString())
      expect(deadline && Date.parse(deadline) - since.getTime()).toBe(acceptanceWindowMs)
    }),
  )
  expect(acceptanceWindowMs).toBe(604_800_000)
})

test.each([null, "", "yesterday", "2026-13-01T00:00:00Z"])(
  "toAcceptanceDeadline returns null for %j",
  (since) => {
    expect(toAcceptanceDeadline(since)).toBeNull()
  },
)

test.each([
  ["AWS", { statusName: "FAILED", errorStateName: "REJECTED" }, "rejected", "yours", "REJECTED"],
  ["AWS", { statusName: "FAILED", errorStateName: "EXPIRED" }, "expired", "yours", "EXPIRED"],
  [
    "AWS",
    { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" },
    "ids-do-not-match",
    "yours",
    "INVALID_ARGUMENT",
  ],
  [
    "AWS",
    { statusName: "FAILED", errorStateName: "REJECTED", errorMessage: "by AWS" },
    "rejected",
    "yours",
    "by AWS",
  ],
  ["AWS", { statusName: "FAILED", errorStateName: "NEW_REASON" }, "other", "unknown", "NEW_REASON"],
  ["AWS", { statusName: "FAILED" }, "other", "unknown", null],
  [
    "AZURE",
    { status: "FAILED", errorState: "an overlapping CIDR block already exists." },
    "overlapping-cidr",
    "atlas",
    "an overlapping CIDR block already exists.",
  ],
  [
    "AZURE",
    { status: "DELETION_FAILED", errorState: "no permission" },
    "removal-failed",
    "yours",
    "no permission",
  ],
  ["GCP", { status: "FAILED", errorMessage: "quota" }, "other", "unknown", "quota"],
] as const)("%s %j has the cause %s", (cloud, fields, cause, side, words) => {
  expect(toFailure(peer(cloud, fields))).toEqual({ cause, side, words })
})
