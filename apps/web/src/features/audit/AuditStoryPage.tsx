import { useQuery } from "@tanstack/react-query"
import { Link, useSearch } from "wouter"
import { auditStoryQuery } from "#api/audit.ts"
import { useProject } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { AuditRowCard } from "./AuditRowCard.tsx"
import { toActorName } from "#copy/audit.ts"
import { toActionWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

/** One row with its attempt and all outcomes. */
export function AuditStoryPage({ sequence }: { sequence: string }) {
  const { data: rows, error, isFetching, refetch } = useQuery(auditStoryQuery(sequence))
  const search = useSearch()
  const up = (
    <Link href={search === "" ? pagePaths.audit() : `${pagePaths.audit()}?${search}`}>Audit trail</Link>
  )
  const again = (
    <Button size="small" aria-disabled={isFetching} onClick={() => void refetch()}>
      {isFetching ? "Reading…" : "Look again"}
    </Button>
  )
  const [first] = rows ?? []
  const project = useProject(first?.projectId ?? null)

  if (rows === undefined || first === undefined) {
    return (
      <>
        <PageHeader title={`Row ${sequence}`} crumbs={[up]} />
        {error === null ? (
          <p className="shell-wait">Reading the row</p>
        ) : (
          <ProblemNotice {...toProblemWords(error)} actions={again} />
        )}
      </>
    )
  }
  const isOpen =
    first.kind === "attempt" && rows.every(({ outcome }) => outcome === null || outcome === "unknown")
  return (
    <>
      <PageHeader
        title={toActionWords(first.action)}
        windowTitle={`Row ${sequence}`}
        crumbs={[up]}
        actions={isOpen && again}
      >
        {toActorName(first)}
        {first.projectId !== null && `, in ${project?.name ?? first.projectId}`}
      </PageHeader>
      <ol className={styles.story}>
        {rows.map((row) => (
          <li key={row.sequence}>
            <AuditRowCard row={row} />
          </li>
        ))}
      </ol>
      {isOpen && (
        <p className={styles.nothing}>
          {first.action === "peering-create"
            ? "Its outcome is not known yet; the server is finding it out."
            : "Its outcome is not known. What Atlas has now tells whether it was carried out."}
        </p>
      )}
    </>
  )
}
