import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { approvalQuery } from "#api/approvals.ts"
import { useProject } from "#api/projects/projects.ts"
import { planWords, toApprovalState, toPlanSubject, toRequesterName } from "#copy/approvals.ts"
import { toProblemWords } from "#copy/problems.ts"
import { approvalPaths } from "#shared/approvals/approval-paths.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { ApprovalChecks } from "./ApprovalChecks.tsx"
import { ApprovalFacts } from "./ApprovalFacts.tsx"
import { ApprovalOutcome } from "./ApprovalOutcome.tsx"
import { Decide } from "./Decide.tsx"
import { PlanSection } from "./PlanSection.tsx"
import styles from "./approvals.module.css"

const crumbs = [crumbTo(approvalPaths.approvals(), "Approvals")]

/** One request: what would be sent, whether it still can be, and the decision. */
export function ApprovalPage({ approvalId }: { approvalId: string }) {
  const { data, error, isFetching, refetch } = useQuery(approvalQuery(approvalId))
  const project = useProject(data?.approval.projectId ?? null)
  if (data === undefined)
    return (
      <>
        <PageHeader title="Request" crumbs={crumbs} />
        {error === null ? (
          <p className="shell-wait">Loading the request</p>
        ) : (
          <ProblemNotice
            {...toProblemWords(error)}
            actions={
              <Button onClick={() => void refetch()} disabled={isFetching}>
                Try again
              </Button>
            }
          />
        )}
      </>
    )

  const { approval, check } = data
  const { plan, state, projectId, providerName, peeringId } = approval
  const { tone, words } = toApprovalState(approval)
  const title = `${planWords[plan.kind]} ${toPlanSubject(plan)}`
  const showsConnection = peeringId !== null && (plan.kind !== "delete" || state !== "done")
  return (
    <>
      <PageHeader
        title={title}
        crumbs={crumbs}
        mark={providerName !== null && <CloudMark cloud={providerName} />}
        status={<Pill tone={tone}>{words}</Pill>}
        actions={
          showsConnection && (
            <Link href={pagePaths.connection(projectId, peeringId)} asChild>
              <LinkButton>Open connection</LinkButton>
            </Link>
          )
        }
      >
        {toRequesterName(approval)} in {project?.name ?? projectId} · {approval.reason}
      </PageHeader>
      <div className="stack">
        <ApprovalOutcome approval={approval} />
        <div className={`stack top ${styles.columns}`}>
          <div className="stack">
            {check !== null && <ApprovalChecks check={check} name={approval.requestedBy.name} />}
            <PlanSection approval={approval} />
          </div>
          <div className="stack">
            <ApprovalFacts approval={approval} />
            <Decide approval={approval} holds={check?.holds === true} title={title} />
          </div>
        </div>
      </div>
    </>
  )
}
