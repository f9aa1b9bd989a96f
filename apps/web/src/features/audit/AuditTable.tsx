import type { AuditRow } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Pill } from "#ui/Pill.tsx"
import { toAbout, toActorName, toOutcomeWords } from "#copy/audit.ts"
import { toActionWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

const columns = ["When", "Who", "What and why", "Where", "Outcome"]

/**
 * Rows of the trail; on a narrow screen each becomes a card.
 * @param search the address of the filter, so that one comes back to it from a row
 */
export function AuditTable({ rows, search }: { rows: readonly AuditRow[]; search: string }) {
  const { data: projects } = useQuery(projectsQuery())
  return (
    <table className={styles.table} aria-label="Audit trail">
      <thead className={styles.head}>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.sequence}
            row={row}
            search={search}
            projectName={projects?.find(({ id }) => id === row.projectId)?.name ?? row.projectId}
          />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, search, projectName }: { row: AuditRow; search: string; projectName: string | null }) {
  const outcome = toOutcomeWords(row)
  const path = pagePaths.auditRow(row.sequence)
  return (
    <tr className={styles.row}>
      <td className={styles.when}>
        <Timestamp at={row.at} />
        <span className={styles.sub}>row {row.sequence}</span>
      </td>
      <td>
        {toActorName(row)}
        <span className={styles.sub}>{row.address}</span>
      </td>
      <th scope="row" className={styles.what}>
        <Link href={search === "" ? path : `${path}?${search}`} className={styles.title}>
          {toActionWords(row.action)}
        </Link>
        <span className={styles.sub}>{toAbout(row)}</span>
      </th>
      <td>
        {projectName}
        {row.peeringId !== null && <span className={`${styles.sub} mono`}>{row.peeringId}</span>}
      </td>
      <td>
        {outcome !== null && <Pill tone={outcome.tone}>{outcome.words}</Pill>}
        <span className={styles.sub}>{row.answerCode}</span>
      </td>
    </tr>
  )
}
