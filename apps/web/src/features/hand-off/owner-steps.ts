import { toFailure, toRunbook, type RunbookStep } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { toHandOffTurn } from "#copy/hand-off.ts"

/** Steps for those who have an account, at Atlas or here: the owner of the network has none. */
const ofTheProject = new Set(["access-list", "connection-string", "try-it", "azure-role-check"])

/** The steps that are the owner's at this stage, first what is asked for now. */
export function toOwnerSteps(view: HandOffView): RunbookStep[] {
  const steps = toRunbook(view.peer, view.container).filter(({ id }) => !ofTheProject.has(id))
  return toStages(view).flatMap((stage) => steps.filter((step) => step.stage === stage))
}

function toStages(view: HandOffView): RunbookStep["stage"][] {
  switch (toHandOffTurn(view)) {
    case "you":
      return ["now", "before"]
    case "atlas":
      return view.status === "FINALIZING" ? ["after"] : ["before", "now"]
    case "works":
      return ["after"]
    case "failed":
      // Google Cloud and AWS have no permission that Atlas could miss.
      return view.peer.providerName === "AZURE" && toFailure(view.peer).cause === "permission-withdrawn"
        ? ["before"]
        : []
    case "closing":
    case "gone":
    case "unknown":
      return []
  }
}
