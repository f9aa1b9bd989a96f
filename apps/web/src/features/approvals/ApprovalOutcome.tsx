import type { Approval } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { RequestError } from "#api/request-error.ts"
import { toMayNotDecide } from "#copy/approvals.ts"
import { toProblemWords } from "#copy/problems.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Notice } from "#ui/Notice.tsx"

/** Says in a sentence what the state of a request means, and who acts next. */
export function ApprovalOutcome({ approval }: { approval: Approval }) {
  return outcomes[approval.state](approval)
}

const outcomes: Record<Approval["state"], (approval: Approval) => ReactNode> = {
  waiting: (approval) => {
    const mayNotDecide = toMayNotDecide(approval)
    return (
      mayNotDecide !== null && (
        <Notice title={mayNotDecide}>
          <p>Nothing was sent.</p>
        </Notice>
      )
    )
  },
  approved: ({ decidedBy }) => (
    <Notice title="On its way to Atlas">
      <p>{decidedBy} approved it. This page shows the outcome.</p>
    </Notice>
  ),
  unknown: ({ decidedBy }) => (
    <Notice title="Outcome unknown, being looked up">
      <p>
        {decidedBy} approved it and it was sent, but the answer was lost. It is not sent again. This page
        shows the outcome once Atlas's lists prove it.
      </p>
    </Notice>
  ),
  done: ({ decidedBy }) => <Notice tone="works" title={`Approved by ${decidedBy}, and done`} />,
  declined: ({ decidedBy, declineReason }) => (
    <Notice tone="failed" title={`Declined by ${decidedBy}`}>
      <p>{declineReason}</p>
    </Notice>
  ),
  failed: ({ problem, projectId }) =>
    problem !== null && (
      <RefusalNotice
        words={toProblemWords(new RequestError({ reason: "refused", problem }))}
        projectId={projectId}
        before="Approved, but it failed: "
      />
    ),
  withdrawn: ({ decidedBy }) => <Notice title={`Withdrawn by ${decidedBy}`} />,
  expired: () => (
    <Notice title="Nobody decided in time">
      <p>Nothing was sent. Request it again if it is still needed.</p>
    </Notice>
  ),
}
