import type { Approval } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { planWords, toApprovalState, toDecision, toPlanSubject, toRequesterName } from "#copy/approvals.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { StateText } from "#ui/marks/StateText.tsx"
import { TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Builds the columns of the table of requests. */
export function createApprovalColumns(nameProject: (id: string) => string): Column<Approval>[] {
  return [
    {
      title: "Request",
      isHead: true,
      render: ({ id, plan, projectId }) => (
        <TwoLines below={`${toPlanSubject(plan)} · ${nameProject(projectId)}`}>
          <Link href={pagePaths.approval(id)}>
            <strong>{planWords[plan.kind]}</strong>{" "}
            <span className="visually-hidden">{toPlanSubject(plan)}</span>
          </Link>
        </TwoLines>
      ),
    },
    {
      title: "Requested by",
      render: (approval) => <TwoLines below={approval.reason}>{toRequesterName(approval)}</TwoLines>,
    },
    {
      title: "State",
      render: (approval) => <StateText {...toApprovalState(approval)} below={renderBelow(approval)} />,
    },
    { title: "Requested", isShort: true, render: ({ requestedAt }) => <Timestamp at={requestedAt} /> },
  ]
}

function renderBelow(approval: Approval) {
  const decision = toDecision(approval)
  if (decision !== null) return decision
  return (
    <>
      {approval.state === "expired" ? "Expired" : "Expires"} <Timestamp at={approval.expiresAt} />
    </>
  )
}
