import type { Inventory } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { lazy, Suspense, useMemo, useState } from "react"
import { Redirect } from "wouter"
import { inventoryQuery, useReadAfterChange } from "#api/peerings/inventory.ts"
import { usePerson } from "#api/session.ts"
import { formatCount } from "#copy/counts.ts"
import { formatNeedsYou } from "#copy/inventory.ts"
import { NewConnectionLink } from "#shared/actions/NewConnectionLink.tsx"
import { countForPerson } from "#shared/inventory/attention.ts"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import { chooseProject } from "#shared/inventory/choose-project.ts"
import { createRowMaker, type InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { UnreadNotice } from "#shared/inventory/UnreadNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { useNow } from "#ui/time/now.ts"
import styles from "./overview.module.css"
import { ProjectColumn } from "./ProjectColumn.tsx"
import { StatusCounts } from "./StatusCounts.tsx"
import { Worklist } from "./Worklist.tsx"

// It waits for its own data anyway, and is the last of the page.
const Activity = lazy(async () => ({ default: (await import("./Activity.tsx")).Activity }))
const NoProjectInAtlas = lazy(async () => ({
  default: (await import("#shared/inventory/NoProjectInAtlas.tsx")).NoProjectInAtlas,
}))
// Only an installation without connections needs it.
const FirstSteps = lazy(async () => ({ default: (await import("./FirstSteps.tsx")).FirstSteps }))

/** Home: what needs attention in all projects, how much there is in each state, the projects, and what happened last. */
export function OverviewPage() {
  const { seesProjects } = computeAppPermissions(usePerson())
  return seesProjects ? <Overview /> : <Redirect to={pagePaths.audit()} replace />
}

function Overview() {
  const { data, error, isFetching, refetch } = useQuery(inventoryQuery())
  const person = usePerson()
  const [makeRows] = useState(createRowMaker)
  const projects = data?.projects
  const rows = useMemo(() => projects && makeRows(projects), [projects, makeRows])
  const chosen = useMemo(
    () => chooseProject(projects?.map(({ project }) => project) ?? [], person),
    [projects, person],
  )
  useReadAfterChange(chosen?.id ?? null)
  const approvals = useApprovalsToDecide(computeAppPermissions(person))
  const isEmpty = rows?.length === 0 && projects?.some(({ watches }) => watches.length > 0) === true

  return (
    <>
      <PageHeader
        title="Overview"
        crumbs={["All projects"]}
        actions={<NewConnectionLink projectId={chosen && null} />}
      >
        {(data !== undefined || error === null) && (
          <span className={styles.summary}>
            <Summary data={data} rows={rows} approvalCount={approvals?.length ?? 0} />
          </span>
        )}
      </PageHeader>
      {error !== null && <ReadFailure read={{ error, isFetching, refetch }} />}
      {projects?.length === 0 && (
        <Suspense>
          <NoProjectInAtlas isFetching={isFetching} onRetry={() => void refetch()} />
        </Suspense>
      )}
      {projects !== undefined && <UnreadNotice projects={projects} />}
      {isEmpty && chosen !== undefined && (
        <Suspense>
          <FirstSteps projects={projects ?? []} />
        </Suspense>
      )}
      {!isEmpty && error === null && projects?.length !== 0 && (
        <>
          <StatusCounts rows={rows} />
          <div className={`grid top ${styles.columns}`}>
            <Worklist rows={rows} approvals={approvals} />
            <div>
              <ProjectColumn projects={projects} />
              {/* Shows below the projects, once their number is known. */}
              <div hidden={projects === undefined}>
                <Suspense>
                  <Activity />
                </Suspense>
              </div>
            </div>
          </div>
        </>
      )}
    </>
  )
}

function Summary({
  data,
  rows,
  approvalCount,
}: {
  data: Inventory | undefined
  rows: readonly InventoryRow[] | undefined
  approvalCount: number
}) {
  const minute = Math.floor(useNow() / 60_000)
  if (data === undefined || rows === undefined) return "Loading connections"
  const where = formatCount(data.projects.length, "project")
  if (rows.length === 0) return `No connections yet in ${where}`
  return (
    <>
      {formatCount(rows.length, "connection")} in {where} ·{" "}
      <strong className="ink strong">
        {formatNeedsYou(
          countForPerson(
            rows.map(({ peering }) => peering),
            minute * 60_000,
          ) + approvalCount,
        )}
      </strong>
    </>
  )
}
