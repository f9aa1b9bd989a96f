import type { ApprovalCheck, ApprovalPlan, CreatePeering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { preflightCreate, refuseRed } from "#preflight/preflight.ts"
import type { Access } from "#sign-in/access.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { listDifferences, toTarget } from "./approval-plan.ts"
import type { StoredApproval } from "./approval-rows.ts"

type CheckDeps = Pick<ApprovalDeps, "snapshotReader" | "pollers">

/** A plan that creates a peering, as the create takes it. */
export function toCreate(
  plan: Extract<ApprovalPlan, { request: unknown }>,
  { networkBlocks, reason }: Pick<StoredApproval, "networkBlocks" | "reason">,
): CreatePeering {
  const { request, newContainer } = plan as Pick<CreatePeering, "request" | "newContainer">
  return {
    request,
    ...(newContainer && { newContainer }),
    ...(networkBlocks && { networkBlocks }),
    reason,
  }
}

/** Compares a request with Atlas's lists of now: the same verdict as at the request, and the same connection. */
export async function checkApproval(
  { snapshotReader, pollers }: CheckDeps,
  approval: StoredApproval,
  access: Access,
): Promise<ApprovalCheck> {
  const { plan, projectId } = approval
  const without = plan.kind === "request-again" ? plan.peeringId : null
  const [preflight, target] = await Promise.all([
    "request" in plan
      ? preflightCreate(snapshotReader, { ...toCreate(plan, approval), projectId, access }, without)
      : null,
    "target" in plan ? checkTarget({ pollers }, projectId, plan) : null,
  ])
  const isSame = target === null || (target.isThere && target.differences.length === 0)
  return { preflight, target, holds: isSame && preflight?.verdict.status !== "red" }
}

async function checkTarget(
  { pollers }: Pick<CheckDeps, "pollers">,
  projectId: string,
  { peeringId, target }: Extract<ApprovalPlan, { peeringId: string }>,
): Promise<ApprovalCheck["target"]> {
  try {
    const { peer } = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
    return { isThere: true, differences: listDifferences(target, toTarget(peer)) }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "peering_not_found")
      return { isThere: false, differences: [] }
    throw thrown
  }
}

/** @throws AppError `preflight_refused` or `plan_changed` for a request that no longer holds */
export function refuseOutdated({ preflight, target }: ApprovalCheck): void {
  if (preflight !== null) refuseRed(preflight)
  if (target === null) return
  if (!target.isThere)
    throw new AppError("plan_changed", { detail: "Atlas no longer lists this connection." })
  if (target.differences.length === 0) return
  const changed = target.differences.map(({ field, was, is }) => `${field} was ${was}, and is ${is} now`)
  throw new AppError("plan_changed", {
    detail: `The connection differs from what was requested: ${changed.join("; ")}. Decline this request, and request it again.`,
  })
}
