import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { toDraftReading, toFacts } from "#draft/parse-draft.ts"
import { buildPlan } from "#checks/plan.ts"
import { runChecks, computeStatus } from "#checks/preflight-checks.ts"
import { suggestFixes } from "./suggested-fixes.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

/**
 * Says whether Atlas would take what is filled in so far, and on what that rests. Browser and server call it with the same
 * snapshot and come to the same verdict; the order of a snapshot's lists makes no difference.
 */
export function toVerdict(draft: PeeringDraft, snapshot: ProjectSnapshot): Verdict {
  const reading = toDraftReading(draft, toFacts(snapshot))
  const checks = runChecks(reading)
  const status = computeStatus(checks)
  const plan = status === "green" || status === "amber" ? buildPlan(reading) : null
  return { status, checks, plan, suggestedFixes: status === "red" ? suggestFixes(reading) : [] }
}
