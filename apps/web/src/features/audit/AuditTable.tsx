import type { AuditRow } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { toAbout, toActionWords, toActorName, toOutcomeWords } from "#copy/audit.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import styles from "#ui/table/DataTable.module.css"
import { Pill } from "#ui/marks/Pill.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/**
 * Rows of the audit log.
 * @param search the filter in the address, which a row's page leads back to
 */
export function AuditTable({
  rows,
  search,
  empty,
}: {
  rows: readonly AuditRow[]
  search: string
  empty: ReactNode
}) {
  const { data: projects } = useQuery(projectsQuery())
  const columns = useMemo(() => {
    const names = new Map(projects?.map(({ id, name }) => [id, name]))
    return createColumns(search, (id) => names.get(id) ?? id)
  }, [projects, search])
  return (
    <DataTable
      label="Audit trail"
      columns={columns}
      rows={rows}
      getKey={({ sequence }) => sequence}
      widths="120px minmax(0, 3fr) minmax(0, 5fr) minmax(0, 4fr) minmax(0, 3fr)"
      empty={empty}
    />
  )
}

function createColumns(search: string, nameProject: (id: string) => string): Column<AuditRow>[] {
  return [
    {
      title: "When",
      isShort: true,
      render: ({ at, sequence }) => (
        <TwoLines below={`row ${sequence}`}>
          <Timestamp at={at} />
        </TwoLines>
      ),
    },
    {
      title: "Who",
      isShort: true,
      render: (row) => <TwoLines below={row.address}>{toActorName(row)}</TwoLines>,
    },
    {
      title: "What and why",
      isHead: true,
      render: (row) => (
        <TwoLines below={toAbout(row)}>
          <Link
            href={`${pagePaths.auditRow(row.sequence)}${search === "" ? "" : `?${search}`}`}
            className={styles.rowLink}
          >
            {toActionWords(row.action)}
          </Link>
        </TwoLines>
      ),
    },
    {
      title: "Where",
      isShort: true,
      render: ({ projectId, peeringId }) => (
        <>
          {projectId !== null && nameProject(projectId)}
          {peeringId !== null && <span className={`${styles.sub} mono`}>{peeringId}</span>}
        </>
      ),
    },
    {
      title: "Outcome",
      isShort: true,
      render(row) {
        const outcome = toOutcomeWords(row)
        return (
          <TwoLines below={row.answerCode}>
            {outcome !== null && <Pill tone={outcome.tone}>{outcome.words}</Pill>}
          </TwoLines>
        )
      },
    },
  ]
}
