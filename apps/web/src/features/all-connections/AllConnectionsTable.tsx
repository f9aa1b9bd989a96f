import { memo, useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import { toContainerPlace, toStateWords } from "#copy/peerings.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import type { FindTime } from "#features/all-connections/rows/time-in-state.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import styles from "#ui/table/DataTable.module.css"
import { useDrawnRows } from "#ui/hooks/use-drawn-rows.ts"
import { Pill } from "#ui/marks/Pill.tsx"
import { Elapsed, Remaining } from "#ui/time/Timestamp.tsx"
import { TimeInStateNote } from "./TimeInStateNote.tsx"

/** A page of connections. Only a row whose connection changed is rendered again: the others are the same objects. */
export const AllConnectionsTable = memo(function AllConnectionsTable({
  rows,
  findTime,
  empty,
}: {
  rows: readonly InventoryRow[]
  findTime: FindTime
  empty?: ReactNode
}) {
  const drawn = useDrawnRows(rows)
  const columns = useMemo(() => createColumns(findTime), [findTime])
  return (
    <DataTable
      label="Connections of all projects"
      columns={columns}
      rows={drawn}
      getKey={({ key }) => key}
      widths="minmax(0, 10fr) minmax(0, 11fr) minmax(0, 7fr) minmax(0, 8fr) 160px 120px"
      empty={empty}
    />
  )
})

function createColumns(findTime: FindTime): Column<InventoryRow>[] {
  return [
    {
      title: "Connection",
      isHead: true,
      render: ({ project, peering, title, below }) => (
        <TwoLines below={below}>
          <Link href={pagePaths.connection(project.id, peering.id)} className={styles.rowLink}>
            {title}
          </Link>
        </TwoLines>
      ),
    },
    {
      title: "Your network",
      render: ({ network: [owner, detail] }) => (
        <TwoLines mono below={detail}>
          {owner}
        </TwoLines>
      ),
    },
    { title: "Project", render: ({ project }) => project.name },
    {
      title: "Atlas container",
      render: ({ container, peering: { peer } }) => (
        <>
          {container === null ? (
            <span className="mono">{peer.containerId}</span>
          ) : (
            toContainerPlace(container)
          )}
          <span className={`${styles.sub} mono`}>{container?.atlasCidrBlock}</span>
        </>
      ),
    },
    {
      title: "State",
      isShort: true,
      render: ({ turn, deadline, peering: { status, statusSinceSeen } }) => (
        <>
          <Pill tone={turn}>{toStateWords(turn, status)}</Pill>
          {deadline !== null && (
            <span className={styles.sub}>
              <Remaining until={deadline} atMost={!statusSinceSeen} />
            </span>
          )}
        </>
      ),
    },
    { title: "In this state", isShort: true, render: (row) => <TimeInState row={row} findTime={findTime} /> },
  ]
}

function TimeInState({ row, findTime }: { row: InventoryRow; findTime: FindTime }) {
  const { statusSince, statusSinceSeen } = row.peering
  const time = findTime(row)
  if (statusSince === null) return null
  return (
    <>
      <Elapsed since={statusSince} seenAlready={!statusSinceSeen} />
      {time !== null && <TimeInStateNote since={statusSinceSeen ? statusSince : null} time={time} />}
    </>
  )
}
