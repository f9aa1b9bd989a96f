import type { AuditEntryHistory, AuditRow } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link, useSearch } from "wouter"
import { auditStoryQuery, isEntryNumber } from "#api/audit.ts"
import { isForbidden, isNotFound } from "#api/request-error.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
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
  const isNumber = isEntryNumber(sequence)
  const {
    data: { rows = [], projectNames, connectionNames } = {},
    error,
    isFetching,
    refetch,
  } = useQuery({ ...auditStoryQuery(sequence), enabled: isNumber })
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
  const [first] = rows

  if (isForbidden(error)) return <AuditForbidden />
  if (first === undefined) {
    return (
      <>
        <PageHeader title={`Entry ${sequence}`} crumbs={[up]} />
        {isNumber && !isNotFound(error) ? <Waiting error={error} again={again} /> : <NoEntry />}
      </>
    )
  }
  const end = rows.findLast(({ kind }) => kind === "outcome") ?? null
  const isOpen = lacksOutcome(rows)
  const { tone, words } = toOutcomeWords(first, end)
  return (
    <>
      <PageHeader
        title={[toActionWords(first.action), toObjectName(first, end, connectionNames)]
          .filter(Boolean)
          .join(" ")}
        windowTitle={`Entry ${sequence}`}
        crumbs={[up]}
        status={<Pill tone={tone}>{words}</Pill>}
        actions={
          <>
            <ConnectionLink {...first} peeringId={first.peeringId ?? end?.peeringId ?? null} />
            {isOpen && again}
          </>
        }
      >
        <Origin row={first} projectNames={projectNames} />
      </PageHeader>
      <div className={`stack ${styles.story}`}>
        {rows.map((row) => (
          <AuditRowSection key={row.sequence} row={row} />
        ))}
      </div>
      {isOpen && <OutcomeNote {...first} />}
    </>
  )
}

function lacksOutcome(rows: readonly AuditRow[]): boolean {
  return rows[0]?.kind === "attempt" && rows.every(({ outcome }) => outcome === null || outcome === "unknown")
}

function Waiting({ error, again }: { error: Error | null; again: ReactNode }) {
  if (error === null) return <p className="shell-wait">Loading the entry</p>
  return <ProblemNotice {...toProblemWords(error)} actions={again} />
}

function NoEntry() {
  return (
    <EmptyState
      title="Entry not found"
      action={<PageLink href={pagePaths.audit()}>Open the audit log</PageLink>}
    >
      The audit log has no entry with this number.
    </EmptyState>
  )
}

/** A connection has an id once its creation is done. */
function ConnectionLink({ projectId, peeringId }: Pick<AuditRow, "projectId" | "peeringId">) {
  const { seesProjects } = useAppPermissions()
  if (!seesProjects || projectId === null || peeringId === null) return null
  return <PageLink href={pagePaths.connection(projectId, peeringId)}>Open connection</PageLink>
}

/** Says who did it, in which project and why. */
function Origin({
  row,
  projectNames,
}: {
  row: AuditRow
  projectNames: AuditEntryHistory["projectNames"] | undefined
}) {
  const { projectId, reason } = row
  return (
    <>
      {toActorName(row)}
      {projectId !== null && ` in ${projectNames?.[projectId] ?? projectId}`}
      {reason !== null && ` · ${reason}`}
    </>
  )
}

function OutcomeNote({ action }: AuditRow) {
  return (
    <p className={`quiet ${styles.open}`}>
      {action === "peering-create"
        ? "Outcome not known yet. The server is finding out."
        : "Outcome not known. Compare with what Atlas has now."}
    </p>
  )
}
