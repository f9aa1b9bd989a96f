import {
  readStatus,
  type ApprovalAction,
  type ApprovalPlan,
  type ApprovalTarget,
  type AtlasPeer,
  type CreatePeering,
  type ProjectChangeName,
} from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { AskedChange } from "#changes/engine/approval-gate.ts"
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

const projectActions: Record<ProjectChangeName, ApprovalAction> = {
  "container-create": "container",
  "container-delete": "container",
  "access-list-add": "access-list",
  "private-ip-mode-change": "private-ip-mode",
  "custom-dns-change": "custom-dns",
}

/** Returns the actions of the policy that a change consists of. */
export function toActions(asked: AskedChange): ApprovalAction[] {
  switch (asked.kind) {
    case "create":
    case "replace":
      return [
        ...(asked.kind === "replace" ? (["delete"] as const) : []),
        "create",
        ...(asked.create.newContainer === undefined ? [] : (["container"] as const)),
      ]
    case "request-again":
      return ["delete", "create"]
    case "change":
    case "delete":
      return [asked.kind]
    default:
      return [projectActions[asked.kind]]
  }
}

/** Returns the values of a container, an entry or a setting that must stay the same until its change is sent. */
export function toProjectTarget(before: object | null): ApprovalTarget | null {
  if (before === null) return null
  const isCompared = ([name, value]: [string, unknown]) =>
    !volatile.has(name) && ["string", "boolean"].includes(typeof value)
  return Object.fromEntries(Object.entries(before).filter(isCompared)) as ApprovalTarget
}

/** Atlas changes them by itself. */
const volatile: ReadonlySet<string> = new Set(["provisioned", "status"])
