import { escapeInvisible, type Approval } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangeState, HeldChange } from "#changes/engine/stored-change.ts"
import { mayCreate } from "#sign-in/access.ts"
import { toMailAddress } from "#sign-in/provider/mail-address.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { judgeApprover } from "./approval-policy.ts"

/** The states as people see them. What is on its way to Atlas is approved. */
const shownStates: Record<ChangeState, Approval["state"]> = {
  waiting: "waiting",
  ready: "approved",
  sent: "approved",
  unknown: "unknown",
  done: "done",
  refused: "failed",
  failed: "failed",
  unclear: "failed",
  declined: "declined",
  withdrawn: "withdrawn",
  expired: "expired",
}

/** Says why a caller may not decide a request: null when they may. */
export function checkApprover({ projectId, userKey, held }: HeldChange, { identity, access }: SignedIn) {
  const requesterKeys = [userKey, toUserKey(held.requester.identity)]
  const approver = { userKey: toUserKey(identity), access, isToken: identity.token !== undefined }
  return judgeApprover({ projectId, needs: held.needs, requesterKeys }, approver)
}

/** A person may withdraw their own requests in any role, their API tokens only with the role that requests. */
export function mayWithdraw({ projectId, userKey }: HeldChange, { identity, access }: SignedIn): boolean {
  const hasRole = identity.token === undefined || mayCreate(access, projectId)
  return userKey === toUserKey(identity) && hasRole
}

/** The parts of a held change that its plan and kind tell. */
export function describeHeld(
  kind: ChangeKind,
  change: Pick<HeldChange, "subject" | "plan" | "before"> & { peeringId?: string | null },
) {
  const plan = kind.toShown(change)
  const [providerName = null, ...more] = kind.toClouds(change.plan)
  return {
    plan,
    /** Null for a change that concerns all clouds of the project. */
    providerName: more.length === 0 ? providerName : null,
    /** The connection that it is about, or that it created. */
    peeringId: change.peeringId ?? ("peeringId" in plan ? plan.peeringId : null),
  }
}

/** Translates a held change for one caller. */
export function toApprovalAnswer(kind: ChangeKind, change: HeldChange, caller: SignedIn): Approval {
  const { id, projectId, held, problem } = change
  const { requester, decision, needs, planHash } = held
  const { name, token } = requester.identity
  const { address: email } = toMailAddress(requester)
  const state = shownStates[change.state]
  const mayNotDecide = checkApprover(change, caller)
  return {
    id,
    projectId,
    ...describeHeld(kind, change),
    planHash,
    ...escapeInvisible({
      reason: held.reason,
      requestedBy: { name, email, token: token?.name ?? null },
      decidedBy: decision?.by.name ?? null,
      declineReason: decision?.reason ?? null,
    }),
    requestedAt: toInstant(change.createdAt),
    expiresAt: toInstant(held.expiresAt),
    needs,
    state,
    decidedAt: decision === null ? null : toInstant(decision.at),
    problem,
    may: {
      decide: state === "waiting" && mayNotDecide === null,
      withdraw: state === "waiting" && mayWithdraw(change, caller),
    },
    mayNotDecide,
  }
}
