import type { ApprovalCheck, ApprovalPlan, CreatePeering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { AskedChange } from "#changes/engine/approval-gate.ts"
import type { ProjectChange } from "#changes/engine/project-change.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { preflightCreate, refuseRed } from "#preflight/preflight.ts"
import { mayAdminister, mayCreate, type Access } from "#sign-in/access.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { listDifferences, toCreatePlan, toPlanHash, toProjectTarget, toTarget } from "./approval-plan.ts"
import type { StoredApproval } from "./stored-approval.ts"

type CheckDeps = Pick<ApprovalDeps, "snapshotReader" | "pollers" | "projectChanges" | "people" | "ruleBook">

const requesterTexts = {
  gone: (name: string) =>
    `The identity provider no longer vouches for ${name}. Decline this request, or approve it once ${name} has signed in again.`,
  "no-role": (name: string) =>
    `${name} may no longer request this in this project. Decline this request, or have somebody with the role request it.`,
}

/** Settings of a project, which only its administrators change. */
const administratorPlans: ReadonlySet<string> = new Set(["private-ip-mode-change", "custom-dns-change"])

/** A plan that creates a peering, as the create takes it. */
export function toCreate(
  plan: Extract<ApprovalPlan, { request: unknown }>,
  { networkBlocks, peeredBlocks, reason }: Pick<StoredApproval, "networkBlocks" | "peeredBlocks" | "reason">,
): Omit<CreatePeering, "replaces"> {
  const { request, newContainer }: { request: unknown; newContainer?: unknown } = plan
  return {
    request: request as CreatePeering["request"],
    ...(newContainer !== undefined && {
      newContainer: newContainer as NonNullable<CreatePeering["newContainer"]>,
    }),
    ...(networkBlocks && { networkBlocks }),
    ...(peeredBlocks && { peeredBlocks }),
    reason,
  }
}

/** Returns whether a change is the one that is held under its key. */
export function isSameAsked(earlier: StoredApproval, asked: Extract<AskedChange, { key: string }>): boolean {
  if (asked.kind === "request-again")
    return (
      earlier.plan.kind === asked.kind &&
      earlier.peeringId === asked.peeringId &&
      earlier.reason === asked.reason
    )
  const { reason, networkBlocks = null, peeredBlocks = null } = asked.create
  const plan = toSamePlan(earlier.plan, asked)
  return (
    plan !== null &&
    earlier.planHash === toPlanHash({ ...earlier, plan, reason, networkBlocks, peeredBlocks })
  )
}

/** Returns the plan of a repeated request, with what the first one replaces; null when that differs. */
function toSamePlan(
  earlier: ApprovalPlan,
  asked: Extract<AskedChange, { create: CreatePeering }>,
): ApprovalPlan | null {
  const plan = toCreatePlan(asked.create)
  if (earlier.kind !== "request-again") return plan
  const { kind, peeringId, target } = earlier
  const { kind: _, ...sent } = plan
  return asked.kind === "replace" && asked.peeringId === peeringId
    ? { kind, peeringId, target, ...sent }
    : null
}

/** Compares a request with what is known now: its requester, the verdict by Atlas's lists, and the connection it is about. */
export async function checkApproval(
  { snapshotReader, pollers, projectChanges, ...people }: CheckDeps,
  approval: StoredApproval,
  access: Access,
): Promise<ApprovalCheck> {
  const { plan, projectId } = approval
  const without = plan.kind === "request-again" ? plan.peeringId : null
  const [requester, preflight, target] = await Promise.all([
    checkRequester(people, approval),
    "request" in plan
      ? preflightCreate(snapshotReader, { ...toCreate(plan, approval), projectId, access }, without)
      : null,
    "target" in plan
      ? checkTarget({ pollers }, projectId, plan)
      : "before" in plan
        ? checkProjectTarget(projectChanges[plan.kind], projectId, plan)
        : null,
  ])
  const isSame = target === null || (target.isThere && target.differences.length === 0)
  const holds = requester === null && isSame && preflight?.verdict.status !== "red"
  return { requester, preflight, target, holds }
}

/** Returns why nothing may be sent in the requester's name any more: null when it may. */
async function checkRequester(
  { people, ruleBook }: Pick<CheckDeps, "people" | "ruleBook">,
  { userKey, requester, projectId, plan }: StoredApproval,
): Promise<ApprovalCheck["requester"]> {
  const known = await people.find(userKey)
  if (known !== null && known.refusedAt !== null) return "gone"
  const claims = [requester.claims, ...(known === null ? [] : [known.claims])]
  const may = administratorPlans.has(plan.kind) ? mayAdminister : mayCreate
  return claims.every((one) => may(ruleBook.accessOf(one), projectId)) ? null : "no-role"
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

async function checkProjectTarget(
  change: ProjectChange,
  projectId: string,
  { body, before }: Extract<ApprovalPlan, { before: unknown }>,
): Promise<ApprovalCheck["target"]> {
  try {
    const is = toProjectTarget(await change.readBefore(projectId, body))
    return { isThere: true, differences: listDifferences(before ?? {}, is ?? {}) }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "container_not_found")
      return { isThere: false, differences: [] }
    throw thrown
  }
}

/**
 * @param name the requester's
 * @throws AppError `requester_gone`, `preflight_refused` or `plan_changed` for a request that no longer holds
 */
export function refuseOutdated({ requester, preflight, target }: ApprovalCheck, name: string): void {
  if (requester !== null) throw new AppError("requester_gone", { detail: requesterTexts[requester](name) })
  if (preflight !== null) refuseRed(preflight)
  if (target === null) return
  if (!target.isThere)
    throw new AppError("plan_changed", { detail: "Atlas no longer has what this is about." })
  if (target.differences.length === 0) return
  const changed = target.differences.map(({ field, was, is }) => `${field} was ${was}, and is ${is} now`)
  throw new AppError("plan_changed", {
    detail: `It differs from what was requested: ${changed.join("; ")}. Decline this request, and request it again.`,
  })
}
