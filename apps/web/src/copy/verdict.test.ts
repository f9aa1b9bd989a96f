import type { VerdictSummary } from "@peering-desk/peering-rules"
import type { Check } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toFormTodo, toVerdictTitle } from "./verdict.ts"

const check: Check = { id: "quota", status: "red", says: "", errorCode: null, field: null, basedOn: "" }
const empty = { missing: [], refused: [], warnings: [], notes: [], notChecked: [], passed: [] }

test.each<[VerdictSummary, number, string]>([
  [{ ...empty, kind: "incomplete", missing: ["vpcId", "region"] }, 3, "3 fields to fill in"],
  [{ ...empty, kind: "refused", refused: [check] }, 1, "1 problem"],
  [{ ...empty, kind: "ready" }, 1, "1 field to fill in"],
  [{ ...empty, kind: "not-checked", notChecked: [check, check] }, 0, "No problems found"],
  [{ ...empty, kind: "not-checked", notChecked: [check], warnings: [check] }, 0, "1 warning, 1 not checked"],
  [{ ...empty, kind: "warnings", warnings: [check, check] }, 0, "Ready to create, 2 warnings"],
  [{ ...empty, kind: "ready" }, 0, "Ready to create"],
])("Verdict %# with %i empty fields reads as one line", (summary, missing, says) => {
  const todo = toFormTodo(missing, false)
  expect(toVerdictTitle(summary, todo, { confirmedAt: "12:00", isUnconfirmed: false }).says).toBe(says)
})

test("a verdict that the server hasn't confirmed is called ready by nobody", () => {
  const summary: VerdictSummary = { ...empty, kind: "ready" }
  const says = (isUnconfirmed: boolean) =>
    toVerdictTitle(summary, null, { confirmedAt: null, isUnconfirmed }).says
  expect([says(false), says(true)]).toEqual(["Checking…", "Not checked by the server"])
})
