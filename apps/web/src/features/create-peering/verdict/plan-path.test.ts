import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { listPathSteps } from "./plan-path.ts"

const draft: PeeringDraft = { providerName: "AWS", request: { awsAccountId: "482913570264" } }
const listDetails = (usual: Record<string, number>) =>
  listPathSteps(draft, { steps: [] }, null, usual).map(({ detail }) => detail)

test("a plan names the usual duration of each step, and the deadline while that is not known", () => {
  expect(listDetails({})).toEqual([
    "CIDR not known",
    "Atlas",
    "Owner of 4829 1357 0264 · within 7 days",
    "Then routes, DNS and the IP access list",
  ])
  expect(listDetails({ INITIATING: 60_000, PENDING_ACCEPTANCE: 20 * 60_000 }).slice(1, 3)).toEqual([
    "Atlas · usually 1 min",
    "Owner of 4829 1357 0264 · usually 20 min",
  ])
})
