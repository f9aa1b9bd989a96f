import type { Check, CheckId, CheckStatus } from "@peering-desk/shared-schemas"
import { checkAtlasNetwork } from "./atlas-network-checks.ts"
import { checkCloud } from "./cloud-checks.ts"
import { checkContainer } from "./container-checks.ts"
import { checkContainerChoice } from "./container-choice-checks.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { checkDuplicate } from "./duplicate-checks.ts"
import { checkOtherProjects } from "./other-project-checks.ts"
import { checkFields } from "./field-checks.ts"
import { checkRegionAndBlock } from "./new-container-checks.ts"
import { checkOverlaps } from "./overlap-checks.ts"
import { checkQuota } from "./quota-checks.ts"
import { checkKeyRights } from "./rights-checks.ts"

/** Checks that can never be red, so an open one does not stop anyone. */
const adviceOnly: ReadonlySet<CheckId> = new Set([
  "overlap-other-projects",
  "well-known-block",
  "cidr-ignored",
  "one-way-door",
  "cloud-permission",
])

/** Runs all checks, in the order they are shown; one with nothing to say gives no row. */
export function runChecks(reading: DraftReading): Check[] {
  return [
    ...checkFields(reading),
    ...checkContainer(reading),
    ...checkRegionAndBlock(reading),
    ...checkContainerChoice(reading),
    ...checkOverlaps(reading),
    ...checkAtlasNetwork(reading),
    checkDuplicate(reading),
    ...checkQuota(reading),
    ...checkKeyRights(reading),
    ...checkOtherProjects(reading),
    ...checkCloud(reading),
  ]
}

/** Computes the status of a verdict: red before open before amber; open advice counts as amber. */
export function computeStatus(checks: readonly Pick<Check, "id" | "status">[]): CheckStatus {
  const has = (wanted: CheckStatus) => checks.some(({ status }) => status === wanted)
  if (has("red")) return "red"
  if (checks.some(({ id, status }) => status === "open" && !adviceOnly.has(id))) return "open"
  return has("amber") || has("open") ? "amber" : "green"
}
