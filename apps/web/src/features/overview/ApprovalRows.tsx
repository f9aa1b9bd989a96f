import type { Approval } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { projectsQuery } from "#api/projects/projects.ts"
import { planWords, toPlanSubject, toRequesterName } from "#copy/approvals.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { MiniPath } from "#ui/marks/MiniPath.tsx"
import { useNow } from "#ui/time/now.ts"
import { formatAge, formatFullMoment } from "#ui/time/times.ts"
import { WorkRow } from "./WorkRow.tsx"

const notSent = Array.from({ length: 7 }, () => "later" as const)

/** The requests that the person can decide: who asks what, and until when. */
export function ApprovalRows({ approvals }: { approvals: readonly Approval[] }) {
  const { data: projects } = useQuery(projectsQuery())
  const now = useNow()
  return approvals.map((approval) => {
    const { id, plan, projectId, providerName, expiresAt } = approval
    const subject = toPlanSubject(plan)
    return (
      <WorkRow
        key={id}
        path={<MiniPath states={notSent} says={null} />}
        cloud={providerName}
        href={pagePaths.approval(id)}
        title={subject}
        place={projects?.find((project) => project.id === projectId)?.name ?? projectId}
        sentence={`${toRequesterName(approval)} asks: ${planWords[plan.kind].toLowerCase()}`}
        time={
          <time dateTime={expiresAt} title={formatFullMoment(expiresAt)}>
            expires in {formatAge(Date.parse(expiresAt) - now)}
          </time>
        }
        action={
          <PageLink size="small" aria-label={`Review ${subject}`} href={pagePaths.approval(id)}>
            Review
          </PageLink>
        }
      />
    )
  })
}
