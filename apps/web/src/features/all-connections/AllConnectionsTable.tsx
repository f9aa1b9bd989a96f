import type { TimeInState } from "@peering-desk/shared-schemas"
import { memo, startTransition, useEffect, useMemo, useState } from "react"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Elapsed, Remaining } from "#ui/time/Timestamp.tsx"
import { Pill } from "#ui/Pill.tsx"
import { toContainerPlace, toStateWords } from "#copy/peerings.ts"
import type { InventoryRow } from "#features/all-connections/rows/inventory-rows.ts"
import styles from "./all-connections.module.css"
import type { FindTime } from "#features/all-connections/rows/time-in-state.ts"
import { TimeInStateNote } from "./TimeInStateNote.tsx"

/** So many new rows are drawn at once; the first of them fill the screen. */
const rowsAtOnce = 12

const columns = ["Connection", "Your network", "Project", "Atlas container", "State", "In this state"]

/** A page of connections; on a narrow screen each becomes a card. */
export const AllConnectionsTable = memo(function AllConnectionsTable({
  rows,
  findTime,
}: {
  rows: readonly InventoryRow[]
  findTime: FindTime
}) {
  const drawn = useDrawn(rows)
  return (
    <table className={styles.table} aria-label="Connections of all projects">
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
        {drawn.map((row) => (
          <Row key={row.key} row={row} time={findTime(row)} />
        ))}
      </tbody>
    </table>
  )
})

/** The rows that were there, and of the new ones a few more each time the browser has a moment, so that no key waits for them all. */
function useDrawn(rows: readonly InventoryRow[]): InventoryRow[] {
  const [there, setThere] = useState<ReadonlySet<string>>(new Set())
  const drawn = useMemo(() => {
    const next = new Set(rows.filter(({ key }) => !there.has(key)).slice(0, rowsAtOnce))
    return rows.filter((row) => there.has(row.key) || next.has(row))
  }, [rows, there])
  useEffect(() => {
    const isThere = drawn.length === there.size && drawn.every(({ key }) => there.has(key))
    if (!isThere) startTransition(() => setThere(new Set(drawn.map(({ key }) => key))))
  }, [drawn, there])
  return drawn
}

/** Only a row whose connection changed is rendered again: the others are the same objects as before. */
const Row = memo(function Row({ row, time }: { row: InventoryRow; time: TimeInState | null }) {
  const { peering, project, container, turn, title, below, network, deadline } = row
  const { peer, status, statusSince, statusSinceSeen } = peering
  const [owner, detail] = network
  return (
    <tr className={styles.row}>
      <th scope="row">
        <Link href={pagePaths.connection(project.id, peering.id)} className={styles.title}>
          {title}
        </Link>
        <span className={styles.sub}>{below}</span>
      </th>
      <td>
        <span className="mono">{owner}</span>
        <span className={`${styles.sub} mono`}>{detail}</span>
      </td>
      <td>{project.name}</td>
      <td>
        {container === null ? <span className="mono">{peer.containerId}</span> : toContainerPlace(container)}
        <span className={`${styles.sub} mono`}>{container?.atlasCidrBlock}</span>
      </td>
      <td>
        <Pill tone={turn}>{toStateWords(turn, status)}</Pill>
        {deadline !== null && (
          <span className={styles.sub}>
            <Remaining until={deadline} atMost={!statusSinceSeen} />
          </span>
        )}
      </td>
      <td className={styles.since}>
        {statusSince !== null && <Elapsed since={statusSince} seenAlready={!statusSinceSeen} />}
        {statusSince !== null && time !== null && (
          <TimeInStateNote since={statusSinceSeen ? statusSince : null} time={time} />
        )}
      </td>
    </tr>
  )
})
