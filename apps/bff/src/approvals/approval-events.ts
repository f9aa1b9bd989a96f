import type { ApprovalPlan, ProjectChangeName } from "@peering-desk/shared-schemas"
import type { NewApproval, StoredApproval } from "./stored-approval.ts"

/** Returns what the events about a request share. */
export function toEventPart(approval: NewApproval | StoredApproval) {
  const { id, projectId, providerName, peeringId, plan, planHash } = approval
  const name = "before" in plan ? projectNames[plan.kind] : nameNetwork(plan)
  return {
    projectId,
    // Routes choose by cloud. A change of all clouds counts as one of AWS, the default of Atlas.
    providerName: providerName ?? "AWS",
    peeringId,
    detail: { approval: id, act: plan.kind, name, planHash },
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
  const name = fields["vpcId"] ?? fields["networkName"] ?? fields["vnetName"]
  return typeof name === "string" && name !== "" ? name : "a connection"
}
