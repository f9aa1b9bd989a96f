import type { ApprovalPlan, Peering, Problem, ProblemCode } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { toAppError } from "#base/app-error.ts"
import { toDistinctName } from "#changes/blast-radius.ts"
import { sendChange, type PlannedChange } from "#changes/change-peering.ts"
import { deletePeering } from "#changes/delete-peering.ts"
import { runProjectChange, type ProjectChange } from "#changes/engine/project-change.ts"
import { requestAgain } from "#changes/request-again.ts"
import { toCreateId } from "#creates/create-kind.ts"
import { createPeering } from "#creates/create-peering.ts"
import { toStillRunning } from "#changes/engine/change-states.ts"
import { toProblem } from "#http/problem-writer.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { Access } from "#sign-in/access.ts"
import type { Caller } from "#sign-in/require-user.ts"
import type { Tables } from "#store/tables.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { checkPlanHash, toCreatePlan, toProjectTarget, toTarget } from "./approval-plan.ts"
import type { StoredApproval } from "./stored-approval.ts"
import { toCreate } from "./check-approval.ts"

/** The outcome is not known yet: another process is sending it, or nothing could be written. */
const openCodes: readonly ProblemCode[] = ["still_running", "store_unavailable"]

/**
 * Sends an approved request once, and stores its outcome. Does not reject when Atlas refuses it or fails.
 * @returns false while the outcome is not known
 */
export async function sendApproved(deps: ApprovalDeps, approval: StoredApproval): Promise<boolean> {
  let peeringId: string | null
  try {
    peeringId = await send(deps, approval)
  } catch (thrown) {
    const failure = toAppError(thrown, "internal_error")
    deps.logger.warn({ err: failure, approval: approval.id }, "an approved request was not carried out")
    // A lost answer to a create: its change has the outcome later.
    const isLostCreate = failure.code === "outcome_unknown" && "request" in approval.plan
    if (isLostCreate || openCodes.includes(failure.code)) return false
    await settleFailed(deps, approval, toProblem(failure, ""))
    return true
  }
  await settleDone(deps, approval, peeringId)
  return true
}

type Rows = Pick<ApprovalDeps, "approvalRows">

export async function settleDone({ approvalRows }: Rows, approval: StoredApproval, peeringId: string | null) {
  await approvalRows.move(approval, { from: ["approved", "sending"], to: "done" }, { peeringId })
}

export async function settleFailed({ approvalRows }: Rows, approval: StoredApproval, problem: Problem) {
  await approvalRows.move(approval, { from: ["approved", "sending"], to: "failed" }, { problem })
}

/** Sends it in the name of the person who asked. Returns the id of the peering; null for a change of the project. */
async function send(deps: ApprovalDeps, approval: StoredApproval): Promise<string | null> {
  const { id, plan, planHash, projectId, key, reason, requester, decider } = approval
  if (decider === null) throw new Error(`Request ${id} has no approver`)
  checkPlanHash(approval)
  const { name, subject } = decider
  const identity: Caller = { ...requester.identity, approval: { id, by: { name, subject }, planHash } }
  const by = { projectId, reason, actor: identity, address: requester.address }
  // A change or deletion has the id of its request, so the request follows its outcome.
  const more = {
    id,
    writeWith: (transaction: Transaction<Tables>) => markSending(deps, approval, transaction),
  }
  switch (plan.kind) {
    case "create": {
      const create = toCreate(plan, approval)
      checkPlanHash(approval, toCreatePlan(create))
      const input = { ...create, projectId, key, identity, access: onlyIn(projectId), address: by.address }
      return (await createPeering(deps, input)).id
    }
    case "request-again": {
      const { peeringId } = plan
      const sender = { projectId, key, identity, access: onlyIn(projectId), address: by.address }
      const begun = await deps.changes.find(toCreateId({ projectId, key }))
      // The peering may be gone once it began.
      if (begun === null) await readTarget(deps, approval, plan)
      const input = { ...toCreate(plan, approval), ...sender }
      return (await requestAgain(deps, { ...input, peeringId, name: null })).id
    }
    case "change": {
      const { before } = await readTarget(deps, approval, plan)
      const body = plan.body as PlannedChange["body"]
      await sendChange(deps, by, { before, body, restarts: restartsWith(body) }, more)
      return plan.peeringId
    }
    case "delete": {
      const { name: confirmBy } = await readTarget(deps, approval, plan)
      await deletePeering(deps, by, plan.peeringId, confirmBy, more)
      return plan.peeringId
    }
    default: {
      const change: ProjectChange = deps.projectChanges[plan.kind]
      const before = toProjectTarget(await change.readBefore(projectId, plan.body))
      checkPlanHash(approval, { ...plan, before })
      await runProjectChange(deps, change, by, plan.body, more)
      return null
    }
  }
}

/** All fields of a peering restart it. */
function restartsWith(body: PlannedChange["body"]): boolean {
  return body.vpcId !== undefined
}

/**
 * Returns the connection that a plan is about, and the name that confirms it.
 * @throws AppError `plan_changed` when it is not the one that was approved
 */
async function readTarget(
  { pollers }: Pick<ApprovalDeps, "pollers">,
  approval: StoredApproval,
  plan: Extract<ApprovalPlan, { peeringId: string }>,
): Promise<{ before: Peering; name: string }> {
  const { projectId } = approval
  const before = await getPeering(pollers, projectId, plan.peeringId, beforeChangeMs)
  checkPlanHash(approval, { ...plan, target: toTarget(before.peer) })
  return { before, name: toDistinctName(before.peer, pollers.live.list(projectId).peerings) }
}

/** Marks the request as sent in the transaction that lets it leave, so only one process sends it. */
async function markSending(
  { approvalRows }: Rows,
  approval: StoredApproval,
  transaction: Transaction<Tables>,
): Promise<void> {
  const step = { from: ["approved"], to: "sending" } as const
  if (!(await approvalRows.move(approval, step, {}, transaction))) throw toStillRunning()
}

/** The verdict before sending reads this project alone: both people may see it. Each saw the others that they may see before. */
function onlyIn(projectId: string): Access {
  return { everywhere: null, projects: new Map([[projectId, "requester"]]), auditor: false }
}
