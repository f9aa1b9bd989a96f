import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { getWaitingOn, type RunbookStep } from "@peering-desk/peering-rules"

export type Stage = RunbookStep["stage"]

/** The stages whose steps are of use: once it failed, what has to be right for a new one; none for one that is being removed. */
export function toStages(peer: AtlasPeer): readonly Stage[] {
  const turn = getWaitingOn(peer)
  if (turn === "closing") return []
  return turn === "failed" ? ["before"] : ["before", "now", "after"]
}

/** The stage whose steps can be done now; null when none is, and when nobody knows. */
export function toStage(peer: AtlasPeer): Stage | null {
  switch (getWaitingOn(peer)) {
    case "you":
      return "now"
    case "works":
      return "after"
    case "atlas":
      // The other side has accepted; what comes after it may be made ready.
      return readStatus(peer) === "FINALIZING" ? "after" : "before"
    case "failed":
    case "closing":
    case "unknown":
      return null
  }
}

export const stageWords: Record<Stage, string> = {
  before: "Before it can work",
  now: "Now, in your cloud",
  after: "Until applications connect",
}
