import type { Approval } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import { usePerson } from "#api/session.ts"
import { planWords, toApprovalState, toRequesterName } from "#copy/approvals.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useConnectionPage } from "./connection-page.ts"
import { ManagedNotice } from "./ManagedNotice.tsx"

/** Says what to know before one changes the connection: another tool manages it, or requests about it wait for somebody. */
export function PeeringNotices() {
  const { id, managedBy } = useConnectionPage().peering
  const enabled = usePerson()?.approvals === true
  const { data } = useQuery({ ...openApprovalsQuery(), enabled })
  const requests = data?.approvals.filter(({ peeringId }) => peeringId === id) ?? []
  if (managedBy === undefined && requests.length === 0) return null
  return (
    <div className="stack gap-10 below-20">
      {managedBy !== undefined && <ManagedNotice managedBy={managedBy} />}
      {requests.map((approval) => (
        <WaitingRequest key={approval.id} approval={approval} />
      ))}
    </div>
  )
}

/** An open request that another person decides or has approved. */
function WaitingRequest({ approval }: { approval: Approval }) {
  return (
    <Notice
      tone={approval.may.decide ? "you" : "info"}
      title={`${planWords[approval.plan.kind]}: ${toApprovalState(approval).words}`}
      actions={
        <PageLink size="small" href={pagePaths.approval(approval.id)}>
          View request
        </PageLink>
      }
    >
      <p>
        {toRequesterName(approval)} requested it <Timestamp at={approval.requestedAt} />: {approval.reason}
      </p>
    </Notice>
  )
}
