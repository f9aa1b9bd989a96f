import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { toDraftReading, toFacts } from "./draft-reading.ts"
import { toPlan } from "./plan.ts"
import { toChecks, toWorst } from "./preflight-checks.ts"
import { toProposals } from "./proposals.ts"
import type { World } from "./world.ts"

/**
 * Says whether Atlas would take what is filled in so far, and on what that rests. Browser and server call it with the same
 * world and come to the same verdict; the order of a world's lists makes no difference.
 */
export function toVerdict(draft: PeeringDraft, world: World): Verdict {
  const reading = toDraftReading(draft, toFacts(world))
  const checks = toChecks(reading)
  const status = toWorst(checks)
  const plan = status === "green" || status === "amber" ? toPlan(reading) : null
  return { status, checks, plan, proposals: status === "red" ? toProposals(reading) : [] }
}
