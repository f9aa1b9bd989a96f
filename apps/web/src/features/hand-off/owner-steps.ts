import { toFailure, toRunbook, type RunbookStep } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { formatAccount } from "#copy/peerings.ts"
import { nameOwnNetwork, toHandOffTurn } from "#copy/hand-off.ts"

/** Steps for people with an account, at Atlas or here: the owner of the network has none. */
const ofTheProject = new Set(["access-list", "connection-string", "try-it", "azure-role-check"])

/** What the owner does now: one act, of one step or of several that belong together. */
export interface OwnerAct {
  title: string
  /** The button that reports it as done; null where there is nothing to report. */
  done: string | null
  steps: RunbookStep[]
}

/** Finds the owner's act at this stage; null when Atlas or the requester acts, and when nothing is left. */
export function toOwnerAct(view: HandOffView): OwnerAct | null {
  const { peer } = view
  const turn = toHandOffTurn(view)
  const ofStage = (stage: RunbookStep["stage"]) => listSteps(view).filter((step) => step.stage === stage)
  if (peer.providerName === "AZURE") {
    const lacksRole = turn === "failed" && toFailure(peer).cause === "permission-withdrawn"
    if (turn !== "atlas" && !lacksRole) return null
    const title = `Assign Atlas's role on ${nameOwnNetwork(peer)}`
    return { title, done: lacksRole ? null : "I've assigned it", steps: ofStage("before") }
  }
  if (turn !== "you") return null
  return peer.providerName === "AWS"
    ? {
        title: `Accept the request in account ${formatAccount(peer.awsAccountId ?? "")}`,
        done: "I've accepted it",
        steps: ofStage("now"),
      }
    : { title: "Create the peering in Google Cloud", done: "I've created it", steps: ofStage("now") }
}

/** Lists what the owner may do besides, or afterwards. */
export function listLaterSteps(view: HandOffView): RunbookStep[] {
  if (!["you", "atlas", "works"].includes(toHandOffTurn(view))) return []
  const { providerName } = view
  return listSteps(view).filter(
    ({ stage }) => stage === "after" || (stage === "before" && providerName !== "AZURE"),
  )
}

function listSteps({ peer, container }: HandOffView): RunbookStep[] {
  return toRunbook(peer, container).filter(({ id }) => !ofTheProject.has(id))
}
