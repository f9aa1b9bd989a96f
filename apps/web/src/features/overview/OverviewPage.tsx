import type { Approval, Overview as OverviewData } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Suspense, useMemo } from "react"
import { Redirect } from "wouter"
import { useReadAfterChange } from "#api/peerings/inventory.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { formatCount } from "#copy/counts.ts"
import { formatAttention, formatNeedsYou } from "#copy/inventory.ts"
import { NewConnectionLink } from "#shared/actions/NewConnectionLink.tsx"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import { chooseProject } from "#shared/inventory/choose-project.ts"
import { UnreadNotice } from "#shared/inventory/UnreadNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { computeAppPermissions, useAppPermissions } from "#shared/permissions.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Activity } from "./Activity.tsx"
import styles from "./overview.module.css"
import { ProjectColumn } from "./ProjectColumn.tsx"
import { StatusCounts } from "./StatusCounts.tsx"
import { Worklist } from "./Worklist.tsx"
import { NoProjectInAtlas } from "#shared/inventory/NoProjectInAtlas.tsx"
import { lazyPage } from "#ui/lazy-page.ts"

// Only an installation without connections needs it.
const FirstSteps = lazyPage(async () => (await import("./FirstSteps.tsx")).FirstSteps)

interface Seen {
  of: OverviewData | undefined
  approvals: readonly Approval[] | undefined
}

/** Home: what needs attention in all projects, how much there is in each state, the projects, and what happened last. */
export function OverviewPage() {
  const { seesProjects } = useAppPermissions()
  return seesProjects ? <Overview /> : <Redirect to={pagePaths.audit()} replace />
}

function Overview() {
  const { data, error, isFetching, refetch } = useQuery(overviewQuery())
  const { data: projects } = useQuery(projectsQuery())
  const person = usePerson()
  const chosen = useMemo(() => chooseProject(projects ?? [], person), [projects, person])
  useReadAfterChange(chosen?.id ?? null)
  const approvals = useApprovalsToDecide(computeAppPermissions(person))

  return (
    <>
      <PageHeader
        title="Overview"
        crumbs={["All projects"]}
        actions={<NewConnectionLink projectId={chosen && null} />}
      >
        {(data !== undefined || error === null) && (
          <span className={styles.summary}>
            <Summary of={data} approvals={approvals} />
          </span>
        )}
      </PageHeader>
      {error !== null && <ReadFailure read={{ error, isFetching, refetch }} />}
      {data?.projectCount === 0 && (
        <NoProjectInAtlas isFetching={isFetching} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <UnreadNotice {...data.unread} />}
      <Content of={data} approvals={approvals} isChosen={chosen !== undefined} hasFailed={error !== null} />
    </>
  )
}

/** The first steps before there is a connection; then the numbers, the work and the projects. */
function Content({
  of: data,
  approvals,
  isChosen,
  hasFailed,
}: Seen & {
  /** True once there is a project to start in. */
  isChosen: boolean
  hasFailed: boolean
}) {
  if (data?.counts.all === 0 && data.reads.projectCount > 0)
    return (
      isChosen && (
        <Suspense>
          <FirstSteps of={data} />
        </Suspense>
      )
    )
  if (hasFailed || data?.projectCount === 0) return null
  return (
    <>
      <StatusCounts counts={data?.counts} />
      <div className={`grid top ${styles.columns}`}>
        <Worklist worklist={data?.worklist} approvals={approvals} />
        <div>
          <ProjectColumn of={data} />
          {/* Shows below the projects, once their number is known. */}
          <div hidden={data === undefined}>
            <Activity />
          </div>
        </div>
      </div>
    </>
  )
}

function Summary({ of: data, approvals }: Seen) {
  const { changes } = useAppPermissions()
  if (data === undefined) return "Loading connections"
  const where = formatCount(data.projectCount, "project")
  if (data.counts.all === 0) return `No connections yet in ${where}`
  return (
    <>
      {formatCount(data.counts.all, "connection")} in {where} ·{" "}
      <strong className="ink strong">
        {changes
          ? formatNeedsYou(data.needYou + (approvals?.length ?? 0))
          : formatAttention(data.worklist.reduce((sum, { count }) => sum + count, 0))}
      </strong>
    </>
  )
}
