import type { TimeInState } from "@peering-desk/shared-schemas"
import { memo, useDeferredValue, useMemo } from "react"
import { Link } from "wouter"
import { pagePaths } from "#page-paths.ts"
import { Elapsed, Remaining } from "#ui/Moment.tsx"
import { Pill } from "#ui/Pill.tsx"
import { toContainerPlace, toStateWords } from "#wording/connection-words.ts"
import type { InventoryRow } from "./inventory-rows.ts"
import styles from "./inventory.module.css"
import type { FindTime } from "./time-in-state.ts"
import { TimeInStateNote } from "./TimeInStateNote.tsx"

/** As many rows as fit the first screen. */
const firstRows = 15

const columns = ["Connection", "Your network", "Project", "Atlas container", "State", "In this state"]

/** A page of connections; on a narrow screen each becomes a card. */
export const InventoryTable = memo(function InventoryTable({
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

/** The rows at once that fit the first screen or were there before; what is new below follows, so that no key has to wait for it. */
function useDrawn(rows: readonly InventoryRow[]): InventoryRow[] {
  const before = useDeferredValue(rows, [])
  return useMemo(() => {
    const wasThere = new Set(before.map(({ key }) => key))
    return rows.filter(({ key }, index) => index < firstRows || wasThere.has(key))
  }, [rows, before])
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
