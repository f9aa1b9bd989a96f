import type { HeldForApproval } from "@peering-desk/shared-schemas"
import type { Request, Response } from "express"
import type { ApprovalGate } from "#changes/engine/approval-gate.ts"
import { acceptHeld } from "#changes/engine/approval-gate.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import { runProjectChange, type ProjectChange } from "#changes/engine/project-change.ts"
import type { ProjectChanges } from "./project-changes.ts"
import { toRequester } from "./requester.ts"

export interface ChangeProjectDeps extends ChangingDeps {
  approvals: ApprovalGate
  projectChanges: ProjectChanges
}

interface Asked<Plan> {
  request: Request
  response: Response
  projectId: string
  reason: string
  plan: Plan
}

/** Sends a change of a project, or holds it where another person has to approve it. */
export async function changeProject<Plan extends object, Result>(
  deps: ChangeProjectDeps,
  change: ProjectChange<Plan, Result>,
  { request, response, projectId, reason, plan }: Asked<Plan>,
): Promise<Result | HeldForApproval> {
  const held = await deps.approvals.hold(request, projectId, { kind: change.action, plan, reason })
  if (held !== null) return acceptHeld(response, held)
  return await runProjectChange(deps, change, toRequester(request, projectId, reason), plan)
}
