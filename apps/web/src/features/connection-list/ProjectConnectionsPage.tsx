import { listFields } from "@peering-desk/peering-rules"
import type { PeeringList, Watch } from "@peering-desk/shared-schemas"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { useProject } from "#api/projects/projects.ts"
import { toCodeWords, toProblemWords, type ProblemWords } from "#copy/problems.ts"
import { NewConnectionLink } from "#shared/actions/NewConnectionLink.tsx"
import { StaleBanner } from "./StaleBanner.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ConnectionList } from "./ConnectionList.tsx"
import { ExportMenu } from "./ExportMenu.tsx"
import { NoConnections } from "./NoConnections.tsx"
import { OpenCreates } from "./OpenCreates.tsx"
import { useRowsHere } from "./list-view.tsx"
import { useProjectListData } from "./use-list-data.ts"

/** The connections of one project: the list with its project fixed. */
export function ProjectConnectionsPage({ projectId }: { projectId: string }) {
  const [filter, onFilter] = useSearchFilter(listFields, useSearchParams())
  const known = useProject(projectId)
  const project = known ?? { id: projectId, name: "this project" }
  const { list, sources, rows, timesInState, error, isFetching, onRetry } = useProjectListData(
    projectId,
    filter.state === "deleted",
  )
  const problem = getProblem(list, error)
  const isStale = isOld(list?.watches ?? [])
  // The address may name another project, which this list can't show.
  const own = useMemo(() => ({ ...filter, projectId: null }), [filter])
  const view = useRowsHere(rows, own, (page) => onFilter({ ...own, page }))

  return (
    <>
      <PageHeader
        title="Connections"
        windowTitle={`Connections in ${project.name}`}
        crumbs={[known?.name ?? "Project"]}
        actions={
          problem === null && (
            <>
              {rows?.length !== 0 && <ExportMenu readRows={rows && view.readAll} />}
              <NewConnectionLink projectId={projectId} isPrimary={!isStale} />
            </>
          )
        }
      />
      {list?.creates?.length ? <OpenCreates creates={list.creates} /> : null}
      {problem !== null ? (
        <RefusalNotice
          words={problem}
          projectId={projectId}
          actions={
            <Button onClick={onRetry} isBusy={isFetching}>
              Try again
            </Button>
          }
        />
      ) : (
        <>
          {list !== undefined && (
            <StaleBanner watches={list.watches} isAll={isStale} isFetching={isFetching} onRetry={onRetry} />
          )}
          {rows?.length === 0 && filter.state === null ? (
            <NoConnections sources={sources ?? []} projectId={projectId} />
          ) : (
            <ConnectionList
              view={{ ...view, timesInState }}
              filter={own}
              onFilter={onFilter}
              project={project}
              projects={null}
              path={pagePaths.connections(projectId)}
            />
          )}
        </>
      )}
    </>
  )
}

/** Tells if none of the lists could be read again, so that all shown connections are old. */
function isOld(watches: readonly Watch[]): boolean {
  return (
    watches.every(({ problem }) => problem !== null) && watches.some(({ checkedAt }) => checkedAt !== null)
  )
}

/** Returns why there is nothing to show: the list could not be read, or Atlas has not answered for any cloud yet. */
function getProblem(list: PeeringList | undefined, error: Error | null): ProblemWords | null {
  if (list === undefined) return error === null ? null : toProblemWords(error)
  const [first] = list.watches
  const nothingKnown = list.peerings.length === 0 && list.watches.every(({ checkedAt }) => checkedAt === null)
  return nothingKnown && first?.problem ? toCodeWords(first.problem, first.atlas) : null
}
