import type { Check, CheckId, CheckStatus } from "@peering-desk/shared-schemas"
import { toAtlasNetworkChecks } from "./atlas-network-checks.ts"
import { toCloudChecks } from "./cloud-checks.ts"
import { toContainerChecks } from "./container-checks.ts"
import { toContainerChoiceChecks } from "./container-choice-checks.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { toDuplicateChecks } from "./duplicate-checks.ts"
import { toOtherProjectChecks } from "./other-project-checks.ts"
import { toFieldChecks } from "./field-checks.ts"
import { toNewContainerChecks } from "./new-container-checks.ts"
import { toOverlapChecks } from "./overlap-checks.ts"
import { toQuotaChecks } from "./quota-checks.ts"
import { toRightsChecks } from "./rights-checks.ts"

/** These can never be red, so what is open about them keeps nobody from going on. */
const adviceOnly: ReadonlySet<CheckId> = new Set([
  "overlap-other-projects",
  "well-known-block",
  "cidr-ignored",
  "one-way-door",
  "cloud-permission",
])

/** Every check that has something to say, in the order in which it is shown. */
export function toChecks(reading: DraftReading): Check[] {
  return [
    ...toFieldChecks(reading),
    ...toContainerChecks(reading),
    ...toNewContainerChecks(reading),
    ...toContainerChoiceChecks(reading),
    ...toOverlapChecks(reading),
    ...toAtlasNetworkChecks(reading),
    ...toDuplicateChecks(reading),
    ...toQuotaChecks(reading),
    ...toRightsChecks(reading),
    ...toOtherProjectChecks(reading),
    ...toCloudChecks(reading),
  ]
}

/** The status of the whole: red before open before amber; advice that is open counts as amber. */
export function toWorst(checks: readonly Pick<Check, "id" | "status">[]): CheckStatus {
  const has = (wanted: CheckStatus) => checks.some(({ status }) => status === wanted)
  if (has("red")) return "red"
  if (checks.some(({ id, status }) => status === "open" && !adviceOnly.has(id))) return "open"
  return has("amber") || has("open") ? "amber" : "green"
}
