import { memo, type CSSProperties, type ReactNode } from "react"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./DataTable.module.css"
import type { Column, Selection, Sorting } from "./columns.ts"
import { TableHead } from "./TableHead.tsx"

export type { Column, Selection, Sorting } from "./columns.ts"

interface Props<Row> {
  /** Names the table for assistive technology. */
  label: string
  /** A new list renders every row, so it must stay the same object while the cells do. */
  columns: readonly Column<Row>[]
  /** Undefined while loading. A row that stays the same object is not rendered again. */
  rows: readonly Row[] | undefined
  getKey: (row: Row) => string | number
  /** The widths of the columns on a wide screen, as grid tracks: `minmax(0, 2fr) 100px`. Without them, `className` sets `--widths`. */
  widths?: string
  isChosen?: (row: Row) => boolean
  sorting?: Sorting
  selection?: Selection<Row>
  /** Lays its cells out on a narrow screen, where they then have no titles. */
  className?: string | undefined
  /** Number of rows that hold the place while loading. */
  skeletonCount?: number
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
  isChosen,
  sorting,
  selection,
  className = "",
  skeletonCount = 5,
  empty,
}: Props<Row>) {
  if (rows?.length === 0)
    return <div className={`grid gap-12 wrap center quiet ${styles.empty}`}>{empty}</div>
  const keys = rows?.map((row) => String(getKey(row))) ?? []
  return (
    <table
      className={`${styles.table} ${className}`}
      style={widths === undefined ? undefined : ({ "--widths": widths } as CSSProperties)}
      aria-label={label}
      aria-busy={rows === undefined}
    >
      <TableHead columns={columns} keys={keys} sorting={sorting} selection={selection} />
      <tbody>
        {rows === undefined
          ? Array.from({ length: skeletonCount }, (_, row) => (
              <SkeletonRow key={row} columns={columns} isSelectable={selection !== undefined} />
            ))
          : rows.map((row, index) => (
              <TableRow
                key={keys[index]}
                row={row}
                columns={columns}
                hasTitles={className === ""}
                isChosen={isChosen?.(row) === true}
                rowKey={keys[index] ?? ""}
                isSelected={selection?.selected.has(keys[index] ?? "") === true}
                selectedName={selection?.nameOf(row)}
                onToggle={selection?.onToggle}
              />
            ))}
      </tbody>
    </table>
  )
}

const TableRow = memo(function TableRow({
  row,
  columns,
  hasTitles,
  isChosen,
  rowKey,
  isSelected,
  selectedName,
  onToggle,
}: {
  row: unknown
  columns: readonly Column<never>[]
  hasTitles: boolean
  isChosen: boolean
  rowKey: string
  isSelected: boolean
  selectedName: string | undefined
  onToggle: ((key: string) => void) | undefined
}) {
  return (
    <tr
      className={`line-below hover anchor high-44 left wrap lines-18 ${styles.row}`}
      data-key={rowKey}
      data-chosen={isChosen || isSelected || undefined}
    >
      {onToggle !== undefined && (
        <td className={styles.select}>
          <label className={`middle press anchor ${styles.box}`}>
            <input
              type="checkbox"
              className="flat middle press"
              aria-label={`Select ${selectedName}`}
              checked={isSelected}
              onChange={() => onToggle(rowKey)}
            />
          </label>
        </td>
      )}
      {columns.map(({ title, render, isHead = false, isShort = false, isEnd = false }) => {
        const Cell = isHead ? "th" : "td"
        return (
          <Cell
            key={title}
            scope={isHead ? "row" : undefined}
            data-short={isShort || undefined}
            data-end={isEnd || undefined}
            data-title={hasTitles && !isHead ? title : undefined}
          >
            {render(row as never)}
          </Cell>
        )
      })}
    </tr>
  )
})

/** Two lines of a cell: a value, and a smaller one below. */
export function TwoLines({ below, children }: { below: ReactNode; children: ReactNode }) {
  return (
    <>
      {children}
      <span className={styles.sub}>{below}</span>
    </>
  )
}

/** A row before its content is there, of the same height. */
function SkeletonRow({
  columns,
  isSelectable,
}: {
  columns: readonly Column<never>[]
  isSelectable: boolean
}) {
  return (
    <tr className={`line-below hover anchor high-44 left wrap lines-18 ${styles.row}`}>
      {isSelectable && <td className={styles.select}>&nbsp;</td>}
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
