import { useQuery } from "@tanstack/react-query"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import { planWords, toApprovalState, toRequesterName } from "#copy/approvals.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { useAppPermissions } from "#shared/permissions.ts"
import { Notice } from "#ui/Notice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useConnectionPage } from "./connection-page.ts"

/** Lists the open requests about the connection that another person decides or has approved. */
export function WaitingRequests() {
  const { id } = useConnectionPage().peering
  const { approves } = useAppPermissions()
  const { data } = useQuery({ ...openApprovalsQuery(), enabled: approves })
  return data?.approvals
    .filter(({ peeringId }) => peeringId === id)
    .map((approval) => (
      <Notice
        key={approval.id}
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
    ))
}
