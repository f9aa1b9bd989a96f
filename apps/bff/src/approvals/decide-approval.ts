import type { ApprovalDetail } from "@peering-desk/shared-schemas"
import type { AuditEvent } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import { decide, type ChangeRecords } from "#changes/engine/change-states.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import { checkPlanHash, toRequester } from "#changes/engine/plan-hash.ts"
import { isHeld, type HeldChange } from "#changes/engine/stored-change.ts"
import type { Kinds } from "#changes/kinds.ts"
import { mayView } from "#sign-in/access.ts"
import type { SignedIn } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { checkApprover, mayWithdraw, toApprovalAnswer } from "./approval-answer.ts"
import { toEventPart } from "./approval-events.ts"
import { checkApproval, refuseOutdated, type CheckDeps } from "./check-approval.ts"
import { explainClosed } from "./hold-change.ts"

export interface DecideDeps extends CheckDeps, ChangeRecords, ChangingDeps {
  kinds: Kinds
  clock: Clock
  logger: Logger
}

/** Who decides, from where. */
export interface Decider {
  caller: SignedIn
  address: string | null
}

/** The answer waits this long for Atlas. What takes longer is shown as approved, and its outcome follows. */
const answerWithinMs = 15_000

interface Approval {
  change: HeldChange
  kind: ChangeKind
}

/**
 * Returns a request that the caller may know of.
 * @throws AppError `not_found`
 */
async function findApproval(
  { changeRows, kinds }: Pick<DecideDeps, "changeRows" | "kinds">,
  id: string,
  { access }: SignedIn,
): Promise<Approval> {
  const change = await changeRows.find(id)
  if (change === null || !isHeld(change) || !mayView(access, change.projectId))
    throw new AppError("not_found", { detail: "No such request." })
  return { change, kind: kinds[change.kind] }
}

export async function readDetail(deps: DecideDeps, id: string, caller: SignedIn): Promise<ApprovalDetail> {
  const { change, kind } = await findApproval(deps, id, caller)
  return {
    approval: toApprovalAnswer(kind, change, caller),
    check: change.state === "waiting" ? await checkApproval(deps, kind, change, caller.access) : null,
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
  const { change, kind } = approval
  const { held } = change
  try {
    refuseDecider(deps, change, caller)
    if (change.state !== "waiting") throw toClosed(change)
    if (held.planHash !== planHash)
      throw new AppError("plan_changed", { detail: "You saw another plan. Load the request again." })
    checkPlanHash(kind, change)
    refuseOutdated(await checkApproval(deps, kind, change, caller.access), held.requester.identity.name)
  } catch (thrown) {
    if (thrown instanceof AppError) await recordRefusal(deps, approval, by, thrown)
    throw thrown
  }
  const event = { ...toEvent(approval, by), action: "approval-granted" } as const
  const approved = await move(deps, approval, by, "ready", event)
  const sending = deps.changes.carryOut(kind, approved, toRequester(approved)).catch((error: unknown) => {
    deps.logger.warn({ err: error, approval: id }, "An approved change was not carried out")
  })
  await waitAtMost(deps.clock, answerWithinMs, [sending])
  return await readDetail(deps, id, caller)
}

/** @throws AppError `forbidden` or `approval_closed` */
export async function decline(
  deps: DecideDeps,
  id: string,
  reason: string,
  by: Decider,
): Promise<ApprovalDetail> {
  const approval = await findApproval(deps, id, by.caller)
  refuseDecider(deps, approval.change, by.caller)
  const event = { ...toEvent(approval, by), action: "approval-declined", reason } as const
  await move(deps, approval, by, "declined", event, reason)
  return await readDetail(deps, id, by.caller)
}

/** @throws AppError `forbidden` for another person's request or a token without the role that requests, or `approval_closed` */
export async function withdraw(deps: DecideDeps, id: string, by: Decider): Promise<ApprovalDetail> {
  const approval = await findApproval(deps, id, by.caller)
  if (approval.change.userKey !== toUserKey(by.caller.identity))
    throw new AppError("forbidden", { detail: "Only the person who requested it can withdraw it." })
  if (!mayWithdraw(approval.change, by.caller))
    throw new AppError("forbidden", { detail: "This API token needs the role requester to withdraw it." })
  const event = { ...toEvent(approval, by), action: "approval-withdrawn" } as const
  await move(deps, approval, by, "withdrawn", event)
  return await readDetail(deps, id, by.caller)
}

/**
 * Decides a waiting request, with its event.
 * @throws AppError `approval_closed` when it no longer waits
 */
async function move(
  deps: DecideDeps,
  { change }: Approval,
  { caller }: Decider,
  to: "ready" | "declined" | "withdrawn",
  event: AuditEvent,
  reason: string | null = null,
): Promise<HeldChange> {
  const { issuer, subject, name, email } = caller.identity
  const decision = { by: { issuer, subject, name, email }, at: deps.clock.now(), reason }
  const moved = await decide(deps, change, to, decision, event)
  if (moved !== null && isHeld(moved)) return moved
  const now = await deps.changeRows.find(change.id)
  throw toClosed(now !== null && isHeld(now) ? now : change)
}

function refuseDecider(
  { ruleBook }: Pick<DecideDeps, "ruleBook">,
  change: HeldChange,
  caller: SignedIn,
): void {
  const why = checkApprover(change, caller)
  if (why === null) return
  const role =
    change.held.needs === "administrator" ? "an administrator" : "another requester or an administrator"
  const whom = ruleBook.askWhom() ?? `${role} of this project`
  const says = {
    own: `Nobody decides their own request: ${role} of this project has to.`,
    token: "API tokens can't decide requests. Sign in to Peering Desk in a browser.",
    role: `Your role does not let you decide this. Ask ${whom}.`,
  }
  throw new AppError("forbidden", { detail: says[why] })
}

function toClosed(change: HeldChange): AppError {
  return new AppError("approval_closed", { detail: explainClosed(change) })
}

async function recordRefusal(
  { audit }: DecideDeps,
  approval: Approval,
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
function toEvent({ change, kind }: Approval, { caller, address }: Decider) {
  const { detail, ...about } = toEventPart(kind, change)
  const requestedBy = change.held.requester.identity.name
  return { actor: caller.identity, address, ...about, detail: { ...detail, requestedBy } }
}
