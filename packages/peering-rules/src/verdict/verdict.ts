import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { toDraftReading, toFacts } from "#draft/parse-draft.ts"
import { toPlan } from "#checks/plan.ts"
import { toChecks, toWorst } from "#checks/preflight-checks.ts"
import { suggestFixes } from "./suggested-fixes.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

/**
 * Says whether Atlas would take what is filled in so far, and on what that rests. Browser and server call it with the same
 * snapshot and come to the same verdict; the order of a snapshot's lists makes no difference.
 */
export function toVerdict(draft: PeeringDraft, snapshot: ProjectSnapshot): Verdict {
  const reading = toDraftReading(draft, toFacts(snapshot))
  const checks = toChecks(reading)
  const status = toWorst(checks)
  const plan = status === "green" || status === "amber" ? toPlan(reading) : null
  return { status, checks, plan, suggestedFixes: status === "red" ? suggestFixes(reading) : [] }
}
