import { memo, type CSSProperties, type ReactNode } from "react"
import styles from "./DataTable.module.css"
import { Skeleton } from "#ui/Skeleton.tsx"

/** One column of a table: its title and its cell in each row. */
export interface Column<Row> {
  title: string
  render: (row: Row) => ReactNode
  /** Its cell names the row. */
  isHead?: boolean
  /** Shares a line with another short cell on a narrow screen. */
  isShort?: boolean
}

interface Props<Row> {
  /** Names the table for assistive technology. */
  label: string
  /** A new list renders every row, so it must stay the same object while the cells do. */
  columns: readonly Column<Row>[]
  /** Undefined while loading. A row that stays the same object is not rendered again. */
  rows: readonly Row[] | undefined
  getKey: (row: Row) => string | number
  /** The widths of the columns on a wide screen, as grid tracks: `minmax(0, 2fr) 100px`. */
  widths: string
  /** Hides the titles of columns that explain themselves. */
  hidesTitles?: boolean
  isChosen?: (row: Row) => boolean
  /** Takes the place of a table without rows. */
  empty?: ReactNode
}

/** A table whose rows become cards on a narrow screen. `DataTable.module.css` has classes for links and second lines in cells. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  getKey,
  widths,
  hidesTitles = false,
  isChosen,
  empty,
}: Props<Row>) {
  if (rows?.length === 0) return <div className={styles.empty}>{empty}</div>
  return (
    <table
      className={styles.table}
      style={{ "--widths": widths } as CSSProperties}
      aria-label={label}
      aria-busy={rows === undefined}
    >
      <thead className={hidesTitles ? "visually-hidden" : styles.head}>
        <tr>
          {columns.map(({ title }) => (
            <th scope="col" key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === undefined
          ? [1, 2, 3, 4, 5].map((row) => <SkeletonRow key={row} columns={columns} />)
          : rows.map((row) => (
              <TableRow key={getKey(row)} row={row} columns={columns} isChosen={isChosen?.(row) === true} />
            ))}
      </tbody>
    </table>
  )
}

const TableRow = memo(function TableRow({
  row,
  columns,
  isChosen,
}: {
  row: unknown
  columns: readonly Column<never>[]
  isChosen: boolean
}) {
  return (
    <tr className={styles.row} data-chosen={isChosen || undefined}>
      {columns.map(({ title, render, isHead = false, isShort = false }) => {
        const Cell = isHead ? "th" : "td"
        return (
          <Cell key={title} scope={isHead ? "row" : undefined} data-short={isShort || undefined}>
            {render(row as never)}
          </Cell>
        )
      })}
    </tr>
  )
})

/** Two lines of a cell: a value, and a smaller one below. */
export function TwoLines({
  below,
  mono = false,
  children,
}: {
  below: ReactNode
  /** For ids and addresses. */
  mono?: boolean
  children: ReactNode
}) {
  return (
    <>
      {mono ? <span className="mono">{children}</span> : children}
      <span className={mono ? `${styles.sub} mono` : styles.sub}>{below}</span>
    </>
  )
}

/** A row before its content is there, of the same height. */
function SkeletonRow({ columns }: { columns: readonly Column<never>[] }) {
  return (
    <tr className={styles.row}>
      {columns.map(({ title, isShort = false }) => (
        <td key={title} data-short={isShort || undefined}>
          <Skeleton width={isShort ? "short" : "medium"} />
          <span className={styles.sub}>
            <Skeleton width="short" />
          </span>
        </td>
      ))}
    </tr>
  )
}
