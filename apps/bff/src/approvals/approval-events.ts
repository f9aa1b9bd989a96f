import { networkFields, type ApprovalPlan, type ProjectChangeName } from "@peering-desk/shared-schemas"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { NewHeldChange } from "#changes/engine/stored-change.ts"
import { describeHeld } from "./approval-answer.ts"

/** Returns what the events about a request share. */
export function toEventPart(kind: ChangeKind, change: NewHeldChange) {
  const { id, projectId, held } = change
  const { providerName, peeringId, plan } = describeHeld(kind, change)
  const name = "before" in plan ? projectNames[plan.kind] : nameNetwork(plan)
  return {
    projectId,
    // Routes choose by cloud. A change of all clouds counts as one of AWS, the default of Atlas.
    providerName: providerName ?? "AWS",
    peeringId,
    detail: { approval: id, act: plan.kind, name, planHash: held.planHash },
  }
}

const projectNames: Record<ProjectChangeName, string> = {
  "container-create": "the containers of a project",
  "container-delete": "the containers of a project",
  "access-list-add": "the IP access list of a project",
  "private-ip-mode-change": "peering-only mode of a project",
  "custom-dns-change": "custom DNS of a project",
}

/** Returns the name of the person's network that a plan is about. */
function nameNetwork(plan: Exclude<ApprovalPlan, { before: unknown }>): string {
  const fields: Record<string, unknown> = "request" in plan ? plan.request : plan.target
  const name = Object.values(networkFields)
    .map((field) => fields[field])
    .find(Boolean)
  return typeof name === "string" && name !== "" ? name : "a connection"
}
