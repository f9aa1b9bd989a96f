import { approvalUrls, type HeldForApproval } from "@peering-desk/shared-schemas"
import type { Request, Response } from "express"
import { userOf } from "#sign-in/require-user.ts"
import type { ChangeKind, Sender } from "./change-kind.ts"
import type { Store } from "#store/store.ts"
import type { ChangingDeps } from "./changes.ts"
import { refuseManaged } from "./managed-elsewhere.ts"
import type { StoredChange } from "./stored-change.ts"

/** A request of the API for a change in a project. */
export interface Asking {
  request: Request
  response: Response
  projectId: string
  reason: string
}

type Thing<Plan> = Pick<StoredChange<Plan>, "subject" | "plan">

/** Holds changes that another person has to approve. */
export interface ApprovalGate {
  /** Stores a change that has to be approved, once. Returns null when it may be sent at once. */
  hold: <Plan, Result, Before>(
    asking: Asking,
    kind: ChangeKind<Plan, Result, Before>,
    thing: Thing<Plan>,
  ) => Promise<HeldForApproval | null>
  /**
   * Answers a request for a change that was held under its key.
   * @throws AppError `approval_closed` when it no longer waits and was not carried out
   */
  show: (asking: Asking, kind: ChangeKind, earlier: StoredChange) => HeldForApproval
}

export interface AskingDeps extends ChangingDeps {
  store: Store
  approvals: ApprovalGate
}

/**
 * Sends a change, or holds it where another person has to approve it.
 * @throws AppError `managed_elsewhere`
 */
export async function askForChange<Plan, Result, Before>(
  { approvals, changes, store }: AskingDeps,
  asking: Asking,
  kind: ChangeKind<Plan, Result, Before>,
  thing: Thing<Plan>,
): Promise<Result | HeldForApproval> {
  const { projectId } = asking
  await refuseManaged(store.db, { kind: kind.action, projectId, subject: thing.subject })
  const held = await approvals.hold(asking, kind, thing)
  if (held !== null) return acceptHeld(asking, held)
  return await changes.run(kind, { ...thing, projectId }, toSender(asking))
}

export function toSender({ request, reason }: Asking): Sender {
  return { actor: userOf(request).identity, address: request.ip ?? null, reason }
}

/** Answers that a change waits for another person. */
export function acceptHeld({ response }: Asking, held: HeldForApproval): HeldForApproval {
  response.status(202).location(approvalUrls.approval(held.approval.id))
  return held
}
