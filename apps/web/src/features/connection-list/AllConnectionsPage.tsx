import { listFields, type ListFilter } from "@peering-desk/peering-rules"
import type { Overview, Project, Watch } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
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
  const { overview, timesInState, error, isFetching, onRetry } = useOverview(read)
  const { data: projects = none } = useQuery(projectsQuery())
  useReadAfterChange(findProjectId(projects, filter))
  const chosen = chooseProject(projects, person)
  const isEmpty = overview?.counts.all === 0 && filter.state === null

  return (
    <>
      <PageHeader
        title="Connections"
        crumbs={["All projects"]}
        actions={
          <>
            {!isEmpty && error === null && <ExportMenu readRows={list.shown && list.readAll} />}
            <NewConnectionLink projectId={chosen && null} isPrimary={!isStale(overview)} />
          </>
        }
      />
      {error !== null && <ReadFailure read={{ error, isFetching, refetch: onRetry }} />}
      {overview !== undefined && <Unread {...{ overview, isFetching, onRetry }} />}
      <Content {...{ overview, error, isFetching, onRetry, isEmpty }}>
        <ConnectionList
          view={{ ...list, timesInState }}
          hasFailed={error !== null}
          filter={filter}
          onFilter={onFilter}
          project={null}
          projects={projects}
          path={pagePaths.allConnections()}
        />
      </Content>
    </>
  )
}

interface Read {
  overview: Overview | undefined
  error: unknown
  isFetching: boolean
  onRetry: () => void
}

/** Reads the overview, and joins it with the read of the rows. */
function useOverview(rows: ReturnType<typeof useRowsOfAll>["read"]) {
  const frame = useQuery(overviewQuery())
  return {
    overview: frame.data,
    timesInState: frame.data?.timesInState ?? none,
    // The foot of the list shows why the next rows can't be read.
    error: (rows.isFetchNextPageError ? null : rows.error) ?? frame.error,
    isFetching: rows.isFetching || frame.isFetching,
    onRetry: () => void Promise.all([rows.refetch(), frame.refetch()]),
  }
}

/** Returns the filter's project if there is one. */
function findProjectId(projects: readonly Project[], { projectId }: ListFilter): string | null {
  return projects.find(({ id }) => id === projectId)?.id ?? null
}

function listWatches({ unread }: Overview): Watch[] {
  return unread.projects.flatMap(({ watches }) => watches)
}

/** Tells if nothing can be read any more, so that all shown connections are old. */
function isStale(overview: Overview | undefined): boolean {
  return (
    overview?.reads.failing?.isEverything === true &&
    listWatches(overview).some(({ checkedAt }) => checkedAt !== null)
  )
}

/** Says which connections are old or missing. */
function Unread({ overview, ...retry }: Omit<Read, "error" | "overview"> & { overview: Overview }) {
  return isStale(overview) ? (
    <StaleBanner watches={listWatches(overview)} isAll {...retry} />
  ) : (
    <UnreadNotice {...overview.unread} />
  )
}

/** Shows the list, or why there is none. */
function Content({
  overview,
  error,
  isEmpty,
  children,
  ...retry
}: Read & { isEmpty: boolean; children: ReactNode }) {
  if (overview === undefined) return error === null && children
  if (overview.projectCount === 0) return error === null && <NoProjectInAtlas {...retry} />
  return isEmpty ? <NoConnections sources={overview.unread.projects} projectId={null} /> : children
}
