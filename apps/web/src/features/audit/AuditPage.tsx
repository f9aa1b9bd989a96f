import { apiUrls, readFilter, writeFilter, type AuditExportFormat } from "@peering-desk/shared-schemas"
import { useInfiniteQuery, useQuery, type UseInfiniteQueryResult } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { useSearchParams } from "wouter"
import { auditQuery } from "#api/audit.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { isForbidden } from "#api/request-error.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { LoadMore } from "#shared/refusals/LoadMore.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Button, LinkButton } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { TableFoot } from "#ui/table/TableFoot.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { formatFullMoment } from "#ui/time/times.ts"
import { useNow } from "#ui/time/now.ts"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { listActs } from "./acts.ts"
import { auditFields, toAuditFilter } from "./audit-filter.ts"
import { AuditFilterBar } from "./AuditFilterBar.tsx"
import { AuditForbidden } from "./AuditForbidden.tsx"
import { AuditTable } from "./AuditTable.tsx"
import styles from "./audit.module.css"
import { VerifyIntegrity } from "./VerifyIntegrity.tsx"

const formats: [AuditExportFormat, string][] = [
  ["csv", "Export CSV"],
  ["jsonl", "Export JSON Lines"],
]

/** The audit log, newest first, filtered by the address. */
export function AuditPage() {
  const [filter, setFilter] = useSearchFilter(auditFields, useSearchParams())
  // Asks the server when typing pauses, not for each letter.
  const settled = useSettled(filter, 300)
  // A span counts back from here, so that the rows do not change with each second.
  const now = useNow()
  const [openedAt] = useState(now)
  const asked = useMemo(() => toAuditFilter(settled, openedAt), [settled, openedAt])
  const exported = toAuditFilter(filter, openedAt)
  const log = useInfiniteQuery(auditQuery(asked))
  const acts = useMemo(() => log.data && listActs(log.data.pages), [log.data])
  const { data: projects } = useQuery(projectsQuery())
  const names = useMemo(() => {
    const ids = acts?.flatMap(({ row }) => row.projectId ?? []) ?? []
    const named = log.data?.pages.flatMap(({ projectNames = {} }) => Object.entries(projectNames)) ?? []
    const own = projects?.map(({ id, name }) => [id, name] as const) ?? []
    return new Map([...ids.map((id) => [id, id] as const), ...named, ...own])
  }, [acts, log.data, projects])
  const connectionNames = useMemo(() => {
    const named = log.data?.pages.flatMap((page) => Object.entries(page.connectionNames ?? {})) ?? []
    return Object.fromEntries(named)
  }, [log.data])
  const search = writeFilter(auditFields, filter).toString()
  const clear = () => setFilter(readFilter(auditFields, new URLSearchParams()))

  if (isForbidden(log.error)) return <AuditForbidden />
  return (
    <>
      <PageHeader
        title="Audit log"
        crumbs={["All projects"]}
        actions={formats.map(([format, words]) => (
          <LinkButton key={format} href={apiUrls.exportAudit({ format, ...exported })} download>
            {words}
          </LinkButton>
        ))}
      >
        Who did what, when and why. Changes to entries are detected.
      </PageHeader>
      <VerifyIntegrity />
      <p className={`hidden ${styles.printed}`}>
        Printed {formatFullMoment(now)}
        {search !== "" && ` · filter: ${search}`}
      </p>
      <AuditFilterBar
        filter={filter}
        isFiltered={search !== ""}
        projects={names}
        onChange={(change) => setFilter({ ...filter, ...change })}
        onClear={clear}
      />
      {(log.isLoadingError || log.isRefetchError) && (
        <div className="pad-y-14">
          {log.isLoadingError ? <ReadFailure read={log} /> : <Failure error={log.error} />}
        </div>
      )}
      {!log.isLoadingError && (
        <div aria-busy={log.isPlaceholderData}>
          <AuditTable
            acts={acts}
            search={search}
            names={names}
            connectionNames={connectionNames}
            empty={
              search === "" ? (
                <EmptyState icon="audit" title="No entries yet">
                  Sign-ins, changes and refusals appear here.
                </EmptyState>
              ) : (
                <EmptyState
                  title="No entry matches"
                  action={<Button onClick={clear}>Clear filters</Button>}
                />
              )
            }
          />
        </div>
      )}
      {/* It would move when the rows come. */}
      {log.data !== undefined && (
        <TableFoot
          count={
            acts !== undefined &&
            `${acts.length} ${acts.length === 1 ? "entry" : "entries"}${log.hasNextPage ? ", older ones not loaded" : ""}`
          }
        >
          <LoadNewer key={search} log={log} />
          <LoadMore read={log} words="Load older" />
        </TableFoot>
      )}
    </>
  )
}

/** Reads the log again, and says when that found nothing new. */
function LoadNewer({
  log: { data, isFetching, isFetchingNextPage, refetch },
}: {
  log: Pick<UseInfiniteQueryResult, "data" | "isFetching" | "isFetchingNextPage" | "refetch">
}) {
  const [isNewest, setIsNewest] = useState(false)

  async function load() {
    setIsNewest(false)
    const read = await refetch()
    // The same answer is the same object.
    setIsNewest(read.isSuccess && read.data === data)
  }

  return (
    <>
      <output className="quiet text-13">{isNewest && "No newer entries"}</output>
      <Button size="small" kind="quiet" isBusy={isFetching} onClick={() => void load()}>
        {isFetching && !isFetchingNextPage ? "Loading…" : "Load newer"}
      </Button>
    </>
  )
}
