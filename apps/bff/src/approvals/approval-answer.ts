import { escapeInvisible, type Approval } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import { mayCreate } from "#sign-in/access.ts"
import { toMailAddress } from "#sign-in/provider/mail-address.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { judgeApprover } from "./approval-policy.ts"
import { isExpired, type StoredApproval } from "./stored-approval.ts"

/** The state as people see it: what is on its way to Atlas is approved. */
function toShownState(approval: StoredApproval, now: number): Approval["state"] {
  if (isExpired(approval, now)) return "expired"
  return approval.state === "sending" ? "approved" : approval.state
}

/** Says why a caller may not decide a request: null when they may. */
export function judgeCaller(approval: StoredApproval, { identity, access }: SignedIn) {
  const { projectId, needs, userKey, requester } = approval
  const requesterKeys = [userKey, toUserKey(requester.identity)]
  const approver = { userKey: toUserKey(identity), access, isToken: identity.token !== undefined }
  return judgeApprover({ projectId, needs, requesterKeys }, approver)
}

/** A person may withdraw their own requests in any role, their API tokens only with the role that requests. */
export function mayWithdraw({ projectId, userKey }: StoredApproval, { identity, access }: SignedIn): boolean {
  const hasRole = identity.token === undefined || mayCreate(access, projectId)
  return userKey === toUserKey(identity) && hasRole
}

/** Translates a request for one caller. */
export function toApprovalAnswer(approval: StoredApproval, caller: SignedIn, now: number): Approval {
  const { requester, decider } = approval
  const { name, token } = requester.identity
  const { address: email } = toMailAddress(requester)
  const state = toShownState(approval, now)
  const mayNotDecide = judgeCaller(approval, caller)
  return {
    id: approval.id,
    projectId: approval.projectId,
    providerName: approval.providerName,
    plan: approval.plan,
    planHash: approval.planHash,
    ...escapeInvisible({
      reason: approval.reason,
      requestedBy: { name, email, token: token?.name ?? null },
      decidedBy: decider?.name ?? null,
      declineReason: approval.declineReason,
    }),
    requestedAt: toInstant(approval.createdAt),
    expiresAt: toInstant(approval.expiresAt),
    needs: approval.needs,
    state,
    decidedAt: approval.decidedAt === null ? null : toInstant(approval.decidedAt),
    peeringId: approval.peeringId,
    problem: approval.problem,
    may: {
      decide: state === "waiting" && mayNotDecide === null,
      withdraw: state === "waiting" && mayWithdraw(approval, caller),
    },
    mayNotDecide,
  }
}
