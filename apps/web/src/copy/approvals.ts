import {
  networkFields,
  type Approval,
  type ApprovalNeed,
  type ApprovalPlan,
  type ApprovalState,
} from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatAccount } from "./peerings.ts"

/** The state of a request. */
const approvalStateWords: Record<ApprovalState, { tone: Tone; words: string }> = {
  waiting: { tone: "unknown", words: "Waiting" },
  approved: { tone: "atlas", words: "Approved, sending" },
  unknown: { tone: "unknown", words: "Unknown, being looked up" },
  done: { tone: "works", words: "Done" },
  failed: { tone: "failed", words: "Failed" },
  declined: { tone: "failed", words: "Declined" },
  withdrawn: { tone: "closing", words: "Withdrawn" },
  expired: { tone: "closing", words: "Expired" },
}

/** Returns the state of a request as one person sees it. */
export function toApprovalState({ state, may }: Approval): { tone: Tone; words: string } {
  return may.decide ? { tone: "you", words: "Needs your approval" } : approvalStateWords[state]
}

/** Returns the title of what Atlas gets by a request; null for one that Atlas didn't carry out. */
export function toSentWords(state: ApprovalState): string | null {
  if (["declined", "withdrawn", "expired", "failed"].includes(state)) return null
  return state === "waiting" || state === "approved" ? "What is sent" : "What was sent"
}

/** The purposes of requests. */
export const planWords: Record<ApprovalPlan["kind"], string> = {
  create: "Create connection",
  change: "Edit connection",
  delete: "Delete connection",
  "request-again": "Delete and request again",
  "container-create": "Create container",
  "container-delete": "Delete container",
  "access-list-add": "Add to IP access list",
  "private-ip-mode-change": "Change peering-only mode",
  "custom-dns-change": "Change custom DNS",
}

export const approverWords: Record<ApprovalNeed, string> = {
  requester: "another requester or an administrator",
  administrator: "an administrator",
}

/** Says why the caller may not decide a waiting request; null when they may. */
export function toMayNotDecide({ mayNotDecide, needs }: Approval): string | null {
  switch (mayNotDecide) {
    case "own":
      return `You requested it, so ${approverWords[needs]} of the project has to decide.`
    case "role":
      return `Only ${approverWords[needs]} of the project can decide.`
    case "token":
    case null:
      return null
  }
}

/** Says who decided, and what. */
export function toDecision({ state, decidedBy }: Approval): string | null {
  if (decidedBy === null) return null
  if (state === "declined") return `Declined by ${decidedBy}`
  return state === "withdrawn" ? `Withdrawn by ${decidedBy}` : `Approved by ${decidedBy}`
}

/** Names who asked: `Olivia Marsh`, or `Olivia Marsh (token deploy)`. */
export function toRequesterName({ requestedBy: { name, token } }: Approval): string {
  return token === null ? name : `${name} (token ${token})`
}

/** Names the network that a request is about, or the container, entry or setting. */
export function toPlanSubject(plan: ApprovalPlan): string {
  if ("before" in plan) return toProjectSubject({ ...plan.before, ...plan.body })
  const values: Record<string, unknown> = "request" in plan ? plan.request : plan.target
  const name = Object.values(networkFields)
    .map((field) => values[field])
    .find((value) => typeof value === "string")
  return typeof name === "string" ? name : "peeringId" in plan ? plan.peeringId : "a network"
}

const subjectFields = ["atlasCidrBlock", "cidrBlock", "awsSecurityGroup", "containerId"] as const

function toProjectSubject(values: Record<string, unknown>): string {
  const name = subjectFields.map((field) => values[field]).find((value) => typeof value === "string")
  return typeof name === "string" ? name : values["enabled"] === true ? "on" : "off"
}

/** Says what a request asks for, between "asks to" and its subject. */
export function toAskWords({ kind }: ApprovalPlan): string {
  if (kind === "create") return "connect"
  if (kind === "request-again") return "delete the failed connection and connect"
  const words = planWords[kind]
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** Names what the owner of a plan's network has in their cloud. */
export function toOwnerName(plan: ApprovalPlan): string | null {
  if (!("request" in plan)) return null
  const { awsAccountId, gcpProjectId, vnetName } = plan.request as Record<string, string | undefined>
  if (awsAccountId !== undefined) return formatAccount(awsAccountId)
  return gcpProjectId ?? vnetName ?? "the network"
}
