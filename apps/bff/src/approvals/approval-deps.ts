import type { RequestAgainDeps } from "#changes/request-again.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { ProjectChanges } from "#projects/project-changes.ts"
import type { KnownPeople } from "#sign-in/person-listener.ts"
import type { ApprovalPolicyBook } from "./approval-policy.ts"
import type { ApprovalRows } from "./approval-rows.ts"

export interface ApprovalDeps extends RequestAgainDeps {
  projectChanges: ProjectChanges
  approvalRows: ApprovalRows
  approvalPolicy: ApprovalPolicyBook
  ruleBook: Pick<RuleBook, "accessOf" | "askWhom">
  people: KnownPeople
}
