import type { Peering } from "@peering-desk/shared-schemas"
import { useDeferredValue } from "react"
import { Skeleton } from "#ui/Skeleton.tsx"
import { PeeringRow } from "./PeeringRow.tsx"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"
import styles from "./PeeringTable.module.css"

/** As many rows as fit the first screen; the rest is drawn when these are there. */
const firstRows = 40

const columns = ["Connection", "Your network", "Atlas container", "State", "In this state"]

/** The connections as a table; on a narrow screen each row becomes a card. */
export function PeeringTable({
  peerings,
  findContainer,
}: {
  peerings: readonly Peering[]
  findContainer: FindContainer
}) {
  const shown = useDeferredValue(peerings, peerings.slice(0, firstRows))
  return (
    <Table busy={false}>
      {shown.map((peering) => (
        <PeeringRow key={peering.id} peering={peering} container={findContainer(peering.peer)} />
      ))}
    </Table>
  )
}

/** The table before its connections are there, in the same measures. */
export function PeeringTableSkeleton() {
  return (
    <Table busy>
      {[1, 2, 3, 4, 5].map((row) => (
        <tr key={row} className={styles.row}>
          {columns.map((column) => (
            <td key={column}>
              <Skeleton width={column === "In this state" ? "short" : "medium"} />
              <span className={styles.sub}>
                <Skeleton width="short" />
              </span>
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

function Table({ busy, children }: { busy: boolean; children: React.ReactNode }) {
  return (
    <table className={styles.table} aria-busy={busy} aria-label="Connections">
      <thead className={styles.head}>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
