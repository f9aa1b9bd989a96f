import { isPartlyUnread } from "@peering-desk/peering-rules"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { usePerson } from "#api/session.ts"
import { NewConnectionLink } from "#shared/actions/NewConnectionLink.tsx"
import { chooseProject } from "#shared/inventory/choose-project.ts"
import { NoProjectInAtlas } from "#shared/inventory/NoProjectInAtlas.tsx"
import { StaleBanner } from "./StaleBanner.tsx"
import { UnreadNotice } from "#shared/inventory/UnreadNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ConnectionList } from "./ConnectionList.tsx"
import { ExportMenu } from "./ExportMenu.tsx"
import { NoConnections } from "./NoConnections.tsx"
import { getStaleSince } from "./rows/stale.ts"
import { listFields, usualFilter, type ListFilter } from "./rows/list-filter.ts"
import { useAllListData } from "./use-list-data.ts"

/** The connections of all projects that the person may see. */
export function AllConnectionsPage() {
  const [filter, onFilter] = useSearchFilter(listFields, useSearchParams())
  const person = usePerson()
  const data = useAllListData(filter.projectId, filter.state === "deleted")
  const { sources, rows, error, isFetching, onRetry } = data
  const projects = useMemo(() => sources?.map(({ project }) => project) ?? [], [sources])
  const chosen = chooseProject(projects, person)
  const unread = useMemo(() => sources?.filter(isPartlyUnread) ?? [], [sources])
  const isStale = getStaleSince(sources) !== null

  return (
    <>
      <PageHeader
        title="Connections"
        crumbs={["All projects"]}
        actions={
          <>
            {rows?.length !== 0 && error === null && <ExportMenu rows={rows} filter={filter} />}
            <NewConnectionLink projectId={chosen && null} isPrimary={!isStale} />
          </>
        }
      />
      {error !== null && <ReadFailure read={{ error, isFetching, refetch: onRetry }} />}
      {sources !== undefined &&
        (isStale ? (
          <StaleBanner
            watches={sources.flatMap(({ watches }) => watches)}
            isAll
            isFetching={isFetching}
            onRetry={onRetry}
          />
        ) : (
          <UnreadNotice count={unread.length} projects={unread} />
        ))}
      {sources?.length === 0 && <NoProjectInAtlas isFetching={isFetching} onRetry={onRetry} />}
      {projects.length > 0 && rows?.length === 0 && isUnfiltered(filter) ? (
        <NoConnections sources={sources ?? []} projectId={null} />
      ) : (
        (sources === undefined ? error === null : projects.length > 0) && (
          <ConnectionList
            data={data}
            filter={filter}
            onFilter={onFilter}
            project={null}
            projects={projects}
            path={pagePaths.allConnections()}
          />
        )
      )}
    </>
  )
}

function isUnfiltered({ state }: ListFilter): boolean {
  return state === usualFilter.state
}
