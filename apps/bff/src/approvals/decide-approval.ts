import type { ApprovalDetail } from "@peering-desk/shared-schemas"
import type { AuditEvent } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import { waitAtMost } from "#base/clock.ts"
import { mayView } from "#sign-in/access.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { toEventPart } from "./approval-events.ts"
import { judgeCaller, mayWithdraw, toApprovalAnswer } from "./approval-answer.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { checkPlanHash } from "./approval-plan.ts"
import { isExpired, type StoredApproval } from "./stored-approval.ts"
import type { ApprovedSender } from "./approved-sender.ts"
import { checkApproval, refuseOutdated } from "./check-approval.ts"
import { explainClosed } from "./hold-change.ts"

export interface DecideDeps extends ApprovalDeps {
  approvedSender: Pick<ApprovedSender, "send">
}

/** Who decides, from where. */
export interface Decider {
  caller: SignedIn
  address: string | null
}

/** The answer waits this long for Atlas. What takes longer is shown as approved, and its outcome follows. */
const answerWithinMs = 15_000

/**
 * Returns a request that the caller may know of.
 * @throws AppError `not_found`
 */
async function findApproval(
  { approvalRows }: Pick<ApprovalDeps, "approvalRows">,
  id: string,
  { access }: SignedIn,
): Promise<StoredApproval> {
  const approval = await approvalRows.find(id)
  if (approval === null || !mayView(access, approval.projectId))
    throw new AppError("not_found", { detail: "No such request." })
  return approval
}

export async function readDetail(deps: ApprovalDeps, id: string, caller: SignedIn): Promise<ApprovalDetail> {
  const approval = await findApproval(deps, id, caller)
  const now = deps.clock.now()
  const isWaiting = approval.state === "waiting" && !isExpired(approval, now)
  return {
    approval: toApprovalAnswer(approval, caller, now),
    check: isWaiting ? await checkApproval(deps, approval, caller.access) : null,
  }
}

/**
 * Approves a request and sends it. Of several people who do so at once, one does.
 * @param planHash of the plan that the approver saw
 * @throws AppError `forbidden`, `approval_closed`, `plan_changed`, `requester_gone` or `preflight_refused`; then the request is as it was
 */
export async function approve(
  deps: DecideDeps,
  id: string,
  planHash: string,
  by: Decider,
): Promise<ApprovalDetail> {
  const { caller } = by
  const approval = await findApproval(deps, id, caller)
  try {
    refuseDecider(deps, approval, caller)
    refuseClosed(approval, deps.clock.now())
    if (approval.planHash !== planHash)
      throw new AppError("plan_changed", { detail: "You saw another plan. Load the request again." })
    checkPlanHash(approval)
    refuseOutdated(await checkApproval(deps, approval, caller.access), approval.requester.identity.name)
  } catch (thrown) {
    if (thrown instanceof AppError) await recordRefusal(deps, approval, by, thrown)
    throw thrown
  }
  await decide(deps, approval, by, "approved", { ...toEvent(approval, by), action: "approval-granted" })
  const sending = deps.approvedSender.send(await findApproval(deps, id, caller))
  await waitAtMost(deps.clock, answerWithinMs, [sending])
  return await readDetail(deps, id, caller)
}

/** @throws AppError `forbidden` or `approval_closed` */
export async function decline(
  deps: ApprovalDeps,
  id: string,
  reason: string,
  by: Decider,
): Promise<ApprovalDetail> {
  const approval = await findApproval(deps, id, by.caller)
  refuseDecider(deps, approval, by.caller)
  const event = { ...toEvent(approval, by), action: "approval-declined", reason } as const
  await decide(deps, approval, by, "declined", event, reason)
  return await readDetail(deps, id, by.caller)
}

/** @throws AppError `forbidden` for another person's request or a token without the role that requests, or `approval_closed` */
export async function withdraw(deps: ApprovalDeps, id: string, by: Decider): Promise<ApprovalDetail> {
  const approval = await findApproval(deps, id, by.caller)
  if (approval.userKey !== toUserKey(by.caller.identity))
    throw new AppError("forbidden", { detail: "Only the person who requested it can withdraw it." })
  if (!mayWithdraw(approval, by.caller))
    throw new AppError("forbidden", { detail: "This API token needs the role requester to withdraw it." })
  const event = { ...toEvent(approval, by), action: "approval-withdrawn" } as const
  await decide(deps, approval, by, "withdrawn", event)
  return await readDetail(deps, id, by.caller)
}

/**
 * Moves a waiting request, with its audit row.
 * @throws AppError `approval_closed` when it no longer waits
 */
async function decide(
  { approvalRows, audit, clock }: ApprovalDeps,
  approval: StoredApproval,
  { caller }: Decider,
  to: "approved" | "declined" | "withdrawn",
  event: AuditEvent,
  declineReason: string | null = null,
): Promise<void> {
  const { issuer, subject, name, email } = caller.identity
  const changes = { decider: { issuer, subject, name, email }, decidedAt: clock.now(), declineReason }
  let isMoved = false
  await audit.recordChange(event, async (transaction) => {
    isMoved = await approvalRows.move(approval, { from: ["waiting"], to }, changes, transaction)
    return isMoved
  })
  if (isMoved) return
  const now = (await approvalRows.find(approval.id)) ?? approval
  throw new AppError("approval_closed", { detail: explainClosed(now, clock.now()) })
}

function refuseDecider(
  { ruleBook }: Pick<ApprovalDeps, "ruleBook">,
  approval: StoredApproval,
  caller: SignedIn,
): void {
  const why = judgeCaller(approval, caller)
  if (why === null) return
  const role =
    approval.needs === "administrator" ? "an administrator" : "another requester or an administrator"
  const whom = ruleBook.askWhom() ?? `${role} of this project`
  const says = {
    own: `Nobody decides their own request: ${role} of this project has to.`,
    token: "API tokens can't decide requests. Sign in to Peering Desk in a browser.",
    role: `Your role does not let you decide this. Ask ${whom}.`,
  }
  throw new AppError("forbidden", { detail: says[why] })
}

function refuseClosed(approval: StoredApproval, now: number): void {
  if (approval.state === "waiting" && !isExpired(approval, now)) return
  throw new AppError("approval_closed", { detail: explainClosed(approval, now) })
}

async function recordRefusal(
  { audit }: ApprovalDeps,
  approval: StoredApproval,
  by: Decider,
  { code, message }: AppError,
): Promise<void> {
  const event = toEvent(approval, by)
  await audit.record({
    ...event,
    action: "approval-refused",
    detail: { ...event.detail, why: `${code}: ${message}` },
  })
}

/** The part that the audit rows about a request share. */
function toEvent(approval: StoredApproval, { caller, address }: Decider) {
  const { detail, ...about } = toEventPart(approval)
  const requestedBy = approval.requester.identity.name
  return { actor: caller.identity, address, ...about, detail: { ...detail, requestedBy } }
}
