import type { VerdictSummary } from "@peering-desk/peering-rules"
import type { Check } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toVerdictTitle } from "./verdict.ts"

const check: Check = { id: "quota", status: "red", says: "", errorCode: null, field: null, basedOn: "" }
const empty = { missing: [], refused: [], warnings: [], notes: [], notChecked: [], passed: [] }

test.each<[VerdictSummary, string]>([
  [
    { ...empty, kind: "incomplete", missing: ["vpcId", "region"] },
    "Fill in 2 fields to check this connection",
  ],
  [{ ...empty, kind: "refused", refused: [check] }, "Can't create yet: 1 problem"],
  [{ ...empty, kind: "not-checked", notChecked: [check, check] }, "No problems found, 2 not checked"],
  [{ ...empty, kind: "not-checked", notChecked: [check], warnings: [check] }, "1 warning, 1 not checked"],
  [{ ...empty, kind: "warnings", warnings: [check, check] }, "Ready to create, 2 warnings"],
  [{ ...empty, kind: "ready" }, "Ready to create"],
])("Verdict %# reads as one line with its number", (summary, says) => {
  expect(toVerdictTitle(summary).says).toBe(says)
})
