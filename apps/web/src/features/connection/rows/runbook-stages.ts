import { readStatus, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { getWaitingOn, toRunbook, type PathStop, type RunbookStep } from "@peering-desk/peering-rules"

type Stage = RunbookStep["stage"]

const order: readonly Stage[] = ["before", "now", "after"]

/** Lists the steps of use: once it failed, what a new request needs; none for one that is being deleted. */
export function listSteps(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  const turn = getWaitingOn(peer)
  if (turn === "closing") return []
  const steps = toRunbook(peer, container)
  return turn === "failed" ? steps.filter(({ stage }) => stage === "before") : steps
}

/** Says when a step can be done; null when it can be now. Steps of an unknown status can. */
export function toReadyWords({ stage }: RunbookStep, peer: AtlasPeer): string | null {
  const present = getStage(peer)
  if (present === null || order.indexOf(stage) <= order.indexOf(present)) return null
  if (stage === "now") return "After the request"
  return peer.providerName === "AWS" ? "After acceptance" : "Once available"
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

/** Tells if only a person can say that a step is done: Atlas shows a peering and a role, and facts may show the stop's own step. */
export function isForMark({ id }: RunbookStep, stop: PathStop): boolean {
  if (stop.id === "peering" || stop.id === "role") return false
  const showsStep = stop.stepId === id && stop.id !== "cluster"
  return !showsStep || stop.state === "not-checked" || stop.state === "marked"
}

/** Tells if the stop waits for this step. */
export function isAwaited({ id }: RunbookStep, { stepId, state }: PathStop): boolean {
  return stepId === id && (state === "waiting" || state === "in-progress")
}
