import { providerNames, type ApprovalPlan, type ProviderName } from "@peering-desk/shared-schemas"
import { planChange } from "#changes/change-peering.ts"
import { checkName } from "#changes/delete-peering.ts"
import type { AskedChange, AskedProjectChange } from "#changes/engine/approval-gate.ts"
import type { ProjectChange } from "#changes/engine/project-change.ts"
import { buildAgain, checkReplacement } from "#changes/request-again.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { toCreatePlan, toProjectTarget, toTarget } from "./approval-plan.ts"

/** What is stored of a change that is held. */
interface Planned {
  plan: ApprovalPlan
  reason: string
  networkBlocks: string[] | null
  peeredBlocks?: string[] | null
}

/** Builds the plan of a change, with the checks that it would go through now. */
export async function planHeld(
  deps: ApprovalDeps,
  projectId: string,
  { access }: SignedIn,
  asked: AskedChange,
): Promise<Planned> {
  const { pollers, snapshotReader } = deps
  switch (asked.kind) {
    case "create": {
      const { create } = asked
      await checkPreflight(snapshotReader, { ...create, projectId, access })
      const { reason, networkBlocks = null, peeredBlocks = null } = create
      return { plan: toCreatePlan(create), reason, networkBlocks, peeredBlocks }
    }
    case "change": {
      const { peeringId, change } = asked
      const { before, body } = await planChange(deps, projectId, peeringId, change)
      const plan = { kind: "change", peeringId, target: toTarget(before.peer), body: { ...body } } as const
      return { plan, reason: change.reason, networkBlocks: null }
    }
    case "delete": {
      const { peeringId, name, reason } = asked
      const before = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
      checkName(pollers, before, name)
      const plan = { kind: "delete", peeringId, target: toTarget(before.peer) } as const
      return { plan, reason, networkBlocks: null }
    }
    case "request-again": {
      const { peeringId, name, reason } = asked
      const { failed, request } = await buildAgain(deps, { projectId, peeringId, name })
      await checkPreflight(snapshotReader, { request, projectId, access }, peeringId)
      const plan = { kind: "request-again", peeringId, target: toTarget(failed.peer), request } as const
      return { plan, reason, networkBlocks: null }
    }
    case "replace": {
      const { create, peeringId } = asked
      const { request, reason, networkBlocks = null, peeredBlocks = null } = create
      const failed = await checkReplacement(deps, { projectId, peeringId, request })
      await checkPreflight(snapshotReader, { ...create, projectId, access }, peeringId)
      const { kind: _, ...sent } = toCreatePlan(create)
      const plan: ApprovalPlan =
        failed === null
          ? toCreatePlan(create)
          : { kind: "request-again", peeringId, target: toTarget(failed.peer), ...sent }
      return { plan, reason, networkBlocks, peeredBlocks }
    }
    default:
      return await planProjectChange(deps, projectId, asked)
  }
}

async function planProjectChange(
  { projectChanges }: Pick<ApprovalDeps, "projectChanges">,
  projectId: string,
  { kind, plan, reason }: AskedProjectChange,
): Promise<Planned> {
  const change: ProjectChange = projectChanges[kind]
  const before = toProjectTarget(await change.readBefore(projectId, plan))
  return { plan: { kind, body: { ...plan }, before }, reason, networkBlocks: null }
}

/** Returns the clouds that a change of a project concerns. */
export function listProjectClouds({ kind, plan }: AskedProjectChange): readonly ProviderName[] {
  if ("providerName" in plan) return [plan.providerName as ProviderName]
  return kind === "custom-dns-change" || "awsSecurityGroup" in plan ? ["AWS"] : providerNames
}
