import { readAtlasPeer } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toFailure } from "./failure.ts"

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
  const peer = readAtlasPeer({ id: "1112222b3bf99403840e8934", ...fields }, cloud)
  expect(peer && toFailure(peer)).toEqual({ cause, side, words })
})
