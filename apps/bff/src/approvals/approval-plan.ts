import {
  readStatus,
  type ApprovalAction,
  type ApprovalPlan,
  type ApprovalTarget,
  type AtlasPeer,
  type CreatePeering,
} from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import { toUserKey } from "#store/session-store.ts"
import type { StoredApproval } from "./stored-approval.ts"

/** The values that name the networks of a connection. */
const targetFields = {
  AWS: ["containerId", "accepterRegionName", "awsAccountId", "vpcId", "routeTableCidrBlock"],
  GCP: ["containerId", "gcpProjectId", "networkName"],
  AZURE: ["containerId", "azureDirectoryId", "azureSubscriptionId", "resourceGroupName", "vnetName"],
} as const

/**
 * Returns what must stay the same of a connection between request and approval: the two networks, and whether traffic can flow. It passes
 * through other states by itself.
 */
export function toTarget(peer: AtlasPeer): ApprovalTarget {
  const fields = peer as Record<string, unknown>
  const values = targetFields[peer.providerName].map((name) => {
    const value = fields[name]
    return [name, typeof value === "string" ? value : null] as const
  })
  return { ...Object.fromEntries(values), isAvailable: readStatus(peer) === "AVAILABLE" }
}

export interface TargetDifference {
  field: string
  was: string | boolean | null
  is: string | boolean | null
}

export function listDifferences(was: ApprovalTarget, is: ApprovalTarget): TargetDifference[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, was: was[field] ?? null, is: is[field] ?? null }))
    .filter((difference) => difference.was !== difference.is)
}

export function toCreatePlan({
  request,
  newContainer,
}: Pick<CreatePeering, "request" | "newContainer">): Extract<ApprovalPlan, { kind: "create" }> {
  return { kind: "create", request, ...(newContainer && { newContainer }) }
}

/** The parts of a request that an approver decides on. */
type Approvable = Pick<
  StoredApproval,
  "projectId" | "plan" | "networkBlocks" | "peeredBlocks" | "reason" | "requester" | "needs"
>

/** SHA-256 over what an approver decides on, as JSON with sorted fields. */
export function toPlanHash({ requester, peeredBlocks, ...approvable }: Approvable): string {
  const { projectId, plan, networkBlocks, reason, needs } = approvable
  const { identity, claims } = requester
  const known = { networkBlocks, ...(peeredBlocks && { peeredBlocks }) }
  return toContentHash({ projectId, plan, ...known, reason, requester: { identity, claims }, needs })
}

/** @throws AppError `plan_changed` unless a request is the one that was made */
export function checkPlanHash(approval: StoredApproval, plan: ApprovalPlan = approval.plan): void {
  const isSamePerson = approval.userKey === toUserKey(approval.requester.identity)
  if (isSamePerson && toPlanHash({ ...approval, plan }) === approval.planHash) return
  throw new AppError("plan_changed", {
    detail: "What would be sent differs from what was requested. Nothing was sent. Request it again.",
  })
}

/** The actions of the policy that a plan consists of. */
export function toActions({ kind }: { kind: ApprovalPlan["kind"] | "replace" }): ApprovalAction[] {
  return kind === "request-again" || kind === "replace" ? ["delete", "create"] : [kind]
}
