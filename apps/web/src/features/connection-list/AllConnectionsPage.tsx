import { listFields } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useSearchParams } from "wouter"
import { useReadAfterChange } from "#api/peerings/inventory.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { NewConnectionLink } from "#shared/actions/NewConnectionLink.tsx"
import { chooseProject } from "#shared/inventory/choose-project.ts"
import { NoProjectInAtlas } from "#shared/inventory/NoProjectInAtlas.tsx"
import { UnreadNotice } from "#shared/inventory/UnreadNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ConnectionList } from "./ConnectionList.tsx"
import { ExportMenu } from "./ExportMenu.tsx"
import { useRowsOfAll } from "./list-view.tsx"
import { NoConnections } from "./NoConnections.tsx"
import { StaleBanner } from "./StaleBanner.tsx"

const none: readonly never[] = []

/** The connections of all projects that the person may see. */
export function AllConnectionsPage() {
  const [filter, onFilter] = useSearchFilter(listFields, useSearchParams())
  const person = usePerson()
  const { list, read } = useRowsOfAll(filter)
  const frame = useQuery(overviewQuery())
  const overview = frame.data
  const { data: projects = none } = useQuery(projectsQuery())
  useReadAfterChange(projects.find(({ id }) => id === filter.projectId)?.id ?? null)
  const chosen = chooseProject(projects, person)
  // The foot of the list shows why the next rows can't be read.
  const error = (read.isFetchNextPageError ? null : read.error) ?? frame.error
  const isFetching = read.isFetching || frame.isFetching
  const onRetry = () => void Promise.all([read.refetch(), frame.refetch()])
  const isEmpty = overview?.counts.all === 0 && filter.state === null
  const watches = overview?.unread.projects.flatMap((one) => one.watches) ?? []
  const isStale =
    overview?.reads.failing?.isEverything === true && watches.some(({ checkedAt }) => checkedAt !== null)

  return (
    <>
      <PageHeader
        title="Connections"
        crumbs={["All projects"]}
        actions={
          <>
            {!isEmpty && error === null && <ExportMenu readRows={list.shown && list.readAll} />}
            <NewConnectionLink projectId={chosen && null} isPrimary={!isStale} />
          </>
        }
      />
      {error !== null && <ReadFailure read={{ error, isFetching, refetch: onRetry }} />}
      {overview !== undefined &&
        (isStale ? (
          <StaleBanner watches={watches} isAll isFetching={isFetching} onRetry={onRetry} />
        ) : (
          <UnreadNotice {...overview.unread} />
        ))}
      {overview?.projectCount === 0 && error === null && (
        <NoProjectInAtlas isFetching={isFetching} onRetry={onRetry} />
      )}
      {overview !== undefined && overview.projectCount > 0 && isEmpty ? (
        <NoConnections sources={overview.unread.projects} projectId={null} />
      ) : (
        (overview === undefined ? error === null : overview.projectCount > 0) && (
          <ConnectionList
            view={{ ...list, timesInState: overview?.timesInState ?? none }}
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
