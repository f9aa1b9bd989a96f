import { useQuery } from "@tanstack/react-query"
import { Link, useSearch } from "wouter"
import { auditStoryQuery } from "#api/audit.ts"
import { isForbidden, isNotFound } from "#api/request-error.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { AuditForbidden } from "./AuditForbidden.tsx"
import { AuditRowSection } from "./AuditRowSection.tsx"
import { toActionWords, toActorName, toObjectName, toOutcomeWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

/** One act: the request, and all outcomes. */
export function AuditEntryPage({ sequence }: { sequence: string }) {
  const {
    data: { rows, projectNames } = {},
    error,
    isFetching,
    refetch,
  } = useQuery(auditStoryQuery(sequence))
  const search = useSearch()
  const up = (
    <Link key="up" href={search === "" ? pagePaths.audit() : `${pagePaths.audit()}?${search}`}>
      Audit log
    </Link>
  )
  const again = (
    <Button isBusy={isFetching} onClick={() => void refetch()}>
      {isFetching ? "Loading…" : "Refresh"}
    </Button>
  )
  const [first] = rows ?? []

  if (isForbidden(error)) return <AuditForbidden />
  if (rows === undefined || first === undefined) {
    return (
      <>
        <PageHeader title={`Entry ${sequence}`} crumbs={[up]} />
        {error === null ? (
          <p className="shell-wait">Loading the entry</p>
        ) : isNotFound(error) ? (
          <EmptyState
            title="Entry not found"
            action={<PageLink href={pagePaths.audit()}>Open the audit log</PageLink>}
          >
            The audit log has no entry with this number.
          </EmptyState>
        ) : (
          <ProblemNotice {...toProblemWords(error)} actions={again} />
        )}
      </>
    )
  }
  const end = rows.findLast(({ kind }) => kind === "outcome") ?? null
  const isOpen =
    first.kind === "attempt" && rows.every(({ outcome }) => outcome === null || outcome === "unknown")
  const name = toObjectName(first, end)
  const { tone, words } = toOutcomeWords(first, end)
  return (
    <>
      <PageHeader
        title={`${toActionWords(first.action)}${name === null ? "" : ` ${name}`}`}
        windowTitle={`Entry ${sequence}`}
        crumbs={[up]}
        status={<Pill tone={tone}>{words}</Pill>}
        actions={
          <>
            {first.projectId !== null && first.peeringId !== null && (
              <PageLink href={pagePaths.connection(first.projectId, first.peeringId)}>
                Open connection
              </PageLink>
            )}
            {isOpen && again}
          </>
        }
      >
        {toActorName(first)}
        {first.projectId !== null && ` in ${projectNames?.[first.projectId] ?? first.projectId}`}
        {first.reason !== null && ` · ${first.reason}`}
      </PageHeader>
      <div className={`stack ${styles.story}`}>
        {rows.map((row) => (
          <AuditRowSection key={row.sequence} row={row} />
        ))}
      </div>
      {isOpen && (
        <p className={`quiet ${styles.open}`}>
          {first.action === "peering-create"
            ? "Outcome not known yet. The server is finding out."
            : "Outcome not known. Compare with what Atlas has now."}
        </p>
      )}
    </>
  )
}
