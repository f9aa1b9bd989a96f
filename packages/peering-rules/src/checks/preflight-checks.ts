import type { Check, CheckStatus } from "@peering-desk/shared-schemas"
import { checkAtlasNetwork } from "./atlas-network-checks.ts"
import { checkCloud } from "./cloud-checks.ts"
import { checkContainer } from "./container-checks.ts"
import { checkContainerChoice } from "./container-choice-checks.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { checkDuplicate } from "./duplicate-checks.ts"
import { checkOtherProjects } from "./other-project-checks.ts"
import { checkDns, checkExistingRoutes } from "./existing-route-checks.ts"
import { checkFields } from "./field-checks.ts"
import { checkInventoryBlocks, checkKnownNetwork } from "./known-network-checks.ts"
import { checkOtherPeerings } from "./other-peering-checks.ts"
import { checkPeeredContainers } from "./peered-container-checks.ts"
import { checkRegionAndBlock } from "./new-container-checks.ts"
import { checkOverlaps, checkRoutedBlocks } from "./overlap-checks.ts"
import { checkNetworkQuota, checkQuota } from "./quota-checks.ts"
import { checkKeyRights } from "./rights-checks.ts"

/** Runs all checks, in the order they are shown; one with nothing to say gives no row. */
export function runChecks(reading: DraftReading): Check[] {
  return [
    ...checkFields(reading),
    ...checkContainer(reading),
    ...checkRegionAndBlock(reading),
    ...checkContainerChoice(reading),
    ...checkOverlaps(reading),
    ...checkInventoryBlocks(reading),
    ...checkPeeredContainers(reading),
    ...checkOtherPeerings(reading),
    ...checkExistingRoutes(reading),
    ...checkDns(reading),
    ...checkRoutedBlocks(reading),
    ...checkAtlasNetwork(reading),
    ...checkKnownNetwork(reading),
    checkDuplicate(reading),
    ...checkQuota(reading),
    ...checkNetworkQuota(reading),
    ...checkKeyRights(reading),
    ...(reading.snapshot.policyChecks ?? []),
    ...checkOtherProjects(reading),
    ...checkCloud(reading),
  ]
}

const worstFirst: readonly CheckStatus[] = ["red", "open", "unchecked", "amber"]

/** Computes the status of a verdict, that of its worst check. */
export function computeStatus(checks: readonly Pick<Check, "status">[]): CheckStatus {
  return worstFirst.find((wanted) => checks.some(({ status }) => status === wanted)) ?? "green"
}
