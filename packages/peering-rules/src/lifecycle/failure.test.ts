import { readAtlasPeer } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toFailure } from "./failure.ts"

test.each([
  ["AWS", { statusName: "FAILED", errorStateName: "REJECTED" }, "rejected", "REJECTED"],
  ["AWS", { statusName: "FAILED", errorStateName: "EXPIRED" }, "expired", "EXPIRED"],
  [
    "AWS",
    { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" },
    "ids-do-not-match",
    "INVALID_ARGUMENT",
  ],
  ["AWS", { statusName: "FAILED", errorStateName: "REJECTED", errorMessage: "by AWS" }, "rejected", "by AWS"],
  ["AWS", { statusName: "FAILED", errorStateName: "NEW_REASON" }, "other", "NEW_REASON"],
  ["AWS", { statusName: "FAILED" }, "other", null],
  [
    "AZURE",
    { status: "FAILED", errorState: "an overlapping CIDR block already exists." },
    "overlapping-cidr",
    "an overlapping CIDR block already exists.",
  ],
  ["AZURE", { status: "DELETION_FAILED", errorState: "no permission" }, "removal-failed", "no permission"],
  [
    "GCP",
    {
      status: "FAILED",
      errorMessage:
        "An IP range in the peer network (10.8.0.0/24) overlaps with an IP range in the local network (10.8.0.0/20)",
    },
    "overlapping-cidr",
    "An IP range in the peer network (10.8.0.0/24) overlaps with an IP range in the local network (10.8.0.0/20)",
  ],
  [
    "AZURE",
    { status: "FAILED", errorState: "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet" },
    "overlapping-cidr",
    "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
  ],
  ["GCP", { status: "FAILED", errorMessage: "quota" }, "other", "quota"],
] as const)("%s %j has the cause %s", (cloud, fields, cause, words) => {
  const peer = readAtlasPeer({ id: "1112222b3bf99403840e8934", ...fields }, cloud)
  expect(peer && toFailure(peer)).toEqual({ cause, words })
})
