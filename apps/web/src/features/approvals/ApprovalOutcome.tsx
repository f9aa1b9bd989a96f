import type { Approval } from "@peering-desk/shared-schemas"
import { RequestError } from "#api/request-error.ts"
import { toMayNotDecide } from "#copy/approvals.ts"
import { toProblemWords } from "#copy/problems.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Notice } from "#ui/Notice.tsx"

/** Says in a sentence what the state of a request means, and who acts next. */
export function ApprovalOutcome({ approval }: { approval: Approval }) {
  const { state, decidedBy, declineReason, problem, projectId } = approval
  const mayNotDecide = toMayNotDecide(approval)
  switch (state) {
    case "waiting":
      return mayNotDecide === null ? null : (
        <Notice title={mayNotDecide}>
          <p>Nothing was sent.</p>
        </Notice>
      )
    case "approved":
      return (
        <Notice title="On its way to Atlas">
          <p>{decidedBy} approved it. This page shows the outcome.</p>
        </Notice>
      )
    case "unknown":
      return (
        <Notice title="Outcome unknown, being looked up">
          <p>
            {decidedBy} approved it and it was sent, but the answer was lost. It is not sent again. This page
            shows the outcome once Atlas's lists prove it.
          </p>
        </Notice>
      )
    case "done":
      return <Notice tone="works" title={`Approved by ${decidedBy}, and done`} />
    case "declined":
      return (
        <Notice tone="failed" title={`Declined by ${decidedBy}`}>
          <p>{declineReason}</p>
        </Notice>
      )
    case "failed":
      return problem === null ? null : (
        <RefusalNotice
          words={toProblemWords(new RequestError({ reason: "refused", problem }))}
          projectId={projectId}
          before="Approved, but it failed: "
        />
      )
    case "withdrawn":
      return <Notice title={`Withdrawn by ${decidedBy}`} />
    case "expired":
      return (
        <Notice title="Nobody decided in time">
          <p>Nothing was sent. Request it again if it is still needed.</p>
        </Notice>
      )
  }
}
