import { Icon } from "#ui/marks/Icon.tsx"
import type { Column, Selection, Sorting } from "./columns.ts"
import styles from "./DataTable.module.css"

/** The titles of the columns: a press on one sorts by it, a press again turns the order round. */
export function TableHead<Row>({
  columns,
  keys,
  sorting,
  selection,
}: {
  columns: readonly Column<Row>[]
  /** Of the rows that are shown. */
  keys: readonly string[]
  sorting: Sorting | undefined
  selection: Selection<Row> | undefined
}) {
  return (
    <thead className={`quiet small lines-16 left ${styles.head}`}>
      <tr>
        {selection !== undefined && (
          <th scope="col" className={styles.select}>
            <SelectAll keys={keys} {...selection} />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.title} {...column} sorting={sorting} />
        ))}
      </tr>
    </thead>
  )
}

function HeadCell({
  title,
  isEnd,
  hidesTitle,
  sort,
  sorting,
}: Omit<Column<never>, "render"> & { sorting: Sorting | undefined }) {
  const isSorted = sort !== undefined && sorting?.by === sort
  return (
    <th
      scope="col"
      data-end={isEnd || undefined}
      data-title={title}
      aria-sort={isSorted ? (sorting.direction === "asc" ? "ascending" : "descending") : undefined}
    >
      {sort === undefined || sorting === undefined ? (
        <span className={hidesTitle === true ? "visually-hidden" : undefined}>{title}</span>
      ) : (
        <button
          type="button"
          className={`bare inline gap-2 rounded-6 nowrap same-colour high-28 ${styles.sort}`}
          data-sorted={isSorted ? sorting.direction : undefined}
          onClick={() => sorting.onSort(sort)}
        >
          {title}
          <Icon name="chevron-down" />
        </button>
      )}
    </th>
  )
}

function SelectAll({
  keys,
  selected,
  onToggleAll,
}: { keys: readonly string[] } & Pick<Selection<never>, "selected" | "onToggleAll">) {
  const count = keys.filter((key) => selected.has(key)).length
  const isAll = count > 0 && count === keys.length
  return (
    <label className={`middle press anchor ${styles.box}`}>
      <input
        type="checkbox"
        className="flat middle press"
        aria-label="Select all shown"
        checked={isAll}
        ref={(input) => {
          if (input !== null) input.indeterminate = count > 0 && !isAll
        }}
        onChange={() => onToggleAll(keys, !isAll)}
      />
    </label>
  )
}
