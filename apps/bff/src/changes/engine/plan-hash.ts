import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import { toUserKey } from "#store/session-store.ts"
import type { ChangeKind, Sender } from "./change-kind.ts"
import type { Held, HeldChange, StoredChange } from "./stored-change.ts"

type Decided = Pick<StoredChange, "projectId" | "subject" | "plan" | "before"> & {
  held: Pick<Held, "reason" | "requester" | "needs">
}

/** SHA-256 over what an approver decides on, as JSON with sorted fields. */
export function toPlanHash(kind: ChangeKind, { projectId, plan, held, ...thing }: Decided): string {
  const { requester, reason, needs } = held
  const { identity, claims } = requester
  const shown = kind.toShown({ ...thing, plan })
  const decided = kind.toDecided?.(plan) ?? plan
  return toContentHash({ projectId, shown, plan: decided, reason, requester: { identity, claims }, needs })
}

/** @throws AppError `plan_changed` unless a change is the one that was requested */
export function checkPlanHash(kind: ChangeKind, change: HeldChange): void {
  const { held, userKey } = change
  if (userKey === toUserKey(held.requester.identity) && toPlanHash(kind, change) === held.planHash) return
  throw new AppError("plan_changed", {
    detail: "What would be sent differs from what was requested. Nothing was sent. Request it again.",
  })
}

/** Reads the thing that an approved change is about. @throws AppError `plan_changed` when it is not the one that was approved */
export async function readApproved<Plan, Result, Before>(
  kind: ChangeKind<Plan, Result, Before>,
  change: HeldChange<Plan, Before>,
): Promise<Before> {
  const before = await kind.readBefore(change)
  checkPlanHash(kind, { ...change, before })
  return before
}

/** Returns the person in whose name an approved change is sent, with its approver. */
export function toRequester({ id, held }: HeldChange): Sender {
  const { requester, reason, planHash, decision } = held
  if (decision === null) throw new Error(`Change ${id} has no approver`)
  const { name, subject } = decision.by
  const actor = { ...requester.identity, approval: { id, by: { name, subject }, planHash } }
  return { actor, address: requester.address, reason }
}
