import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { getWaitingOn, type RunbookStep } from "@peering-desk/peering-rules"

export type Stage = RunbookStep["stage"]

const order: readonly Stage[] = ["before", "now", "after"]

/** Lists the stages whose steps are of use: once it failed, what a new request needs; none for one that is being deleted. */
export function listStages(peer: AtlasPeer): readonly Stage[] {
  const turn = getWaitingOn(peer)
  if (turn === "closing") return []
  return turn === "failed" ? ["before"] : order
}

/** Returns the stage whose steps can be done now; null when nobody knows. */
function getStage(peer: AtlasPeer): Stage | null {
  switch (getWaitingOn(peer)) {
    case "you":
      return "now"
    case "works":
      return "after"
    case "atlas":
      // The other side has accepted; the steps after it may be prepared.
      return readStatus(peer) === "FINALIZING" ? "after" : "before"
    case "failed":
    case "closing":
    case "unknown":
      return null
  }
}

/** Tells if the steps of a stage can be done already. Steps of an unknown status can. */
export function isStageReached(stage: Stage, peer: AtlasPeer): boolean {
  const present = getStage(peer)
  return present === null || order.indexOf(stage) <= order.indexOf(present)
}
