import { useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import {
  getHappenedAt,
  toAbout,
  toActionWords,
  toActorName,
  toObjectName,
  toOutcomeWords,
} from "#copy/audit.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { DataTable, type Column } from "#ui/table/DataTable.tsx"
import table from "#ui/table/DataTable.module.css"
import { StateText } from "#ui/marks/StateText.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import type { AuditAct } from "./acts.ts"
import styles from "./audit.module.css"

/**
 * Acts of the audit log, one line each.
 * @param search the filter in the address, which an act's page leads back to
 */
export function AuditTable({
  acts,
  search,
  names,
  connectionNames,
  empty,
}: {
  /** Undefined while loading. */
  acts: readonly AuditAct[] | undefined
  search: string
  /** Names of projects by their ids. */
  names: ReadonlyMap<string, string>
  /** Names of connections by their ids. */
  connectionNames: Readonly<Record<string, string>>
  empty: ReactNode
}) {
  const columns = useMemo(
    () => createColumns(search, (id) => names.get(id) ?? id, connectionNames),
    [names, connectionNames, search],
  )
  return (
    <DataTable
      label="Audit log"
      columns={columns}
      rows={acts}
      getKey={({ row }) => row.sequence}
      widths="92px 120px minmax(0, 3.1fr) minmax(0, 1.4fr) minmax(0, 1.25fr) minmax(0, 2fr) 36px"
      className={styles.acts}
      empty={empty}
    />
  )
}

function createColumns(
  search: string,
  nameProject: (id: string) => string,
  connectionNames: Readonly<Record<string, string>>,
): Column<AuditAct>[] {
  return [
    {
      title: "Time",
      isShort: true,
      render: ({ row }) => (
        <span className={`number ${styles.time}`}>
          <Timestamp at={getHappenedAt(row)} toTheSecond />
        </span>
      ),
    },
    {
      title: "Outcome",
      isShort: true,
      render: ({ row, end }) => <StateText {...toOutcomeWords(row, end)} />,
    },
    {
      title: "Action",
      isHead: true,
      render: ({ row, end }) => {
        const name = toObjectName(row, end, connectionNames)
        return (
          <Link
            href={`${pagePaths.auditRow(row.sequence)}${search === "" ? "" : `?${search}`}`}
            className={`cover plain-link strong ${table.rowLink} ${styles.action}`}
          >
            {toActionWords(row.action)}
            {name !== null && (
              <>
                {" "}
                <strong>{name}</strong>
              </>
            )}
          </Link>
        )
      },
    },
    {
      title: "Project",
      isShort: true,
      render: ({ row: { projectId } }) => (projectId === null ? "" : nameProject(projectId)),
    },
    { title: "By", isShort: true, render: ({ row }) => toActorName(row) },
    {
      title: "Reason or detail",
      render({ row, end }) {
        const about = toAbout(row, end, toObjectName(row, end, connectionNames))
        const code = end === null || end.outcome === "done" ? null : end.answerCode
        if (about === "" && code === null) return null
        return (
          <span className={`quiet clip ${styles.about}`}>
            {about}
            {code !== null && <code> {code}</code>}
          </span>
        )
      },
    },
    {
      title: "Entry",
      isShort: true,
      render: ({ row }) => <span className={`quiet ${styles.entry}`}>{row.sequence}</span>,
    },
  ]
}
