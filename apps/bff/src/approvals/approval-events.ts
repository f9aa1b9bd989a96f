import type { ApprovalPlan, ProjectChangeName } from "@peering-desk/shared-schemas"
import type { NewNotificationEvent } from "#events/notification-events.ts"
import type { NewApproval, StoredApproval } from "./stored-approval.ts"

/** Builds the event that tells approvers of a request. */
export function toRequestedEvent(approval: NewApproval, at: number): NewNotificationEvent {
  const { requester, reason } = approval
  return {
    at,
    kind: "approval-requested",
    ...toPart(approval, { by: requester.identity.name, why: reason }),
  }
}

/** Builds the event that tells the requester of a decision. */
export function toDecidedEvent(
  approval: StoredApproval,
  {
    by,
    decision,
    why,
    at,
  }: { by: string; decision: "approved" | "declined"; why: string | null; at: number },
): NewNotificationEvent {
  return {
    at,
    kind: "approval-decided",
    ...toPart(approval, { by, decision, ...(why !== null && { why }) }),
  }
}

function toPart(
  { id, projectId, providerName, peeringId, plan }: NewApproval | StoredApproval,
  more: Pick<NewNotificationEvent["values"], "by" | "why" | "decision">,
): Pick<NewNotificationEvent, "about" | "values"> {
  return {
    // Routes choose by cloud. A change of all clouds counts as one of AWS, the default of Atlas.
    about: { projectId, providerName: providerName ?? "AWS", peeringId },
    values: {
      ...more,
      ...("before" in plan ? { name: projectNames[plan.kind] } : { name: nameNetwork(plan), act: plan.kind }),
      approval: id,
    },
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
