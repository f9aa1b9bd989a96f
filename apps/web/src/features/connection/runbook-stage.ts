import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { toTurnOf, type RunbookStep } from "@peering-desk/peering-rules"

export type Stage = RunbookStep["stage"]

/** The stage whose steps can be done now; null when none is of use, as with a connection that failed or is being removed. */
export function toStage(peer: AtlasPeer): Stage | null {
  switch (toTurnOf(peer)) {
    case "you":
      return "now"
    case "works":
      return "after"
    case "atlas":
      // The other side has accepted; what comes after it may be made ready.
      return readStatus(peer) === "FINALIZING" ? "after" : "before"
    case "failed":
    case "closing":
      return null
    case "unknown":
      return "now"
  }
}

export const stageWords: Record<Stage, string> = {
  before: "Before it can work",
  now: "Now, in your cloud",
  after: "Until applications connect",
}
