import type { PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import { toDraftReading, toFacts } from "#draft/parse-draft.ts"
import { buildPlan } from "#checks/plan.ts"
import { runChecks, computeStatus } from "#checks/preflight-checks.ts"
import { toKnownNetworks } from "./known-networks.ts"
import { suggestFixes, suggestWithoutOverlap } from "./suggested-fixes.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

/**
 * Computes whether Atlas would take the draft as filled in so far. Browser and server get the same verdict for the same
 * snapshot; the order of its lists makes no difference.
 */
export function toVerdict({ facts, ...draft }: PeeringDraft, snapshot: ProjectSnapshot): Verdict {
  const looked = [...(facts === undefined ? [] : [facts]), ...(snapshot.networkFacts ?? [])]
  const networks = toKnownNetworks(looked, snapshot.now)
  const reading = toDraftReading(draft, toFacts(leaveOutReplaced(draft, snapshot), networks))
  const checks = runChecks(reading)
  const status = computeStatus(checks)
  const plan = status === "red" || status === "open" ? null : buildPlan(reading)
  const suggestedFixes =
    status === "red" ? suggestFixes(reading) : plan === null ? [] : suggestWithoutOverlap(reading, checks)
  return { status, checks, plan, suggestedFixes }
}

/** Leaves out the failed peering that is deleted before the draft is sent. */
function leaveOutReplaced({ replaces }: PeeringDraft, snapshot: ProjectSnapshot): ProjectSnapshot {
  if (replaces === undefined) return snapshot
  const peers = snapshot.here.peers.filter(({ id }) => id !== replaces)
  return { ...snapshot, here: { ...snapshot.here, peers } }
}
