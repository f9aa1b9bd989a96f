import type { Store } from "#store/store.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { createApprovalPolicyBook, type ApprovalPolicy } from "./approval-policy.ts"
import { ApprovalRows } from "./approval-rows.ts"
import { ApprovedSender, type SenderOptions } from "./approved-sender.ts"
import { createApprovalGate } from "./hold-change.ts"

interface ApprovalOptions extends SenderOptions {
  store: Store
  policy: ApprovalPolicy | null
}

/** Builds what holds changes for approval, and what sends them afterwards. */
export function createApprovals(
  services: Omit<ApprovalDeps, "approvalRows" | "approvalPolicy">,
  { store, policy, aloneSince }: ApprovalOptions,
) {
  const approvalRows = new ApprovalRows({ store, clock: services.clock })
  const approvalPolicy = createApprovalPolicyBook(policy)
  const deps: ApprovalDeps = { ...services, approvalRows, approvalPolicy }
  return {
    approvalRows,
    approvalPolicy,
    approvals: createApprovalGate(deps),
    approvedSender: new ApprovedSender(deps, { aloneSince }),
  }
}
